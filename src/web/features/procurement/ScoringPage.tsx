// A panelist's sheet: criteria down, bids across, whole points 0 to 100; each bid is handed in once.
import { useParams } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { getTender, scoreBid } from '../../../loop/procurement/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { recall, remember } from '../../ui/desk/list-page.ts'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './procurement.module.css'
import { BidPaper } from './BidPaper.tsx'
import { LeavePanel } from './LeavePanel.tsx'
import { PanelCard } from './PanelCard.tsx'

type View = OutputOf<typeof getTender>
type Points = Readonly<Record<string, readonly (number | undefined)[]>>

/** Weighted points of a column over the criteria that the panel judges, in percent points of the whole. */
function subtotal(points: readonly (number | undefined)[], weights: readonly number[]): number {
  return points.reduce<number>((all, each, index) => all + ((each ?? 0) * (weights[index] ?? 0)) / 100, 0)
}

/** `lot`: the one whose bids are scored here, where the tender is divided. */
function Sheet({ tender, lot }: { readonly tender: View; readonly lot?: NonNullable<View['lots']>[number] }) {
  const { t } = useTranslation('procurement')
  const judged = tender.criteria.filter((each) => each.kind === 'panel')
  const bids = tender.bids.filter((bid) => bid.valid && bid.lot === lot?.number)
  const key = `scores.${tender.id}${lot ? `.${lot.number}` : ''}`
  const cell = (row: number, column: number) => `score-${lot?.number ?? 0}-${row}-${column}`
  const [typed, setTyped] = useState<Points>(() => recall<Points>(key, {}))
  const [asked, setAsked] = useState<string>()
  const close = () => setAsked(undefined)
  const { act, pending, problem, reset } = useAct(scoreBid, { onDone: close })
  const chosen = bids.find((bid) => bid.id === asked)
  const columnOf = (bid: View['bids'][number]) =>
    bid.myPoints ?? judged.map((_each, index) => typed[bid.id]?.[index] ?? undefined)
  const filled = bids.reduce(
    (all, bid) => all + columnOf(bid).filter((each) => each !== undefined && each !== null).length,
    0,
  )
  const change = (bid: string, index: number, text: string) => {
    const value = text === '' ? undefined : Math.max(0, Math.min(100, Math.trunc(Number(text))))
    if (Number.isNaN(value)) return
    const column = judged.map((_each, at) => (at === index ? value : (typed[bid]?.[at] ?? undefined)))
    const next = { ...typed, [bid]: column }
    setTyped(next)
    remember(key, next)
  }
  const move = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] }[event.key]
    if (!step) return
    event.preventDefault()
    document.getElementById(cell(row + (step[0] ?? 0), column))?.focus()
  }
  return (
    <DeskCard
      title={lot ? t('lots.named', { n: lot.number, title: lot.title }) : t('sheet.mine')}
      extra={
        <span className={styles.soft}>
          {t('sheet.filled', { done: filled, all: bids.length * judged.length })}{' '}
          <Tag icon="lock">{t('sheet.onlyMine')}</Tag>
        </span>
      }
    >
      <div className={styles.sheet}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('sheet.criterion')}</th>
              <th scope="col" data-right>
                {t('fields.weight')}
              </th>
              {bids.map((bid, index) => (
                <th key={bid.id} scope="col">
                  <small>{t('bids.number', { n: index + 1 })}</small>
                  {bid.organizationName}
                  <small>{bid.price && <MoneyText amount={bid.price} unit />}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('sheet.paper')}</th>
              <td />
              {bids.map((bid) => (
                <td key={bid.id} className={styles.plan}>
                  {tender.bidForm === 'sealed' ? (
                    <BidPaper bid={bid.id} name={bid.organizationName ?? bid.organization} />
                  ) : (
                    <span data-quote>{bid.proposal}</span>
                  )}
                </td>
              ))}
            </tr>
            {judged.map((criterion, row) => (
              <tr key={criterion.name}>
                <th scope="row">
                  {criterion.name}
                  <small>{criterion.note}</small>
                </th>
                <td data-right>{criterion.weight}%</td>
                {bids.map((bid, column) => (
                  <td key={bid.id}>
                    {bid.myPoints ? (
                      <output>{bid.myPoints[row]}</output>
                    ) : (
                      <input
                        id={cell(row, column)}
                        inputMode="numeric"
                        autoComplete="off"
                        aria-label={t('sheet.cell', { criterion: criterion.name, name: bid.organizationName ?? '' })}
                        placeholder={t('sheet.none')}
                        value={typed[bid.id]?.[row] ?? ''}
                        onChange={(event) => change(bid.id, row, event.target.value)}
                        onKeyDown={(event) => move(event, row, column)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
            {tender.criteria
              .filter((each) => each.kind === 'price')
              .map((criterion) => (
                <tr key={criterion.name}>
                  <th scope="row">
                    {criterion.name}
                    <small>{t('sheet.computed')}</small>
                  </th>
                  <td data-right>{criterion.weight}%</td>
                  {bids.map((bid) => (
                    <td key={bid.id}>
                      <output data-soft>{t('sheet.later')}</output>
                    </td>
                  ))}
                </tr>
              ))}
            <tr className={styles.subtotal}>
              <th scope="row">{t('sheet.subtotal')}</th>
              <td data-right>{judged.reduce((all, each) => all + each.weight, 0)}</td>
              {bids.map((bid) => (
                <td key={bid.id}>
                  <output>
                    {subtotal(
                      columnOf(bid),
                      judged.map((each) => each.weight),
                    ).toFixed(1)}
                  </output>
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">
                <span className="sr-only">{t('sheet.handIn')}</span>
              </th>
              <td />
              {bids.map((bid) => {
                const ready = columnOf(bid).every((each) => each !== undefined && each !== null)
                return (
                  <td key={bid.id}>
                    {bid.myPoints ? (
                      <Tag tone="done" icon="check">
                        {t('panel.handedIn')}
                      </Tag>
                    ) : (
                      <DeskButton
                        small
                        off={!ready}
                        onClick={() => {
                          reset()
                          setAsked(bid.id)
                        }}
                      >
                        {t('sheet.handIn')}
                      </DeskButton>
                    )}
                  </td>
                )
              })}
            </tr>
          </tbody>
        </table>
      </div>
      <p className={styles.note}>{t('sheet.keys')}</p>
      {chosen && (
        <ConfirmAct
          title={t('sheet.ask', { name: chosen.organizationName ?? '' })}
          what={t('sheet.askWhat', {
            points: subtotal(
              columnOf(chosen),
              judged.map((each) => each.weight),
            ).toFixed(1),
          })}
          verb={t('sheet.handIn')}
          reason="optional"
          busy={pending}
          problem={problem}
          onConfirm={(note) =>
            void act({
              params: { id: tender.id },
              body: { bid: chosen.id, points: columnOf(chosen).map((each) => each ?? 0), ...(note ? { note } : {}) },
            })
          }
          onClose={close}
        />
      )}
    </DeskCard>
  )
}

export default function ScoringPage() {
  const { t } = useTranslation('procurement')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getTender, { params: { id } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const standing = data.actions.find((action) => action.verb === 'scoreBid')
  return (
    <DeskPage
      title={data.title}
      note={
        <>
          {data.number}{' '}
          <Tag tone="progress" icon="scale">
            {t(`states.${data.state}`)}
          </Tag>
        </>
      }
      actions={
        <>
          <DeskButton to={`/desk/procurement/${id}`}>{t('sheet.room')}</DeskButton>
          {data.actions.some((action) => action.verb === 'leavePanel' && action.ok) && <LeavePanel tender={id} />}
        </>
      }
    >
      {standing?.ok || data.bids.some((bid) => bid.myPoints) ? (
        <div className={styles.scoring}>
          <div className={styles.side}>
            {data.lots ? (
              data.lots
                .filter((lot) => data.bids.some((bid) => bid.valid && bid.lot === lot.number) && !lot.failed)
                .map((lot) => <Sheet key={lot.number} tender={data} lot={lot} />)
            ) : (
              <Sheet tender={data} />
            )}
          </div>
          <div className={styles.side}>
            {data.panel ? (
              <PanelCard tender={data} />
            ) : (
              // who else judges is not shown to a member; that nobody sees anybody's points is
              <DeskCard title={t('panel.title')}>
                <p className={styles.note}>
                  <Icon name="lock" size={14} /> {t('panel.blind')}
                </p>
              </DeskCard>
            )}
            <DeskCard title={t('sheet.afterwards')} pad>
              <ul className={styles.rules}>
                {(['outlier', 'tie', 'published'] as const).map((each) => (
                  <li key={each}>{t(`sheet.rules.${each}`, { percent: data.terms.outlierPercent })}</li>
                ))}
              </ul>
            </DeskCard>
          </div>
        </div>
      ) : (
        <DeskCard>
          <EmptyState icon="lock" title={t('sheet.notYours')} next={t('sheet.notYoursNext')} />
        </DeskCard>
      )}
    </DeskPage>
  )
}
