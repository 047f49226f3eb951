// The opening of sealed bids: shares handed in, envelopes opened one by one, prices read out, and a second person who confirms.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { confirmOpening, getTender } from '../../../loop/procurement/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { Timeline } from '../../ui/desk/Timeline.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { against } from './BidCards.tsx'
import { type Envelope, EnvelopeCard } from './EnvelopeCards.tsx'
import styles from './sealing.module.css'
import { clockWords, spanWords, useServerClock } from './server-clock.ts'
import { SharesCard } from './SharesCard.tsx'
import { useOpening } from './use-opening.ts'
import { type Sealing, useSealing } from './use-sealing.ts'

type View = OutputOf<typeof getTender>

/** Lots that failed for want of bids: their envelopes stay sealed. */
function isDead(tender: View, { lot }: Envelope): boolean {
  return tender.lots?.find((each) => each.number === lot)?.failed !== undefined
}

/** Whether enough lie there to be opened: of a divided tender for one of its lots. */
function isEnough(tender: View, envelopes: readonly Envelope[]): boolean {
  const numbers = tender.lots?.map((lot) => lot.number) ?? [undefined]
  return numbers.some((lot) => envelopes.filter((each) => each.lot === lot).length >= tender.terms.minimumBids)
}

function Strip({ tender, envelopes }: { readonly tender: View; readonly envelopes: readonly Envelope[] }) {
  const { t } = useTranslation('procurement')
  const { now, offset } = useServerClock()
  const days = (count: number) => t('strip.days', { count })
  const over = tender.deadline === undefined ? 0 : now - Date.parse(tender.deadline)
  const opened = envelopes.filter((each) => !isDead(tender, each))
  const settled = opened.filter((each) => each.state !== 'held').length
  const enough = isEnough(tender, envelopes)
  return (
    <dl className={styles.strip}>
      <div>
        <dt>
          <Icon name="clock" size={15} />
          {t('strip.serverTime')}
        </dt>
        <dd className={styles.clock} aria-live="off">
          {clockWords(now)}
        </dd>
        <dd>
          <DateText date={new Date(now).toISOString()} style="weekday" />
          {t('frame:list.comma')}
          {Math.abs(offset) < 3_600_000
            ? t('strip.offset', { seconds: Math.abs(offset / 1000).toFixed(1) })
            : t('strip.byServer')}
        </dd>
      </div>
      <div>
        <dt>{t('fields.deadline')}</dt>
        <dd>{tender.deadline && <InstantText instant={tender.deadline} style="compact" />}</dd>
        <dd>
          {over > 0
            ? t('sealing.closedFor', { span: spanWords(over, days) })
            : t('strip.left', { span: spanWords(-over, days) })}
        </dd>
      </div>
      <div>
        <dt>{t('strip.bids')}</dt>
        <dd>{t('strip.count', { count: envelopes.length })}</dd>
        <dd>
          {t(enough ? (tender.lots ? 'lots.mayOpen' : 'sealing.mayOpen') : 'strip.least', {
            count: tender.terms.minimumBids,
          })}
        </dd>
      </div>
      <div>
        <dt>{t('sealing.limit')}</dt>
        <dd>
          <MoneyText amount={tender.budget} /> <small>{t('sealing.yuan')}</small>
        </dd>
        <dd>{[t(`procedures.${tender.procedure}`), t(`modes.${tender.mode}`)].join(t('frame:list.comma'))}</dd>
      </div>
      <div>
        <dt>{t('sealing.openedSoFar')}</dt>
        <dd data-warn={settled < opened.length || undefined}>
          {settled} / {opened.length}
        </dd>
        <dd>
          {tender.opening ? t('sealing.confirmedBy', { name: tender.opening.by ?? '' }) : t('sealing.secondConfirms')}
        </dd>
      </div>
    </dl>
  )
}

function ReadOut({ tender, envelopes }: { readonly tender: View; readonly envelopes: readonly Envelope[] }) {
  const { t } = useTranslation('procurement')
  const bidOf = (envelope: Envelope) => tender.bids.find((bid) => bid.id === envelope.id)
  const count = (state: Envelope['state']) => envelopes.filter((each) => each.state === state).length
  return (
    <DeskCard
      title={t('sealing.readOut')}
      extra={
        <span className={styles.text}>
          {t('sealing.counts', { opened: count('opened'), held: count('held'), void: count('void') })}
        </span>
      }
    >
      <ListTable<Envelope>
        label={t('sealing.readOut')}
        rows={envelopes}
        rowKey={(envelope) => envelope.id}
        columns={[
          {
            key: 'number',
            title: t('sealing.envelope'),
            width: 72,
            cell: (row) => t('bids.number', { n: row.number }),
          },
          {
            key: 'name',
            title: t('sealing.bidder.who'),
            main: true,
            cell: (row) =>
              row.organizationName ??
              t(isDead(tender, row) ? 'lots.notOpened' : row.state === 'held' ? 'sealing.closed' : 'states.void'),
          },
          ...(tender.lots
            ? [{ key: 'lot', title: t('fields.lot'), width: 80, cell: (row: Envelope) => row.lot ?? '—' }]
            : []),
          {
            key: 'price',
            title: t('desk.price'),
            width: 130,
            align: 'right',
            cell: (row) => {
              const price = bidOf(row)?.price
              return price ? <MoneyText amount={price} strong /> : '—'
            },
          },
          {
            key: 'against',
            title: t('bids.against'),
            width: 110,
            align: 'right',
            cell: (row) =>
              against(bidOf(row)?.price, tender.lots?.find((lot) => lot.number === row.lot)?.ceiling ?? tender.budget),
          },
          {
            key: 'check',
            title: t('desk.check'),
            width: 150,
            cell: (row) => {
              const bid = bidOf(row)
              if (row.voidReason) return t(`sealing.voidReasons.${row.voidReason}`)
              if (bid === undefined) return '—'
              return bid.valid
                ? t('bids.allPassed')
                : bid.faults.map((fault) => t(`bidFaults.${fault}`)).join(t('frame:list.separator'))
            },
          },
        ]}
      />
      <p className={`${styles.text} ${styles.foot}`}>
        <Icon name="info" size={14} /> {t('sealing.openingNote')}
      </p>
    </DeskCard>
  )
}

function Confirm({ tender, refused }: { readonly tender: View; readonly refused: boolean }) {
  const { t } = useTranslation('procurement')
  const [asked, setAsked] = useState(false)
  const { act, pending, problem } = useAct(confirmOpening, { onDone: () => setAsked(false) })
  if (refused) return null
  return (
    <>
      <DeskButton kind="primary" icon="check" onClick={() => setAsked(true)}>
        {t('verbs.confirmOpening')}
      </DeskButton>
      {asked && (
        <ConfirmAct
          title={t('sealing.askConfirm')}
          what={t('sealing.askConfirmWhat')}
          verb={t('verbs.confirmOpening')}
          busy={pending}
          problem={problem}
          onConfirm={() => void act({ params: { id: tender.id } }, { ifMatch: String(tender.version) })}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}

function Room({ tender, sealing }: { readonly tender: View; readonly sealing: Sealing }) {
  const { t } = useTranslation('procurement')
  const problemText = useProblemText()
  const trace = useRecordTrace('tender', tender.id)
  const opening = useOpening(sealing)
  const envelopes = sealing.envelopes ?? []
  const next = envelopes.find((each) => each.state === 'held' && !isDead(tender, each))
  const isClosed = sealing.state === 'closed'
  const mayStart = isClosed && sealing.seat !== undefined && next !== undefined
  const enough = isEnough(tender, envelopes)
  const ready = opening.ready && next !== undefined
  const mayConfirm = tender.actions.some((action) => action.verb === 'confirmOpening' && action.ok)
  const problem = opening.fault ?? (opening.problem && problemText(opening.problem))
  const isUnfit = next !== undefined && (!next.intact || opening.unfit.includes(next.id))
  return (
    <DeskPage
      title={tender.title}
      note={
        <>
          {tender.number}{' '}
          <Tag tone={isClosed ? 'waiting' : 'done'} icon={isClosed ? 'lock' : 'check'}>
            {isClosed ? t(sealing.session ? 'sealing.running' : 'sealing.notBegun') : t(`states.${tender.state}`)}
          </Tag>
        </>
      }
      actions={
        <>
          <DeskButton to={`/desk/procurement/${tender.id}`}>{t('sheet.room')}</DeskButton>
          {mayStart && !sealing.session && (
            <DeskButton
              kind="primary"
              icon="play"
              off={!enough}
              busy={opening.busy}
              onClick={() => void opening.start()}
            >
              {t('verbs.startOpening')}
            </DeskButton>
          )}
          {mayStart && sealing.session && !opening.leads && (
            <DeskButton icon="refresh" busy={opening.busy} onClick={() => void opening.start()}>
              {t('sealing.takeLead')}
            </DeskButton>
          )}
          {ready && !isUnfit && (
            <DeskButton kind="primary" icon="eye" busy={opening.busy} onClick={() => void opening.open(next)}>
              {t('sealing.openNumber', { n: next.number })}
            </DeskButton>
          )}
          <Confirm tender={tender} refused={!mayConfirm} />
        </>
      }
    >
      <Strip tender={tender} envelopes={envelopes} />
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {opening.elsewhere && <p className={styles.notice}>{t('sealing.elsewhere')}</p>}
      <div className={styles.columns}>
        <div className={styles.main}>
          {envelopes.length === 0 ? (
            <DeskCard>
              <EmptyState icon="seal" title={t('sealing.noEnvelopes')} next={t('sealing.noEnvelopesNext')} />
            </DeskCard>
          ) : (
            <ol className={styles.envelopes}>
              {envelopes.map((envelope) => (
                <EnvelopeCard
                  key={envelope.id}
                  envelope={envelope}
                  dead={isDead(tender, envelope)}
                  bid={tender.bids.find((bid) => bid.id === envelope.id)}
                  now={isClosed && envelope.id === next?.id && sealing.session !== undefined}
                  onVoid={ready && isUnfit ? () => void opening.declareVoid(envelope) : undefined}
                  busy={opening.busy}
                />
              ))}
            </ol>
          )}
          <ReadOut tender={tender} envelopes={envelopes} />
        </div>
        <div className={styles.side}>
          <SharesCard sealing={sealing} wrong={opening.wrong} />
          <Timeline entries={trace.timeline} />
        </div>
      </div>
    </DeskPage>
  )
}

export default function OpeningPage() {
  const { t } = useTranslation('procurement')
  const { id = '' } = useParams({ strict: false })
  const tender = useAsk(getTender, { params: { id } }, { refetchInterval: 5000 })
  const sealing = useSealing(id)
  const error = tender.error ?? sealing.error
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void tender.refetch()} />
  if (!tender.data || !sealing.data) return <Skeleton rows={8} />
  if (sealing.data.envelopes === undefined)
    return (
      <DeskPage title={tender.data.title} note={tender.data.number}>
        <DeskCard>
          <EmptyState icon="lock" title={t('sealing.openingLater')} next={t('sealing.openingLaterNext')} />
        </DeskCard>
      </DeskPage>
    )
  return <Room tender={tender.data} sealing={sealing.data} />
}
