// Leading an opening from this browser: the one-time key, the tender's key combined in memory, envelopes opened one by one.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getEnvelope, openBid, startOpening, voidBid } from '../../../loop/procurement/contract/sealed-bids.ts'
import { useAct } from '../../app/act.ts'
import { call } from '../../app/client.ts'
import type { Problem } from '../../app/problem.ts'
import type { Envelope } from './EnvelopeCards.tsx'
import { contentKeyOf } from './sealing/bid.ts'
import { makePair, publicText } from './sealing/hpke.ts'
import { findKey, type KeptKey, removeKey, saveKey, sessionKeyName } from './sealing/keep.ts'
import { combineShares } from './sealing/shares.ts'
import type { Sealing } from './use-sealing.ts'

export type Opening = {
  /** I lead, and this browser holds the session's key. */
  readonly leads: boolean
  /** I lead, but the session was begun in another browser. */
  readonly elsewhere: boolean
  /** The tender's key came together from the shares handed in. */
  readonly ready: boolean
  /** Seats whose share is not the published one. */
  readonly wrong: readonly string[]
  readonly busy: boolean
  /** Envelopes that the tender's key does not open, found while trying. */
  readonly unfit: readonly string[]
  readonly fault: string | undefined
  readonly problem: Problem | undefined
  start(): Promise<void>
  open(envelope: Envelope): Promise<void>
  declareVoid(envelope: Envelope): Promise<void>
}

export function useOpening(sealing: Sealing): Opening {
  const { t } = useTranslation('procurement')
  const [session, setSession] = useState<KeptKey>()
  const [looked, setLooked] = useState(false)
  const [pair, setPair] = useState<{ readonly of: string; readonly pair: CryptoKeyPair }>()
  const [wrong, setWrong] = useState<readonly string[]>([])
  const [unfit, setUnfit] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const starting = useAct(startOpening)
  const opening = useAct(openBid)
  const voiding = useAct(voidBid)
  const { tender, publicKey, threshold } = sealing
  const running = sealing.state === 'closed' && sealing.session?.mine ? sealing.session.key : undefined
  const params = { id: tender }

  useEffect(() => {
    if (running === undefined) return
    void findKey(sessionKeyName(tender, running)).then((found) => {
      setSession(found)
      setLooked(true)
    })
  }, [tender, running])

  const leads = running !== undefined && session?.publicText === running
  // What is handed in changes while others act: each new share is a new try.
  const handed = sealing.seats.map((seat) => seat.handedShare ?? '').join(' ')
  const combined = pair !== undefined && pair.of === running
  useEffect(() => {
    if (!leads || combined || running === undefined || publicKey === undefined || session === undefined) return
    const shares = sealing.seats.flatMap(({ seat, shareHash, handedShare }) =>
      shareHash === undefined || handedShare === undefined ? [] : [{ seat, shareHash, handedShare }],
    )
    if (shares.length < threshold || handed === '') return
    let gone = false
    void combineShares(session.pair, { tender, key: publicKey }, shares, threshold).then((found) => {
      if (gone) return
      setWrong(found.wrong)
      if (found.pair !== undefined) setPair({ of: running, pair: found.pair })
    })
    return () => {
      gone = true
    }
  }, [leads, combined, running, publicKey, session, sealing.seats, threshold, handed, tender])

  return {
    leads,
    elsewhere: running !== undefined && looked && !leads,
    ready: leads && combined,
    wrong,
    busy,
    unfit,
    fault,
    problem: starting.problem ?? opening.problem ?? voiding.problem,
    async start() {
      setBusy(true)
      const made = await makePair(true)
      const key = await publicText(made)
      const kept = { key: sessionKeyName(tender, key), pair: made, publicText: key }
      await saveKey(kept)
      const answer = await starting.act({ params, body: { key } })
      if (answer === undefined) await removeKey(kept.key)
      else {
        setSession(kept)
        setLooked(true)
        setPair(undefined)
      }
      setBusy(false)
    },
    async open(envelope) {
      if (pair === undefined) return
      setBusy(true)
      setFault(undefined)
      const { header } = await call(getEnvelope, { params: { ...params, bid: envelope.id } })
      let contentKey: string | undefined
      try {
        contentKey = await contentKeyOf(pair.pair, header)
      } catch {
        setUnfit((before) => [...before, envelope.id])
        setFault(t('sealing.doesNotFit', { n: envelope.number }))
      }
      if (contentKey !== undefined) await opening.act({ params, body: { bid: envelope.id, contentKey } })
      setBusy(false)
    },
    async declareVoid(envelope) {
      setBusy(true)
      setFault(undefined)
      await voiding.act({ params, body: { bid: envelope.id } })
      setBusy(false)
    },
  }
}
