// The survey of an evaluation on the desk: who is asked, until when; afterwards how many answered, how sure that is, and each question.
import { useTranslation } from 'react-i18next'
import { getSurvey, mostPoints } from '../../../loop/evaluation/contract/surveys.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Facts } from '../../ui/desk/Facts.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { DrawProof } from './DrawProof.tsx'
import styles from './evaluation.module.css'

const scale = Array.from({ length: mostPoints }, (_, at) => mostPoints - at)

export function SurveyTab({ id }: { readonly id: string }) {
  const { t } = useTranslation('evaluation')
  const { data, error, refetch } = useAsk(getSurvey, { params: { id } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} />
  const { result } = data
  const rows = (result?.items ?? []).flatMap((item) =>
    item.questions.map((question, index) => ({
      ...question,
      item: index === 0 ? item : undefined,
      key: `${item.name} ${question.text}`,
    })),
  )
  return (
    <div className={styles.survey}>
      <Facts
        facts={[
          {
            label: t('fields.state'),
            value: <Tag tone={data.state === 'closed' ? 'done' : 'waiting'}>{t(`surveyStates.${data.state}`)}</Tag>,
          },
          {
            label: t('fields.population'),
            value: data.population === undefined ? '—' : t('survey.persons', { count: data.population }),
          },
          {
            label: t('fields.invited'),
            value: data.invited === undefined ? '—' : t('survey.persons', { count: data.invited }),
          },
          ...(data.until
            ? [{ label: t('fields.until'), value: <InstantText instant={data.until} style="weekday" /> }]
            : []),
          ...(result
            ? [
                {
                  label: t('fields.answered'),
                  value: t('survey.answeredShort', { answered: result.answered, rate: result.responseRate }),
                },
                { label: t('survey.onPaper'), value: t('survey.persons', { count: result.onPaper }) },
              ]
            : []),
          ...(data.populationHash
            ? [
                {
                  label: t('survey.listHash'),
                  value: <code className={styles.hash}>{data.populationHash}</code>,
                  span: 3 as const,
                },
              ]
            : []),
          ...(data.commitment
            ? [
                {
                  label: t('survey.commitment'),
                  value: <code className={styles.hash}>{data.commitment}</code>,
                  span: 3 as const,
                },
              ]
            : []),
        ]}
      />
      {data.state === 'closed' && result === undefined && (
        <p className={styles.hint}>{t(data.tooFew ? 'survey.tooFew' : 'survey.notYet')}</p>
      )}
      {data.state === 'listed' && <p className={styles.hint}>{t('survey.listed')}</p>}
      {data.state === 'asking' && <p className={styles.hint}>{t('survey.runs')}</p>}
      {result && (
        <ListTable
          label={t('survey.tab')}
          rows={rows}
          rowKey={(row) => row.key}
          columns={[
            {
              key: 'item',
              title: t('fields.name'),
              width: 190,
              cell: ({ item }) =>
                item && (
                  <>
                    <b>{item.name}</b>
                    <br />
                    <small>
                      {item.score === undefined
                        ? t('survey.noScore')
                        : t('survey.score', { score: item.score.toFixed(1), margin: (item.margin ?? 0).toFixed(1) })}
                    </small>
                  </>
                ),
            },
            { key: 'text', title: t('fields.questions'), cell: (row) => row.text },
            ...scale.map((points) => ({
              key: String(points),
              title: t(`answer.scale.${points}`),
              width: 84,
              align: 'right' as const,
              cell: (row: (typeof rows)[number]) => row.counts?.[points - 1] ?? '—',
            })),
          ]}
        />
      )}
      {data.state === 'closed' && (
        <details>
          <summary>{t('draw.title')}</summary>
          <DrawProof survey={id} />
        </details>
      )}
    </div>
  )
}
