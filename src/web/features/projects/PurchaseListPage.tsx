// The purchase catalogue, and which of its items stand on the county's list of the year.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import {
  addPurchaseItem,
  listPurchaseItems,
  purchaseClasses,
  removePurchaseItem,
} from '../../../loop/projects/contract/purchase.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'

type Item = OutputOf<typeof listPurchaseItems>['rows'][number]

export default function PurchaseListPage() {
  const { t } = useTranslation('projects')
  const session = useSession()
  const maySet = useMay('projects.setPurchaseList')
  const county = (currentAssignment(session)?.division ?? '32').slice(0, 6)
  const { data, error, refetch } = useAsk(
    listPurchaseItems,
    { query: { division: county } },
    { enabled: session.loaded },
  )
  const [asked, setAsked] = useState<Item>()
  const close = () => setAsked(undefined)
  const add = useAct(addPurchaseItem, { onDone: close })
  const remove = useAct(removePurchaseItem, { onDone: close })
  const run = asked?.listed ? remove : add
  const verb = t(asked?.listed ? 'verbs.removePurchaseItem' : 'verbs.addPurchaseItem')
  return (
    <DeskPage
      title={t('verbs.listPurchaseItems')}
      note={data && t('purchase.year', { year: data.year, count: data.rows.filter((row) => row.listed).length })}
    >
      {error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton rows={8} />}
      {data &&
        purchaseClasses.map((each) => {
          const rows = data.rows.filter((row) => row.class === each)
          if (rows.length === 0) return null
          return (
            <DeskCard key={each} title={t(`purchaseClasses.${each}`)}>
              <ListTable
                label={t(`purchaseClasses.${each}`)}
                rows={rows}
                rowKey={(row) => row.code}
                columns={[
                  { key: 'code', title: t('fields.code'), width: 90, cell: (row) => row.code },
                  { key: 'name', title: t('fields.name'), cell: (row) => row.name },
                  {
                    key: 'listed',
                    title: t('purchase.state'),
                    width: 170,
                    cell: (row) =>
                      row.negative ? (
                        <Tag tone="bad" icon="lock">
                          {t(`negatives.${row.negative}`)}
                        </Tag>
                      ) : row.listed ? (
                        <Tag tone="done" icon="check">
                          {t('purchase.listed')}
                        </Tag>
                      ) : (
                        <Tag>{t('purchase.notListed')}</Tag>
                      ),
                  },
                  ...(maySet
                    ? [
                        {
                          key: 'do',
                          title: t('purchase.do'),
                          width: 120,
                          cell: (row: Item) =>
                            row.negative ? null : (
                              <DeskButton small onClick={() => setAsked(row)}>
                                {t(row.listed ? 'purchase.remove' : 'purchase.add')}
                              </DeskButton>
                            ),
                        },
                      ]
                    : []),
                ]}
              />
            </DeskCard>
          )
        })}
      {asked && data && (
        <ConfirmAct
          title={t('frame:verb.ask', { verb })}
          what={`${asked.code} ${asked.name}`}
          verb={verb}
          danger={asked.listed}
          busy={run.pending}
          problem={run.problem}
          onConfirm={() => void run.act({ params: { code: asked.code }, body: { division: county } } as never)}
          onClose={() => {
            add.reset()
            remove.reset()
            close()
          }}
        />
      )}
    </DeskPage>
  )
}
