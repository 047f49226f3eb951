// What the pages of sealed bids ask: the state of key and envelopes, and the opener's key that this browser keeps.
import { useCallback, useEffect, useState } from 'react'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { getSealing } from '../../../loop/procurement/contract/sealing.ts'
import { useAsk } from '../../app/ask.ts'
import { useSession } from '../../app/session.ts'
import { findKey, type KeptKey, openerKeyName } from './sealing/keep.ts'

export type Sealing = OutputOf<typeof getSealing>
export type Seat = Sealing['seats'][number]

/** Asked again every few seconds: others act at the same time. */
export function useSealing(id: string, enabled = true) {
  return useAsk(getSealing, { params: { id } }, { refetchInterval: 5000, enabled })
}

/** My opener's key in this browser; `looked` once the browser has answered. It counts only when it is the one that is registered. */
export function useOpenerKey(sealing: Sealing | undefined): {
  readonly kept: KeptKey | undefined
  readonly looked: boolean
  readonly look: () => void
} {
  const { person } = useSession()
  const [kept, setKept] = useState<KeptKey>()
  const [looked, setLooked] = useState(false)
  const name = sealing?.seat && person ? openerKeyName(sealing.tender, sealing.seat, person.id) : undefined
  const registered = sealing?.seats.find((each) => each.mine)?.openerKey
  const look = useCallback(() => {
    if (name === undefined) return
    void findKey(name).then((found) => {
      setKept(found)
      setLooked(true)
    })
  }, [name])
  useEffect(look, [look])
  return { kept: kept?.publicText === registered ? kept : undefined, looked, look }
}
