// The shares of the opening: who has handed in, and handing in one's own from this browser.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contributeShare } from '../../../loop/procurement/contract/sealed-bids.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { RestoreOpenerKey } from './OpenerKey.tsx'
import { fromText, toHex } from './sealing/bytes.ts'
import { handShare, openShare } from './sealing/shares.ts'
import styles from './sealing.module.css'
import { type Sealing, useOpenerKey } from './use-sealing.ts'

function HandIn({ sealing }: { readonly sealing: Sealing }) {
  const { t } = useTranslation('procurement')
  const problemText = useProblemText()
  const { kept, looked, look } = useOpenerKey(sealing)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const { act, problem } = useAct(contributeShare)
  const mine = sealing.seats.find((seat) => seat.mine)
  const { session, publicKey: key, tender } = sealing
  if (mine?.sealedShare === undefined || session === undefined || key === undefined || mine.handedAt) return null
  if (!kept) return looked ? <RestoreOpenerKey sealing={sealing} onKept={look} /> : null
  const hand = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const place = { tender, key, seat: mine.seat }
      const { share, hash } = await openShare(kept.pair, place, mine.sealedShare ?? '')
      if (hash !== mine.shareHash) setFault(t('sealing.shareDiffers'))
      else {
        const handed = await handShare(place, share, session.key)
        await act({ params: { id: tender }, body: { session: session.key, share: handed } })
      }
      share.fill(0)
    } catch {
      setFault(t('sealing.shareNotOpened'))
    }
    setBusy(false)
  }
  return (
    <div className={styles.stack}>
      <p className={styles.text}>{t('sealing.handWhat')}</p>
      {(fault || problem) && (
        <p className={styles.problem} role="alert">
          {fault ?? (problem && problemText(problem))}
        </p>
      )}
      <div>
        <DeskButton kind="primary" icon="key" busy={busy} onClick={() => void hand()}>
          {t('verbs.contributeShare')}
        </DeskButton>
      </div>
    </div>
  )
}

/** `wrong`: seats whose share is not the published one, as whoever leads found. */
export function SharesCard({ sealing, wrong }: { readonly sealing: Sealing; readonly wrong: readonly string[] }) {
  const { t } = useTranslation('procurement')
  const have = sealing.seats.filter((seat) => seat.handedAt).length
  const enough = have >= sealing.threshold
  const over = sealing.state !== 'closed'
  return (
    <DeskCard
      title={t('sealing.shares')}
      extra={
        !over && (
          <span className={styles.text}>
            <span className={styles.meter} aria-hidden="true">
              {sealing.seats.map((seat, index) => (
                <i key={seat.seat} data-done={index < have || undefined} />
              ))}
            </span>
            <b>
              {t(enough ? 'sealing.enoughShares' : 'sealing.sharesIn', {
                have,
                needed: sealing.threshold,
                all: sealing.seats.length,
              })}
            </b>
          </span>
        )
      }
    >
      <ul className={styles.shares}>
        {sealing.seats.map((seat) => (
          <li key={seat.seat} data-done={seat.handedAt ? true : undefined} data-lost={seat.lostAt ? true : undefined}>
            <span aria-hidden="true">
              <Icon name={seat.handedAt ? 'check' : seat.lostAt ? 'alert' : 'key'} size={16} />
            </span>
            <span>
              <b>{t(`sealing.seats.${seat.seat}`)}</b>
              <small>{seat.name ?? t(`sealing.bodies.${seat.seat}`)}</small>
            </span>
            <span>
              {wrong.includes(seat.seat) ? (
                <span className={styles.bad}>{t('sealing.wrongShare')}</span>
              ) : seat.handedAt ? (
                <>
                  <span className={styles.fine} data-state>
                    {t('sealing.handed')}
                  </span>
                  <small>
                    <InstantText instant={seat.handedAt} style="time" />
                  </small>
                </>
              ) : (
                <>
                  <small>{t(seat.lostAt ? 'sealing.lost' : over ? 'sealing.done' : 'sealing.notHanded')}</small>
                  {!over && enough && <small>{t('sealing.noNeed')}</small>}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {sealing.session && !over && (
        <div className={`${styles.stack} ${styles.foot}`}>
          <Fingerprint short label={t('sealing.sessionCode')} value={toHex(fromText(sealing.session.key))} />
          <HandIn sealing={sealing} />
        </div>
      )}
    </DeskCard>
  )
}
