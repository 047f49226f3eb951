// A survey of a service: by a code from paper or picture code, or from the inbox; afterwards what came out of it.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import {
  getSurvey,
  listSurveyReceipts,
  readCode,
  shownCode,
  takeSurveyLink,
} from '../../../../loop/evaluation/contract/surveys.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useSession } from '../../../app/session.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Meter } from '../../../ui/shared/Meter.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { DrawProof } from '../DrawProof.tsx'
import { useSignedIn } from '../../needs/resident/signed.ts'
import { AnswerForm, Finished } from './AnswerForm.tsx'
import styles from './survey.module.css'

type Survey = OutputOf<typeof getSurvey>

/** The code stands behind # in the address, which no server is told. */
function ByCode() {
  const { t } = useTranslation('evaluation')
  const [typed, setTyped] = useState(() => decodeURIComponent(window.location.hash.slice(1)))
  const [code, setCode] = useState(() => (readCode(typed) ? typed : undefined))
  const [tried, setTried] = useState(false)
  if (code !== undefined) return <AnswerForm code={code} onOther={() => setCode(undefined)} />
  return (
    <Card pad>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          const read = readCode(typed)
          if (read) setCode(shownCode(read.jurisdiction, read.token))
        }}
      >
        <TextField
          label={t('answer.code')}
          help={t('answer.codeHelp')}
          value={typed}
          maxLength={40}
          onChange={setTyped}
          fault={tried && !readCode(typed) ? t('answer.codeWrong') : undefined}
        />
        <Button kind="primary" type="submit" wide>
          {t('answer.start')}
        </Button>
      </form>
    </Card>
  )
}

/** What came out of it, once the evaluation is published. */
function Result({ survey }: { readonly survey: Survey }) {
  const { t } = useTranslation('evaluation')
  const { result } = survey
  if (result === undefined) return <p>{t(survey.tooFew ? 'survey.tooFew' : 'survey.notYet')}</p>
  return (
    <>
      <Card pad>
        <div className={styles.intro}>
          <h2 data-quote>{survey.title}</h2>
          <p>
            {survey.organizationName} {t('answer.did')}
          </p>
        </div>
        <div className={styles.figures}>
          <p>{t('survey.asked', { population: survey.population, invited: survey.invited })}</p>
          <p>{t('survey.answered', { answered: result.answered, rate: result.responseRate })}</p>
        </div>
      </Card>
      {result.items.map((item) => (
        <Card pad key={item.name}>
          <h2 data-quote>{item.name}</h2>
          <p>
            {item.score === undefined
              ? t('survey.noScore')
              : t('survey.score', { score: item.score.toFixed(1), margin: (item.margin ?? 0).toFixed(1) })}
          </p>
          {item.questions.map(({ text, counts }) =>
            counts === undefined ? null : (
              <div key={text} className={styles.question}>
                <p data-quote>{text}</p>
                <ul className={styles.shares}>
                  {counts
                    .map((count, at) => ({ count, points: at + 1 }))
                    .toReversed()
                    .map(({ count, points }) => (
                      <li key={points}>
                        <span>{t(`answer.scale.${points}`)}</span>
                        <Meter
                          value={count}
                          max={counts.reduce((sum, each) => sum + each, 0)}
                          label={t('survey.people', { count })}
                        />
                        <span>{count}</span>
                      </li>
                    ))}
                </ul>
              </div>
            ),
          )}
        </Card>
      ))}
    </>
  )
}

function MyLinks({ survey }: { readonly survey: string }) {
  const { t } = useTranslation('evaluation')
  const { data, error, refetch } = useAsk(takeSurveyLink, { params: { id: survey } })
  const [chosen, setChosen] = useState<string>()
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} />
  const code = chosen ?? (data.links.length === 1 ? data.links[0]?.code : undefined)
  if (code !== undefined) return <AnswerForm key={code} code={code} />
  return (
    <Card pad>
      <div className={styles.links}>
        <p>{t('answer.several', { count: data.links.length })}</p>
        {data.links.map((link, index) => (
          <Button key={link.code} wide onClick={() => setChosen(link.code)}>
            {t(link.guardian ? 'answer.forChild' : 'answer.forMe', { n: index + 1 })}
          </Button>
        ))}
      </div>
    </Card>
  )
}

/** By what the person finds the own entry in the list that is published afterwards; of no use to anybody for the answer. */
function Receipts({ survey }: { readonly survey: string }) {
  const { t } = useTranslation('evaluation')
  const { data, error } = useAsk(listSurveyReceipts, { params: { id: survey } })
  if (error || !data || data.receipts.length === 0) return null
  return (
    <Card pad>
      <details>
        <summary>{t('draw.receipt')}</summary>
        <div className={styles.links}>
          <p>{t('draw.receiptNote')}</p>
          {data.receipts.map(({ receipt, guardian, asked }) => (
            <p key={receipt}>
              {guardian && t('draw.ofChild')}
              <code className={styles.receipt}>{receipt}</code>
              {asked === false && t('draw.notAsked')}
            </p>
          ))}
        </div>
      </details>
    </Card>
  )
}

function FromInbox({ id }: { readonly id: string }) {
  const { t } = useTranslation('evaluation')
  const { loaded } = useSession()
  const { signedIn, signIn } = useSignedIn()
  const { data, error, refetch } = useAsk(getSurvey, { params: { id } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data || !loaded) return <Skeleton rows={6} />
  if (data.state === 'closed')
    return (
      <>
        {data.result === undefined && <Finished what="over" />}
        <Result survey={data} />
        <Card pad>
          <details>
            <summary>{t('draw.title')}</summary>
            <DrawProof survey={id} />
          </details>
        </Card>
      </>
    )
  if (data.state === 'preparing') return <p>{t('survey.preparing')}</p>
  if (signedIn)
    return (
      <>
        {data.state === 'listed' ? <p>{t('survey.listed')}</p> : <MyLinks survey={id} />}
        <Receipts survey={id} />
      </>
    )
  return (
    <Card pad>
      <div className={styles.form}>
        <p>{t('answer.signInNote')}</p>
        <Button kind="primary" wide onClick={signIn}>
          {t('answer.signIn')}
        </Button>
      </div>
    </Card>
  )
}

export default function SurveyPage() {
  const { t } = useTranslation('evaluation')
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return (
    <Page title={t('answer.title')} back="/">
      <div className={styles.page}>{id === 'answer' ? <ByCode /> : <FromInbox id={id} />}</div>
    </Page>
  )
}
