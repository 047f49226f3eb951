// What this browser alone keeps of a person's ballots: the key in the token, the blinding, the signature, and afterwards the receipt.
import Dexie, { type Table } from 'dexie'
import type { Choice } from '../../../loop/deliberation/contract/ballots.ts'

/** `asked`: blinded, perhaps sent; `ready`: signed, not cast; `cast`: the server took it, only the receipt is left. */
export type KeptBallot = {
  /** Vote and person: several people may vote on one telephone. */
  readonly key: string
  readonly vote: string
  readonly stage: 'asked' | 'ready' | 'cast'
  readonly token: Uint8Array
  readonly blinded: Uint8Array
  readonly unblinding?: Uint8Array
  /** Signs the choice; cannot be taken out of the browser, and is gone once the ballot is cast. */
  readonly signer?: CryptoKey
  readonly signature?: Uint8Array
  /** Chosen and on its way: an answer that was lost is asked for again with the same choice, never another. */
  readonly choice?: Choice
  readonly proof?: Uint8Array
  /** The newest public seal of the place's events just before the ballot was cast: what stood then cannot be made anew unnoticed. */
  readonly seal?: string
}

class Kept extends Dexie {
  declare readonly ballots: Table<KeptBallot, string>
  constructor() {
    super('liandong-ballots')
    this.version(1).stores({ ballots: 'key' })
  }
}

let opened: Kept | undefined
const kept = (): Kept => {
  opened ??= new Kept()
  return opened
}

export const ballotKey = (vote: string, person: string): string => `${vote} ${person}`

export function findKept(key: string): Promise<KeptBallot | undefined> {
  return kept().ballots.get(key)
}

export async function saveKept(ballot: KeptBallot): Promise<void> {
  await kept().ballots.put(ballot)
}
