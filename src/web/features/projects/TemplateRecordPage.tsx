// One template: what it holds in its newest or an earlier edition, what was designed from it, and what similar projects cost.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import {
  editTemplate,
  getTemplate,
  offerTemplateAgain,
  retireTemplate,
} from '../../../loop/projects/contract/templates.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { useVerbs } from '../../ui/desk/record-verbs.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Benchmarks } from './design-controls.tsx'
import { ActivityList, ResultList } from './ProjectTabs.tsx'
import { projectTones, templateTones } from './project-tones.ts'
import styles from './projects.module.css'

type View = OutputOf<typeof getTemplate>

function Shares({ lines }: { readonly lines: View['budgetShares'] }) {
  const { t } = useTranslation('projects')
  return (
    <ListTable
      label={t('template.shares')}
      rows={lines.map((line, index) => ({ ...line, key: String(index) }))}
      rowKey={(line) => line.key}
      columns={[
        { key: 'item', title: t('fields.item'), cell: (line) => line.item },
        {
          key: 'purpose',
          title: t('fields.purpose'),
          width: 160,
          cell: (line) => t(`purposes.${line.purpose ?? 'service'}`),
        },
        {
          key: 'share',
          title: t('fields.share'),
          width: 120,
          align: 'right',
          cell: (line) => (line.share / 100).toFixed(2),
        },
      ]}
    />
  )
}

function Projects({ rows }: { readonly rows: View['projects'] }) {
  const { t } = useTranslation('projects')
  if (rows.length === 0) return <p className={styles.none}>{t('template.noProjects')}</p>
  return (
    <ListTable
      label={t('template.projects')}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'title',
          title: t('fields.title'),
          cell: (row) => (
            <Go to={`/desk/projects/${row.id}`}>
              {row.number} {row.title}
            </Go>
          ),
        },
        {
          key: 'edition',
          title: t('fields.edition'),
          width: 90,
          cell: (row) => t('template.edition', { n: row.edition }),
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 110,
          cell: (row) => <Tag tone={projectTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
        },
        {
          key: 'cost',
          title: t('fields.cost'),
          width: 140,
          align: 'right',
          cell: (row) => (row.cost ? <MoneyText amount={row.cost} /> : '—'),
        },
        { key: 'score', title: t('desk.score'), width: 100, align: 'right', cell: (row) => row.score ?? '—' },
      ]}
    />
  )
}

/** Its editions, newest first; the one that is shown is marked. */
function Editions({ template }: { readonly template: View }) {
  const { t } = useTranslation('projects')
  return (
    <DeskCard title={t('template.editions')}>
      <ol className={styles.editions}>
        {template.editions.map((each) => (
          <li key={each.edition} aria-current={each.edition === template.edition || undefined}>
            <Go to={`/desk/projects/templates/${template.id}?edition=${each.edition}`}>
              {t('template.edition', { n: each.edition })}
            </Go>
            {each.edition === template.newest && <Tag tone="outline">{t('template.newest')}</Tag>}
            <InstantText instant={each.at} style="compact" />
            {each.note && <small>{each.note}</small>}
          </li>
        ))}
      </ol>
    </DeskCard>
  )
}

export default function TemplateRecordPage() {
  const { t } = useTranslation('projects')
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const [query] = useAddressQuery()
  const category = useCategoryName()
  const edition = /^\d{1,6}$/.test(query['edition'] ?? '') ? query['edition'] : undefined
  const { data, error, refetch } = useAsk(getTemplate, { params: { id }, query: { edition } })
  // Who did what with it is read by those who keep it, not by everybody who may design from it.
  const trace = useRecordTrace('project-template', data?.actions.some((action) => action.ok) ? id : '')
  const { acts, dialog } = useVerbs('projects', { id, version: data?.version, title: data?.title }, data?.actions, {
    editTemplate: {
      endpoint: editTemplate,
      icon: 'pencil',
      onAct: () => go(`/desk/projects/templates/${id}/edit`),
    },
    retireTemplate: { endpoint: retireTemplate, icon: 'close', danger: true },
    offerTemplateAgain: { endpoint: offerTemplateAgain, icon: 'check' },
  })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const [first] = data.categories
  return (
    <>
      <RecordPage
        crumbs={[
          { label: t('name'), to: '/desk/projects' },
          { label: t('verbs.listTemplates'), to: '/desk/projects/templates' },
        ]}
        title={data.title}
        state={{ label: t(`states.${data.state}`), tone: templateTones[data.state], icon: 'copy' }}
        primary={data.state === 'offered' ? 'editTemplate' : 'offerTemplateAgain'}
        acts={acts}
        facts={[
          { label: t('template.keeper'), value: data.divisionName ?? data.division },
          { label: t('fields.category'), value: data.categories.map(category).join(t('frame:list.separator')) },
          {
            label: t('fields.edition'),
            value:
              data.edition === data.newest ? (
                t('template.edition', { n: data.edition })
              ) : (
                <>
                  {t('template.earlier', { n: data.edition, newest: data.newest })}{' '}
                  <Go to={`/desk/projects/templates/${id}`}>{t('template.see')}</Go>
                </>
              ),
          },
          { label: t('fields.targetGroup'), value: data.targetGroup, span: 2 },
          ...(data.fromProject
            ? [
                {
                  label: t('template.madeFrom'),
                  value: (
                    <Go to={`/desk/projects/${data.fromProject.id}`}>
                      {data.fromProject.number} {data.fromProject.title}
                    </Go>
                  ),
                },
              ]
            : []),
          { label: t('fields.goals'), value: data.goals, span: 3 },
          ...(data.purchaseItem ? [{ label: t('desk.item'), value: data.purchaseItem }] : []),
          ...(data.partners && data.partners.length > 0
            ? [
                {
                  label: t('fields.partners'),
                  value: data.partners
                    .map((each) =>
                      t('desk.partner', {
                        kind: t(`partnerKinds.${each.kind}`),
                        role: each.role,
                        persons: each.persons,
                      }),
                    )
                    .join(t('frame:list.semicolon')),
                  span: 3 as const,
                },
              ]
            : []),
          ...(data.endReason ? [{ label: t('fields.reason'), value: data.endReason, span: 3 as const }] : []),
        ]}
        timeline={trace.timeline}
        side={<Editions template={data} />}
        tabs={[
          {
            key: 'shares',
            label: t('template.shares'),
            icon: 'yuan',
            count: data.budgetShares.length,
            content: <Shares lines={data.budgetShares} />,
          },
          {
            key: 'plan',
            label: t('desk.plan'),
            icon: 'calendar',
            count: data.activities.length,
            content: (
              <div className={styles.plan}>
                <ActivityList activities={data.activities} />
                <ResultList results={data.results} />
              </div>
            ),
          },
          {
            key: 'projects',
            label: t('template.projects'),
            icon: 'project',
            count: data.projects.length,
            content: <Projects rows={data.projects} />,
          },
        ]}
      >
        {first !== undefined && (
          <section className={styles.similar}>
            <h3>{t('template.similar')}</h3>
            <Benchmarks category={first} division={data.division} />
          </section>
        )}
      </RecordPage>
      {dialog}
    </>
  )
}
