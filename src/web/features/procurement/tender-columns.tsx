// Columns of tenders and the colours of their states.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type listTenders, type TenderState, tenderStates } from '../../../loop/procurement/contract.ts'
import type { Column, Filter } from '../../ui/desk/list-page.ts'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'

export type TenderRow = OutputOf<typeof listTenders>['rows'][number]

export const tenderTones: Readonly<Record<TenderState, TagTone>> = {
  planning: 'neutral',
  published: 'progress',
  closed: 'waiting',
  opened: 'waiting',
  scoring: 'progress',
  'award-notice': 'community',
  standstill: 'waiting',
  awarded: 'done',
  contracted: 'done',
  cancelled: 'neutral',
  failed: 'neutral',
}

export const tenderWay: readonly TenderState[] = [
  'planning',
  'published',
  'closed',
  'opened',
  'scoring',
  'award-notice',
  'standstill',
  'awarded',
  'contracted',
]

export function useTenderColumns(): readonly Column<TenderRow>[] {
  const { t } = useTranslation('procurement')
  return [
    { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.number },
    {
      key: 'title',
      title: t('fields.title'),
      main: true,
      cell: (row) =>
        row.split || row.lots ? (
          <>
            {row.title} {row.split && <Tag tone="waiting">{t('split.mark')}</Tag>}{' '}
            {row.lots && <Tag>{t('lots.of', { count: row.lots.all })}</Tag>}
          </>
        ) : (
          row.title
        ),
    },
    { key: 'procedure', title: t('fields.procedure'), width: 90, cell: (row) => t(`procedures.${row.procedure}`) },
    { key: 'mode', title: t('fields.mode'), width: 96, spare: true, cell: (row) => t(`modes.${row.mode}`) },
    { key: 'division', title: t('fields.divisionName'), width: 130, cell: (row) => row.divisionName ?? row.division },
    {
      key: 'budget',
      title: t('desk.budget'),
      width: 130,
      align: 'right',
      cell: (row) => <MoneyText amount={row.budget} />,
    },
    {
      key: 'state',
      title: t('fields.state'),
      width: 100,
      cell: (row) => <Tag tone={tenderTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
    },
    {
      key: 'publishedAt',
      title: t('fields.publishedAt'),
      width: 110,
      spare: true,
      cell: (row) => (row.publishedAt ? <InstantText instant={row.publishedAt} style="compact" /> : '—'),
    },
    {
      key: 'deadline',
      title: t('fields.deadline'),
      width: 130,
      cell: (row) =>
        row.deadline === undefined ? (
          '—'
        ) : row.state === 'published' ? (
          <DueLight due={row.deadline} />
        ) : (
          <InstantText instant={row.deadline} style="compact" />
        ),
    },
    {
      key: 'award',
      title: t('fields.award'),
      width: 160,
      spare: true,
      cell: (row) =>
        row.award?.organizationName ??
        (row.lots?.awarded === undefined ? '—' : t('lots.awarded', { all: row.lots.all, count: row.lots.awarded })),
    },
  ]
}

export function useTenderFilters(states: readonly TenderState[] = tenderStates): readonly Filter[] {
  const { t } = useTranslation('procurement')
  return [
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: states.map((value) => ({ value, label: t(`states.${value}`) })),
    },
    { name: 'division', label: t('fields.division'), kind: 'division' },
  ]
}
