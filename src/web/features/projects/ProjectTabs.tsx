// Below a project's facts: its budget, its plan, what residents said of it.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getProject } from '../../../loop/projects/contract.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './projects.module.css'

type View = OutputOf<typeof getProject>

export function BudgetView({ lines, budget }: { readonly lines: View['budgetLines']; readonly budget: string }) {
  const { t } = useTranslation('projects')
  return (
    <>
      <ListTable
        label={t('fields.budgetLines')}
        rows={lines.map((line, index) => ({ ...line, key: String(index) }))}
        rowKey={(line) => line.key}
        columns={[
          { key: 'item', title: t('fields.item'), cell: (line) => line.item },
          { key: 'purpose', title: t('fields.purpose'), width: 120, cell: (line) => t(`purposes.${line.purpose}`) },
          {
            key: 'quantity',
            title: t('fields.quantity'),
            width: 120,
            align: 'right',
            cell: (line) => `${line.quantity.toLocaleString('en')} ${line.unit}`,
          },
          {
            key: 'unitPrice',
            title: t('desk.unitPrice'),
            width: 140,
            align: 'right',
            cell: (line) => <MoneyText amount={line.unitPrice} />,
          },
          {
            key: 'amount',
            title: t('desk.amount'),
            width: 150,
            align: 'right',
            cell: (line) => <MoneyText amount={line.amount} />,
          },
        ]}
      />
      <p className={styles.total}>
        {t('desk.total')} <MoneyText amount={budget} unit strong />
      </p>
    </>
  )
}

export function ActivityList({ activities }: { readonly activities: View['activities'] }) {
  const { t } = useTranslation('projects')
  return (
    <section>
      <h3>{t('fields.activities')}</h3>
      <ul>
        {activities.map((each) => (
          <li key={each.name}>
            <b>{each.name}</b>
            <span>{t('desk.times', { count: each.times })}</span>
            {each.note && <small>{each.note}</small>}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function ResultList({ results }: { readonly results: View['results'] }) {
  const { t } = useTranslation('projects')
  return (
    <section>
      <h3>{t('fields.results')}</h3>
      <ul>
        {results.map((each) => (
          <li key={each.indicator}>
            <b>{each.indicator}</b>
            <span>
              {each.target.toLocaleString('en')} {each.unit}
            </span>
            <small>{t(`resultKinds.${each.kind}`)}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function PlanView({ project }: { readonly project: View }) {
  const { t } = useTranslation('projects')
  return (
    <div className={styles.plan}>
      <ActivityList activities={project.activities} />
      <ResultList results={project.results} />
      <section>
        <h3>{t('fields.steps')}</h3>
        {project.steps.length === 0 ? (
          <p>{t('desk.noSteps')}</p>
        ) : (
          <ul>
            {project.steps.map((each) => (
              <li key={each.name}>
                <b>{each.name}</b>
                <span>
                  <DateText date={each.until} style="full" />
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3>{t('fields.partners')}</h3>
        {project.partners.length === 0 ? (
          <p>{t('desk.noPartners')}</p>
        ) : (
          <ul>
            {project.partners.map((each) => (
              <li key={each.role}>
                <b>{t(`partnerKinds.${each.kind}`)}</b>
                <span>{t('desk.people', { count: each.persons })}</span>
                <small>{each.role}</small>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

export function CommentsView({ project }: { readonly project: View }) {
  const { t } = useTranslation('projects')
  const { agree, disagree, neutral, rows } = project.comments
  const all = agree + disagree + neutral
  if (all === 0)
    return (
      <EmptyState
        icon="chat"
        title={t('desk.noComments')}
        next={project.state === 'resident-review' ? t('desk.commentsOpen') : undefined}
      />
    )
  return (
    <div className={styles.comments}>
      <p className={styles.stances}>
        {(['agree', 'disagree', 'neutral'] as const).map((stance) => (
          <span key={stance}>
            {t(`stances.${stance}`)} <b>{project.comments[stance]}</b>
          </span>
        ))}
      </p>
      {project.summary && (
        <p className={styles.summary}>
          <b>{t('fields.summary')}</b> {project.summary.words ?? t('desk.figuresAlone')}{' '}
          <InstantText instant={project.summary.at} style="full" />
        </p>
      )}
      <ul>
        {rows.map((row) => (
          <li key={`${row.at}${row.words ?? ''}`}>
            <Tag tone={row.stance === 'agree' ? 'done' : row.stance === 'disagree' ? 'waiting' : 'neutral'}>
              {t(`stances.${row.stance}`)}
            </Tag>
            <span>{row.words ?? t('desk.noWords')}</span>
            <InstantText instant={row.at} style="short" />
          </li>
        ))}
      </ul>
    </div>
  )
}
