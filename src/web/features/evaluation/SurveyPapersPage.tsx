// Links of a survey on paper: for those who have no inbox, and for whoever asks at the counter. One sheet for each, with a picture code and a typed one.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { getSurvey, handSurveyPaper, type listSurveyPapers } from '../../../loop/evaluation/contract/surveys.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { QrText } from '../../ui/shared/QrText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { type FoundVoter, VoterField } from '../deliberation/VoterField.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import styles from './evaluation.module.css'

type Handed = OutputOf<typeof handSurveyPaper>
type Row = OutputOf<typeof listSurveyPapers>['rows'][number]

/** What the resident takes along; nothing on it says who. */
function Sheet({ handed }: { readonly handed: Handed }) {
  const { t } = useTranslation('evaluation')
  return (
    <DeskCard
      title={t('papers.sheet')}
      extra={
        <DeskButton small icon="print" onClick={() => window.print()}>
          {t('papers.print')}
        </DeskButton>
      }
      pad
    >
      {handed.papers.map(({ code, guardian, receipt }) => (
        <div key={code} className={styles.sheet}>
          <QrText text={`${window.location.origin}/surveys/answer#${code}`} label={t('papers.qr')} size={176} />
          <div>
            <h3>{t('papers.heading', { title: handed.title })}</h3>
            <p>{t(guardian ? 'papers.howGuardian' : 'papers.how')}</p>
            <p data-quote>
              {t('papers.address', { address: `${window.location.host}/surveys/answer` })}
              <b className={styles.code}>{code}</b>
            </p>
            <p>
              {t('answer.until')} <InstantText instant={handed.until} style="weekday" /> · {t('papers.anonymous')}
            </p>
            {receipt && (
              <p data-quote className={styles.hint}>
                {t('papers.receipt')}
                <code className={styles.hash}>{receipt}</code>
              </p>
            )}
          </div>
        </div>
      ))}
    </DeskCard>
  )
}

export default function SurveyPapersPage() {
  const { t } = useTranslation('evaluation')
  const problemText = useProblemText()
  const { id = '' } = useParams({ strict: false })
  const survey = useAsk(getSurvey, { params: { id } })
  const list = useGrown<Row>(`/api/surveys/${id}/papers?size=50`)
  const [person, setPerson] = useState<FoundVoter>()
  const [handed, setHanded] = useState<Handed>()
  const { act, pending, problem } = useAct(handSurveyPaper, { onDone: setHanded })
  if (survey.error) return <ErrorState problem={problemOf(survey.error)} onRetry={() => void survey.refetch()} />
  if (!survey.data) return <Skeleton rows={6} />
  const { data } = survey
  return (
    <DeskPage
      title={t('papers.title')}
      note={`${data.number} ${data.title}`}
      actions={
        <DeskButton icon="back" to={`/desk/evaluation/${data.evaluation}`}>
          {t('papers.back')}
        </DeskButton>
      }
    >
      {data.state !== 'asking' ? (
        <EmptyState icon="clock" title={t('papers.over')} />
      ) : (
        <>
          <div className="no-print">
            <DeskCard title={t('papers.byNumber')} pad>
              <p className={styles.hint}>{t('papers.byNumberHint')}</p>
              <VoterField id="survey-person" label={t('fields.person')} value={person} onChange={setPerson} />
              <DeskButton
                kind="primary"
                icon="print"
                busy={pending}
                off={person === undefined}
                onClick={() => person && void act({ params: { id }, body: { person: person.id } })}
              >
                {t('papers.hand')}
              </DeskButton>
              {problem && (
                <p role="alert" className={styles.problem}>
                  {problem.fields?.[0]?.message ?? problemText(problem)}
                </p>
              )}
            </DeskCard>
          </div>
          {handed && <Sheet handed={handed} />}
          <div className="no-print">
            <DeskCard title={t('papers.list')}>
              {list.problem ? (
                <ErrorState problem={list.problem} onRetry={list.retry} />
              ) : !list.rows ? (
                <Skeleton rows={4} />
              ) : list.rows.length === 0 ? (
                <EmptyState icon="users" title={t('papers.none')} />
              ) : (
                <ListTable
                  label={t('papers.list')}
                  rows={list.rows}
                  rowKey={(row) => row.id}
                  columns={[
                    {
                      key: 'name',
                      title: t('fields.person'),
                      cell: (row) => (
                        <>
                          {row.maskedName} {row.guardian && <Tag tone="waiting">{t('papers.toGuardian')}</Tag>}
                        </>
                      ),
                    },
                    {
                      key: 'onPaper',
                      title: t('papers.handed'),
                      width: 160,
                      cell: (row) => (row.onPaper ? <DateText date={row.onPaper} style="compact" /> : '—'),
                    },
                    {
                      key: 'act',
                      title: t('papers.act'),
                      width: 150,
                      cell: (row) => (
                        <DeskButton
                          small
                          icon="print"
                          busy={pending}
                          onClick={() => void act({ params: { id }, body: { invitation: row.id } })}
                        >
                          {t(row.onPaper ? 'papers.again' : 'papers.hand')}
                        </DeskButton>
                      ),
                    },
                  ]}
                />
              )}
              {list.more && (
                <p className={styles.row}>
                  <DeskButton busy={list.busy} onClick={list.more}>
                    {t('papers.more')}
                  </DeskButton>
                </p>
              )}
            </DeskCard>
          </div>
        </>
      )}
    </DeskPage>
  )
}
