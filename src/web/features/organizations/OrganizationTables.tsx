// Staff, credit entries and warning lists of an organization.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getOrganization } from '../../../registers/organizations/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { deskPathOf } from '../../ui/desk/record-trace.ts'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'

type View = OutputOf<typeof getOrganization>

export function StaffTable({
  staff,
  onEnd,
  onAdd,
}: {
  readonly staff: View['staff']
  readonly onEnd?: (id: string) => void
  readonly onAdd?: () => void
}) {
  const { t } = useTranslation('organizations')
  if (staff.length === 0)
    return (
      <EmptyState
        icon="users"
        title={t('desk.noStaff')}
        action={
          onAdd && (
            <DeskButton icon="plus" onClick={onAdd}>
              {t('verbs.addStaff')}
            </DeskButton>
          )
        }
      />
    )
  return (
    <ListTable
      label={t('desk.staff')}
      rows={staff}
      rowKey={(row) => row.id}
      columns={[
        { key: 'name', title: t('desk.name'), cell: (row) => row.name ?? t('frame:trace.closed') },
        { key: 'duty', title: t('fields.duty'), width: 160, cell: (row) => t(`duties.${row.duty}`) },
        { key: 'from', title: t('fields.from'), width: 130, cell: (row) => <DateText date={row.from} style="full" /> },
        {
          key: 'until',
          title: t('fields.until'),
          width: 130,
          cell: (row) =>
            row.until ? <DateText date={row.until} style="full" /> : <Tag tone="done">{t('desk.inOffice')}</Tag>,
        },
        ...(onEnd
          ? [
              {
                key: 'end',
                title: t('desk.do'),
                width: 110,
                cell: (row: View['staff'][number]) =>
                  row.until ? null : (
                    <DeskButton small onClick={() => onEnd(row.id)}>
                      {t('verbs.endStaff')}
                    </DeskButton>
                  ),
              },
            ]
          : []),
      ]}
    />
  )
}

export function CreditTable({ credit }: { readonly credit: View['credit'] }) {
  const { t } = useTranslation('organizations')
  if (credit.length === 0) return <EmptyState icon="star" title={t('desk.noCredit')} />
  return (
    <ListTable
      label={t('desk.credit')}
      rows={credit}
      rowKey={(row) => `${row.of.id}${row.at}${row.kind}`}
      columns={[
        { key: 'at', title: t('desk.time'), width: 130, cell: (row) => <InstantText instant={row.at} style="full" /> },
        { key: 'words', title: t('desk.entry'), cell: (row) => row.words },
        {
          key: 'points',
          title: t('fields.creditPoints'),
          width: 90,
          align: 'right',
          cell: (row) => (row.points > 0 ? `+${row.points}` : String(row.points)),
        },
        {
          key: 'of',
          title: t('desk.basis'),
          width: 90,
          cell: (row) => {
            const to = deskPathOf(row.of.kind, row.of.id)
            return to ? <Go to={to}>{t('desk.open')}</Go> : '—'
          },
        },
      ]}
    />
  )
}

export function WarningTable({ warnings }: { readonly warnings: View['warnings'] }) {
  const { t } = useTranslation('organizations')
  if (warnings.length === 0) return <EmptyState icon="check" title={t('desk.neverListed')} />
  return (
    <ListTable
      label={t('desk.lists')}
      rows={warnings}
      rowKey={(row) => `${row.list}${row.enteredAt}`}
      columns={[
        { key: 'list', title: t('fields.list'), width: 180, cell: (row) => t(`warningLists.${row.list}`) },
        { key: 'reason', title: t('fields.reason'), cell: (row) => row.reason },
        {
          key: 'entered',
          title: t('desk.entered'),
          width: 130,
          cell: (row) => <InstantText instant={row.enteredAt} style="full" />,
        },
        {
          key: 'left',
          title: t('desk.left'),
          width: 130,
          cell: (row) => (row.leftAt ? <InstantText instant={row.leftAt} style="full" /> : '—'),
        },
      ]}
    />
  )
}
