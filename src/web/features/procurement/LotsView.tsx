// The lots of a tender: what each asks, how many bid, and what became of it; with what can be done about one of them.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { failLot } from '../../../loop/procurement/contract/desk.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import matters from './matters.module.css'
import styles from './procurement.module.css'

type View = OutputOf<typeof getTender>
type Lot = NonNullable<View['lots']>[number]

/** How a lot stands: its winner, or why it failed; nothing before anybody may know. */
function Outcome({ lot }: { readonly lot: Lot }) {
  const { t } = useTranslation('procurement')
  if (lot.failed)
    return (
      <>
        <Tag tone="bad" icon="close">
          {t('lots.failed')}
        </Tag>{' '}
        {t(`lotEnds.${lot.failed.reason}`)}
        {lot.failed.words && `${t('frame:list.colon')}${lot.failed.words}`}
      </>
    )
  if (!lot.award) return <>—</>
  const { organization, organizationName, price, score, rank } = lot.award
  return (
    <div className={styles.lot}>
      <Go to={`/desk/organizations/${organization}`}>{organizationName}</Go>
      <small>
        <MoneyText amount={price} unit />
        {t('frame:list.comma')}
        {(score / 100).toFixed(2)} {t('desk.points')}
      </small>
      {rank > 1 && <small>{t('lots.passed', { rank })}</small>}
    </div>
  )
}

export function LotsView({ tender }: { readonly tender: View }) {
  const { t } = useTranslation('procurement')
  const mayDraft = useMay('contracts.draftContract')
  const [failing, setFailing] = useState<number>()
  const { lots = [] } = tender
  if (lots.length === 0) return null
  const mayFail = tender.actions.some((action) => action.verb === 'failLot' && action.ok)
  const shown = lots.some((lot) => lot.validBids !== undefined)
  const chosen = lots.find((lot) => lot.number === failing)
  return (
    <>
      <ListTable<Lot>
        label={t('fields.lots')}
        rows={lots}
        rowKey={(lot) => String(lot.number)}
        columns={[
          { key: 'number', title: t('fields.number'), width: 64, cell: (lot) => lot.number },
          {
            key: 'title',
            title: t('lots.title'),
            main: true,
            cell: (lot) => (
              <div className={styles.lot}>
                <b>{lot.title}</b>
                <small>{[lot.description, ...lot.covers.map((name) => `#${name}`)].join(' ')}</small>
              </div>
            ),
          },
          {
            key: 'ceiling',
            title: t('lots.ceiling'),
            width: 130,
            align: 'right',
            cell: (lot) => <MoneyText amount={lot.ceiling} />,
          },
          ...(shown
            ? [
                {
                  key: 'valid',
                  title: t('lots.valid'),
                  width: 100,
                  align: 'right' as const,
                  cell: (lot: Lot) => lot.validBids ?? '—',
                },
              ]
            : []),
          { key: 'outcome', title: t('fields.award'), width: 280, cell: (lot) => <Outcome lot={lot} /> },
          {
            key: 'do',
            title: t('lots.do'),
            width: 260,
            cell: (lot) => {
              if (lot.contract !== undefined)
                return <Go to={`/desk/contracts/${lot.contract}`}>{t('lots.contract')}</Go>
              if (!lot.award) return ''
              return (
                <span className={styles.acts}>
                  {tender.state === 'awarded' && mayDraft && (
                    <DeskButton small icon="contract" to={`/desk/contracts/new?tender=${tender.id}&lot=${lot.number}`}>
                      {t('verbs.draftContract')}
                    </DeskButton>
                  )}
                  {mayFail && (
                    <DeskButton small kind="quiet" onClick={() => setFailing(lot.number)}>
                      {t('lots.fail')}
                    </DeskButton>
                  )}
                </span>
              )
            },
          },
        ]}
      />
      <p className={styles.note}>
        {tender.lotLimit === undefined ? t('lots.noLimit') : t('lots.limit', { count: tender.lotLimit })}
      </p>
      {chosen && (
        <VerbDialog
          domain="procurement"
          name="failLot"
          verb={{
            endpoint: failLot,
            danger: true,
            params: { lot: String(chosen.number) },
            above: <p className={matters.soft}>{t('lots.failWhat', { n: chosen.number, title: chosen.title })}</p>,
          }}
          target={{ id: tender.id, version: tender.version, number: tender.number, title: tender.title }}
          onClose={() => setFailing(undefined)}
        />
      )}
    </>
  )
}
