// Columns and filters of every list of calls on the desk.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { CallState, listDeskCalls } from '../../../../loop/venture/contract.ts'
import type { Column, Filter } from '../../../ui/desk/list-page.ts'
import { DateText, InstantText } from '../../../ui/shared/DateText.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { callTones } from '../venture-tones.ts'

export type CallRow = OutputOf<typeof listDeskCalls>['rows'][number]

export function useCallFilters(states: readonly CallState[]): Filter[] {
  const { t } = useTranslation('venture')
  return [
    {
      name: 'state',
      label: t('fields.state'),
      kind: 'choice',
      options: states.map((value) => ({ value, label: t(`states.${value}`) })),
    },
    { name: 'division', label: t('fields.places'), kind: 'division' },
  ]
}

export function useCallColumns(): Column<CallRow>[] {
  const { t } = useTranslation('venture')
  return [
    { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.number },
    { key: 'title', title: t('fields.title'), main: true, cell: (row) => row.title },
    { key: 'division', title: t('desk.caller'), width: 120, cell: (row) => row.divisionName ?? row.division },
    {
      key: 'ceiling',
      title: t('fields.ceiling'),
      width: 130,
      align: 'right',
      cell: (row) => <MoneyText amount={row.ceiling} />,
    },
    {
      key: 'total',
      title: t('fields.total'),
      width: 130,
      align: 'right',
      cell: (row) => <MoneyText amount={row.total} />,
    },
    {
      key: 'proposalsUntil',
      title: t('fields.proposalsUntil'),
      width: 110,
      cell: (row) => <DateText date={row.proposalsUntil} />,
    },
    { key: 'voteUntil', title: t('fields.voteUntil'), width: 110, cell: (row) => <DateText date={row.voteUntil} /> },
    {
      key: 'state',
      title: t('fields.state'),
      width: 116,
      cell: (row) => <Tag tone={callTones[row.state]}>{t(`states.${row.state}`)}</Tag>,
    },
    {
      key: 'updatedAt',
      title: t('fields.updatedAt'),
      width: 110,
      spare: true,
      cell: (row) => <InstantText instant={row.updatedAt} style="compact" />,
    },
  ]
}
