// Signatures for receipts: the installation's key of the seals, for named uses.
import type { KeyObject } from 'node:crypto'
import type { Signer } from '../platform.ts'
import { isTextSignedBy, publicKeyOf, signText } from './chain.ts'

export function makeSigner(key: KeyObject): Signer {
  const publicKey = publicKeyOf(key)
  return {
    publicKey,
    sign: (use, text) => signText(key, use, text),
    verify: (use, text, signature) => isTextSignedBy(publicKey, use, text, signature),
  }
}
