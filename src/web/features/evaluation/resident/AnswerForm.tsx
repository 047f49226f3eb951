// A link of a survey as it is answered: a tap for each question, one more to send. No session is needed; nothing tells whose answer it is.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { answerSurvey, openSurveyLink } from '../../../../loop/evaluation/contract/surveys.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Checkbox } from '../../../ui/resident/Checkbox.tsx'
import { RadioBlocks } from '../../../ui/resident/RadioBlocks.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { ErrorState, useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import styles from './survey.module.css'

type Link = OutputOf<typeof openSurveyLink>
const scale = ['5', '4', '3', '2', '1', '0'] as const
type Points = (typeof scale)[number]

/** Why a link opens nothing any more, said kindly. */
export function Finished({ what }: { readonly what: 'done' | 'used' | 'over' }) {
  const { t } = useTranslation('evaluation')
  return (
    <Card pad>
      <div className={styles.result} role="status">
        <Icon name={what === 'over' ? 'clock' : 'check'} size={40} />
        <b>{t(`answer.${what}`)}</b>
        <p>{t(`answer.${what}Note`)}</p>
      </div>
    </Card>
  )
}

function Questions({
  link,
  code,
  onDone,
}: {
  readonly link: Link
  readonly code: string
  readonly onDone: () => void
}) {
  const { t } = useTranslation('evaluation')
  const problemText = useProblemText()
  const asked = link.items.flatMap((item) => item.questions)
  const [given, setGiven] = useState<Readonly<Record<number, Points>>>({})
  const [guardian, setGuardian] = useState(false)
  const [tried, setTried] = useState(false)
  const { act, pending, problem } = useAct(answerSurvey, { onDone })
  const left = asked.filter((_, index) => given[index] === undefined).length
  const said = Object.values(given).some((points) => points !== '0')
  const ready = left === 0 && said && (guardian || !link.guardian)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!ready) return
        const points = asked.map((_, index) => Number(given[index] ?? 0))
        void act({ body: { code, as: link.guardian ? 'guardian' : 'self', points } })
      }}
    >
      {link.guardian && (
        <Card pad>
          <Checkbox checked={guardian} onChange={setGuardian}>
            {t('answer.consent')}
          </Checkbox>
          {tried && !guardian && (
            <p role="alert" className={styles.problem}>
              {t('answer.consentFirst')}
            </p>
          )}
        </Card>
      )}
      {asked.map((question, index) => (
        <Card pad key={question}>
          <RadioBlocks
            label={t('answer.question', { n: index + 1, total: asked.length, question })}
            columns={2}
            choices={scale.map((value) => ({ value, label: t(`answer.scale.${value}`) }))}
            value={given[index]}
            onChange={(points) => setGiven({ ...given, [index]: points })}
            fault={tried && given[index] === undefined ? t('answer.choose') : undefined}
          />
        </Card>
      ))}
      {tried && left === 0 && !said && (
        <p role="alert" className={styles.problem}>
          {t('answer.sayOne')}
        </p>
      )}
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem.fields?.[0]?.message ?? problemText(problem)}
        </p>
      )}
      <Button kind="primary" type="submit" wide busy={pending}>
        {t('answer.send')}
      </Button>
    </form>
  )
}

export function AnswerForm({ code, onOther }: { readonly code: string; readonly onOther?: () => void }) {
  const { t } = useTranslation('evaluation')
  const [done, setDone] = useState(false)
  const { data, error, refetch } = useAsk(openSurveyLink, { body: { code } })
  if (done) return <Finished what="done" />
  if (error) {
    const problem = problemOf(error)
    return (
      <ErrorState
        problem={problem.fields?.[0] ? { ...problem, title: problem.fields[0].message } : problem}
        onRetry={onOther ?? (() => void refetch())}
      />
    )
  }
  if (!data) return <Skeleton rows={6} />
  if (data.state !== 'open') return <Finished what={data.state} />
  return (
    <>
      <Card pad>
        <div className={styles.intro}>
          <h2 data-quote>{data.title}</h2>
          <p>
            {data.organizationName} {t('answer.did')}
            {data.until && (
              <>
                {' '}
                · {t('answer.until')} <InstantText instant={data.until} style="weekday" />
              </>
            )}
          </p>
          <p className={styles.promise}>
            <Icon name="lock" size={20} />
            <span>{t('answer.promise')}</span>
          </p>
        </div>
      </Card>
      <Questions link={data} code={code} onDone={() => setDone(true)} />
    </>
  )
}
