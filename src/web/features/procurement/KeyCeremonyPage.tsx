// The ceremony of a tender's key: three bodies register keys, one browser makes and splits the tender's key, each confirms its share.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmTenderKey, declareKeyLost, makeTenderKey } from '../../../loop/procurement/contract/sealing.ts'
import { useAct } from '../../app/act.ts'
import { problemOf } from '../../app/problem.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { MakeOpenerKey, RestoreOpenerKey } from './OpenerKey.tsx'
import { fromText, toHex } from './sealing/bytes.ts'
import { makeTenderKey as makeAndSplit, openShare } from './sealing/shares.ts'
import styles from './sealing.module.css'
import { type Seat, type Sealing, useOpenerKey, useSealing } from './use-sealing.ts'

function SeatTag({ seat }: { readonly seat: Seat }) {
  const { t } = useTranslation('procurement')
  if (seat.lostAt) return <Tag tone="bad">{t('sealing.lost')}</Tag>
  if (seat.confirmedAt)
    return (
      <Tag tone="done" icon="check">
        {t('sealing.confirmed')}
      </Tag>
    )
  if (seat.shareHash) return <Tag tone="waiting">{t('sealing.toConfirm')}</Tag>
  return seat.openerKey ? <Tag tone="progress">{t('sealing.registered')}</Tag> : <Tag>{t('sealing.notYet')}</Tag>
}

function SeatCards({ sealing }: { readonly sealing: Sealing }) {
  const { t } = useTranslation('procurement')
  return (
    <ul className={styles.seats}>
      {sealing.seats.map((seat) => (
        <li key={seat.seat} data-mine={seat.mine || undefined}>
          <header>
            <div>
              <h3>{t(`sealing.seats.${seat.seat}`)}</h3>
              <small>{seat.name ?? t(`sealing.bodies.${seat.seat}`)}</small>
            </div>
            <SeatTag seat={seat} />
          </header>
          {seat.registeredAt && (
            <small>
              {t('sealing.registered')} <InstantText instant={seat.registeredAt} style="compact" />
            </small>
          )}
          {seat.openerKey && (
            <Fingerprint short label={t('sealing.openerKey')} value={toHex(fromText(seat.openerKey))} />
          )}
          {seat.shareHash && <Fingerprint short label={t('sealing.shareHash')} value={seat.shareHash} />}
        </li>
      ))}
    </ul>
  )
}

function Steps({ sealing }: { readonly sealing: Sealing }) {
  const { t } = useTranslation('procurement')
  const done = [
    sealing.seats.every((seat) => seat.openerKey),
    sealing.publicKey !== undefined,
    sealing.confirmedAt !== undefined,
    sealing.state !== 'planning',
  ]
  const now = done.indexOf(false)
  return (
    <ol className={styles.steps}>
      {(['register', 'make', 'confirm', 'publish'] as const).map((step, index) => (
        <li key={step} data-done={done[index] || undefined} data-now={index === now || undefined}>
          <span aria-hidden="true">{done[index] ? <Icon name="check" size={14} /> : index + 1}</span>
          <span>{t(`sealing.steps.${step}`)}</span>
        </li>
      ))}
    </ol>
  )
}

/** What whoever sits in a seat can do now. */
function MyPart({ sealing }: { readonly sealing: Sealing }) {
  const { t } = useTranslation('procurement')
  const problemText = useProblemText()
  const { kept, looked, look } = useOpenerKey(sealing)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const making = useAct(makeTenderKey)
  const confirming = useAct(confirmTenderKey)
  const mine = sealing.seats.find((seat) => seat.mine)
  const { tender } = sealing
  const params = { id: tender }
  if (mine === undefined || sealing.seat === undefined) return <p className={styles.text}>{t('sealing.noSeat')}</p>
  if (sealing.state !== 'planning')
    return kept || !looked || !mine.openerKey ? (
      <p className={styles.good}>{t(kept ? 'sealing.kept' : 'sealing.standing')}</p>
    ) : (
      <RestoreOpenerKey sealing={sealing} onKept={look} />
    )
  if (!mine.openerKey) return <MakeOpenerKey sealing={sealing} onKept={look} />
  if (!kept && looked)
    return (
      <div className={styles.stack}>
        <RestoreOpenerKey sealing={sealing} onKept={look} />
        {!sealing.confirmedAt && (
          <details>
            <summary className={styles.text}>{t('sealing.anew')}</summary>
            <MakeOpenerKey sealing={sealing} onKept={look} />
          </details>
        )}
      </div>
    )
  const make = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const openers = sealing.seats.map(({ seat, openerKey = '' }) => ({ seat, openerKey }))
      await making.act({ params, body: await makeAndSplit(tender, openers, sealing.threshold) })
    } catch {
      setFault(t('sealing.makeFailed'))
    }
    setBusy(false)
  }
  const confirm = async () => {
    if (kept === undefined || sealing.publicKey === undefined || mine.sealedShare === undefined) return
    setBusy(true)
    setFault(undefined)
    try {
      const place = { tender, key: sealing.publicKey, seat: mine.seat }
      const { hash, share } = await openShare(kept.pair, place, mine.sealedShare)
      share.fill(0)
      if (hash === mine.shareHash) await confirming.act({ params, body: { key: sealing.publicKey, hash } })
      else setFault(t('sealing.shareDiffers'))
    } catch {
      setFault(t('sealing.shareNotOpened'))
    }
    setBusy(false)
  }
  const problem = making.problem ?? confirming.problem
  const missing = sealing.seats.filter((seat) => !seat.openerKey)
  return (
    <div className={styles.stack}>
      {missing.length > 0 ? (
        <p className={styles.text}>
          {t('sealing.waitFor', {
            seats: missing.map((seat) => t(`sealing.seats.${seat.seat}`)).join(t('frame:list.separator')),
          })}
        </p>
      ) : sealing.publicKey === undefined ? (
        <>
          <p className={styles.text}>{t('sealing.splitWhat', { needed: sealing.threshold })}</p>
          <div>
            <DeskButton kind="primary" icon="split" busy={busy} onClick={() => void make()}>
              {t('sealing.split')}
            </DeskButton>
          </div>
        </>
      ) : mine.confirmedAt ? (
        <>
          <p className={styles.good}>{t(sealing.confirmedAt ? 'sealing.allConfirmed' : 'sealing.youConfirmed')}</p>
          {sealing.confirmedAt && sealing.seat === 'procurer' && (
            <div>
              <DeskButton kind="primary" icon="send" to={`/desk/procurement/${tender}`}>
                {t('sealing.goPublish')}
              </DeskButton>
            </div>
          )}
        </>
      ) : (
        <>
          <p className={styles.text}>{t('sealing.confirmWhat')}</p>
          <div>
            <DeskButton kind="primary" icon="check" busy={busy} onClick={() => void confirm()}>
              {t('sealing.confirm')}
            </DeskButton>
          </div>
        </>
      )}
      {(fault || problem) && (
        <p className={styles.problem} role="alert">
          {fault ?? (problem && problemText(problem))}
        </p>
      )}
    </div>
  )
}

/** Only whoever sits in the seat; afterwards it can still turn up. */
function LostKey({ sealing }: { readonly sealing: Sealing }) {
  const { t } = useTranslation('procurement')
  const [asked, setAsked] = useState(false)
  const { act, pending, problem } = useAct(declareKeyLost, { onDone: () => setAsked(false) })
  const mine = sealing.seats.find((seat) => seat.mine)
  if (!mine?.confirmedAt || mine.lostAt || mine.handedAt || !['published', 'closed'].includes(sealing.state))
    return null
  return (
    <>
      <DeskButton small kind="danger" icon="alert" onClick={() => setAsked(true)}>
        {t('verbs.declareKeyLost')}
      </DeskButton>
      {asked && (
        <ConfirmAct
          title={t('sealing.lostAsk')}
          what={t('sealing.lostWhat', { needed: sealing.threshold })}
          verb={t('verbs.declareKeyLost')}
          danger
          busy={pending}
          problem={problem}
          onConfirm={() => void act({ params: { id: sealing.tender }, body: {} })}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}

export default function KeyCeremonyPage() {
  const { t } = useTranslation('procurement')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useSealing(id)
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  return (
    <DeskPage
      title={t('sealing.ceremony')}
      note={`${data.number} ${data.title}`}
      actions={<DeskButton to={`/desk/procurement/${id}`}>{t('sheet.room')}</DeskButton>}
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <DeskCard
            title={t('sealing.openers')}
            extra={<Tag icon="key">{t('sealing.policy', { needed: data.threshold })}</Tag>}
          >
            <SeatCards sealing={data} />
          </DeskCard>
          <DeskCard title={t('sealing.tenderKey')} pad>
            {data.publicKey ? (
              <div className={styles.stack}>
                <Fingerprint label={t('sealing.publicKey')} value={toHex(fromText(data.publicKey))} />
                <p className={styles.text}>{t('sealing.publicKeyWhat')}</p>
              </div>
            ) : (
              <p className={styles.text}>{t('sealing.noKeyYet')}</p>
            )}
          </DeskCard>
          <DeskCard title={t('sealing.promises')} pad>
            <ul className={styles.plain}>
              {(['server', 'enough', 'collude', 'lost'] as const).map((each) => (
                <li key={each}>{t(`sealing.promise.${each}`, { needed: data.threshold })}</li>
              ))}
            </ul>
          </DeskCard>
        </div>
        <div className={styles.side}>
          <DeskCard title={t('sealing.progress')}>
            <Steps sealing={data} />
          </DeskCard>
          <DeskCard title={t('sealing.mine')} extra={<LostKey sealing={data} />} pad>
            <MyPart sealing={data} />
          </DeskCard>
        </div>
      </div>
    </DeskPage>
  )
}
