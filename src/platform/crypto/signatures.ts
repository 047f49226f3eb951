// Checksums and signatures of documents: SHA-256 and SM3 of bytes; Ed25519 by node, SM2 by sm-crypto-v2. Nothing here signs.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'

export type SignatureKind = 'ed25519' | 'sm2'

export type Checksums = { readonly sha256: string; readonly sm3: string }

/** Both checksums in lower-case hex. */
export function checksumsOf(bytes: Uint8Array): Checksums {
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sm3: createHash('sm3').update(bytes).digest('hex'),
  }
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The fixed head of a SubjectPublicKeyInfo that holds an Ed25519 key (RFC 8410). */
const ed25519Head = Buffer.from('302a300506032b6570032100', 'hex')

/** Order of the curve of GB/T 32918.5; both halves of a signature lie between it and zero, which the library does not ask. */
const sm2Order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

function isScalar(hex: string): boolean {
  const value = BigInt(`0x${hex}`)
  return value > 0n && value < sm2Order
}

/**
 * Whether `signature` of `message` (text, UTF-8) holds under `publicKey`; false for anything malformed. Lower-case hex: an Ed25519 key has 32 bytes, an
 * SM2 key 65 (04 x y); a signature has 64 (SM2: r s, digest SM3 with Z of the default identifier 1234567812345678, GB/T 32918.2). node:crypto is
 * not used for SM2: its sign('sm3') with such a key is plain ECDSA.
 */
export function signatureHolds(kind: SignatureKind, publicKey: string, message: string, signature: string): boolean {
  if (!/^[0-9a-f]{128}$/.test(signature)) return false
  try {
    if (kind === 'ed25519') {
      if (!/^[0-9a-f]{64}$/.test(publicKey)) return false
      const key = createPublicKey({
        key: Buffer.concat([ed25519Head, Buffer.from(publicKey, 'hex')]),
        format: 'der',
        type: 'spki',
      })
      return verify(null, Buffer.from(message), key, Buffer.from(signature, 'hex'))
    }
    return (
      /^04[0-9a-f]{128}$/.test(publicKey) &&
      isScalar(signature.slice(0, 64)) &&
      isScalar(signature.slice(64)) &&
      sm2.verifyPublicKey(publicKey) &&
      sm2.doVerifySignature(message, signature, publicKey, { hash: true })
    )
  } catch {
    // A point that is not on the curve makes the libraries throw; the answer is the same.
    return false
  }
}
