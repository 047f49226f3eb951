// Bids of my organization and what became of them.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listMyBids } from '../../../loop/procurement/contract/desk.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { MySealedBids } from './MySealedBids.tsx'
import { tenderTones } from './tender-columns.tsx'

/** The tender, and the lot where it is divided. */
export function LotTitle({ of: { tender, lot } }: { readonly of: Pick<Row, 'tender' | 'lot'> }) {
  const { t } = useTranslation('procurement')
  return (
    <>
      {tender.title}
      {lot && ` · ${t('lots.named', { n: lot.number, title: lot.title })}`}
    </>
  )
}

type Row = OutputOf<typeof listMyBids>['rows'][number]

export default function MyBidsPage() {
  const { t } = useTranslation('procurement')
  return (
    <ListPage<Row>
      title={t('menu.bids')}
      endpoint={listMyBids}
      rowKey={(row) => row.id}
      to={(row) => `/desk/procurement/${row.tender.id}`}
      empty={{ title: t('desk.noBids'), next: t('desk.noBidsNext') }}
      columns={[
        { key: 'number', title: t('fields.number'), width: 112, cell: (row) => row.tender.number },
        { key: 'title', title: t('fields.title'), main: true, cell: (row) => <LotTitle of={row} /> },
        {
          key: 'price',
          title: t('desk.price'),
          width: 130,
          align: 'right',
          cell: (row) => <MoneyText amount={row.price} />,
        },
        {
          key: 'receivedAt',
          title: t('fields.receivedAt'),
          width: 120,
          cell: (row) => <InstantText instant={row.receivedAt} style="compact" />,
        },
        {
          key: 'valid',
          title: t('desk.check'),
          width: 200,
          cell: (row) =>
            row.valid ? (
              <Tag tone="done" icon="check">
                {t('states.valid')}
              </Tag>
            ) : (
              <Tag tone="bad" icon="alert">
                {row.faults.map((fault) => t(`bidFaults.${fault}`)).join(t('frame:list.separator'))}
              </Tag>
            ),
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 100,
          cell: (row) => <Tag tone={tenderTones[row.tender.state]}>{t(`states.${row.tender.state}`)}</Tag>,
        },
        {
          key: 'won',
          title: t('fields.award'),
          width: 90,
          cell: (row) =>
            row.won === undefined ? (
              '—'
            ) : row.won ? (
              <Tag tone="done" icon="check">
                {t('desk.won')}
              </Tag>
            ) : (
              t('desk.notWon')
            ),
        },
      ]}
    >
      <MySealedBids />
    </ListPage>
  )
}
