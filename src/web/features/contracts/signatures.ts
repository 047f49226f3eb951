// Checksums and signatures in the browser: a file is hashed here and stays here; SM2 and SM3 come with their library only when needed.
import type { signatureKinds } from '../../../loop/contracts/contract/documents.ts'

export type SignatureKind = (typeof signatureKinds)[number]
type Bytes = Uint8Array<ArrayBuffer>

/** Lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function bytesOf(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function textBytes(text: string): Bytes {
  return Uint8Array.from(new TextEncoder().encode(text))
}

export async function sha256Hex(bytes: Bytes): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

export async function sm3Hex(bytes: Bytes): Promise<string> {
  const { sm3 } = await import('sm-crypto-v2')
  return sm3(bytes)
}

/** Whether a signature of `message` holds under a public key, asked of this browser alone; false where it is malformed. */
export async function holdsHere(
  kind: SignatureKind,
  publicKey: string,
  message: string,
  signature: string,
): Promise<boolean> {
  try {
    if (kind === 'ed25519') {
      const key = await crypto.subtle.importKey('raw', bytesOf(publicKey), 'Ed25519', false, ['verify'])
      return await crypto.subtle.verify('Ed25519', key, bytesOf(signature), textBytes(message))
    }
    const { sm2 } = await import('sm-crypto-v2')
    return sm2.verifyPublicKey(publicKey) && sm2.doVerifySignature(message, signature, publicKey, { hash: true })
  } catch {
    return false
  }
}
