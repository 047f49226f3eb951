// A person's signing key as a browser makes and uses it: the private half stays in this object.
import { generateKeyPairSync, sign } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import * as documents from '../../src/loop/contracts/contract/documents.ts'
import { keyMessage, signingMessage } from '../../src/loop/contracts/rules/signing.ts'
import { sha256Of } from '../../src/platform/crypto/signatures.ts'
import type { Party } from '../../src/loop/contracts/contract.ts'
import type { Person, TestApp } from './app.ts'

export type Signer = {
  readonly key: string
  readonly publicKey: string
  sign(message: string): string
}

type Half = Omit<Signer, 'key'>

export function makeHalf(kind: 'ed25519' | 'sm2'): Half {
  if (kind === 'sm2') {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    return { publicKey, sign: (message) => sm2.doSignature(message, privateKey, { hash: true }) }
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
    sign: (message) => sign(null, Buffer.from(message), privateKey).toString('hex'),
  }
}

/** Makes a key and puts its public half on record. */
export async function makeSigner(app: TestApp, person: Person, kind: 'ed25519' | 'sm2'): Promise<Signer> {
  const half = makeHalf(kind)
  const { id } = await app.ok(person, documents.addSigningKey, {
    body: {
      kind,
      publicKey: half.publicKey,
      label: '办公室电脑',
      proof: half.sign(keyMessage(person.id, half.publicKey)),
    },
  })
  return { key: id, ...half }
}

type Document = { readonly id: string; readonly sha256: string; readonly sm3: string }

/** The body with which a party signs a document. */
export function signed(signer: Signer, document: Document, number: string, party: Party) {
  const message = signingMessage({ ...document, number }, party, sha256Of(signer.publicKey))
  return { document: document.id, sha256: document.sha256, signingKey: signer.key, signature: signer.sign(message) }
}
