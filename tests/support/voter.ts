// A voter outside of a browser: makes a key, blinds the token (RFC 9474, written a second time from its text), unblinds the signature, signs a choice.
import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import { ballotText, type Choice } from '../../src/loop/deliberation/contract/ballots.ts'

const saltBytes = 48
const hashBytes = 48
const keyBits = 2048

const toInt = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)
const toBytes = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex')
const sha384 = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha384')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function maskOf(seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = []
  for (let counter = 0; blocks.length * hashBytes < length; counter += 1) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    blocks.push(sha384(seed, count))
  }
  return Buffer.concat(blocks).subarray(0, length)
}

/** EMSA-PSS-ENCODE of RFC 8017 with SHA-384 for a key of 2048 bits. */
function encodePss(message: Buffer): Buffer {
  const length = Math.ceil((keyBits - 1) / 8)
  const salt = randomBytes(saltBytes)
  const hash = sha384(Buffer.alloc(8), sha384(message), salt)
  const block = Buffer.concat([Buffer.alloc(length - saltBytes - hashBytes - 2), Buffer.from([1]), salt])
  const mask = maskOf(hash, block.length)
  for (let at = 0; at < block.length; at += 1) block[at] = (block[at] ?? 0) ^ (mask[at] ?? 0)
  block[0] = (block[0] ?? 0) & 0x7f
  return Buffer.concat([block, hash, Buffer.from([0xbc])])
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [low, high] = [value, modulus]
  let [x, y] = [1n, 0n]
  while (high !== 0n) {
    const quotient = low / high
    ;[low, high] = [high, low - quotient * high]
    ;[x, y] = [y, x - quotient * y]
  }
  return ((x % modulus) + modulus) % modulus
}

export type Voter = {
  readonly token: Buffer
  readonly blinded: string
  /** The token's signature from the blind one. */
  finish(signature: string): string
  ballot(signature: string, choice: Choice): { token: string; signature: string; choice: Choice; proof: string }
}

/** The public key of a vote, read once for many voters. */
export function voteKey(publicKey: string): { key: KeyObject; modulus: bigint } {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
  return { key, modulus: toInt(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url')) }
}

/** Prepares one voter's token for a vote. */
export function makeVoter(vote: string, { key, modulus }: ReturnType<typeof voteKey>): Voter {
  const pair = generateKeyPairSync('ed25519')
  const own = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const token = Buffer.concat([randomBytes(32), own])
  const factor = toInt(randomBytes(keyBits / 8)) % modulus
  const lifted = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, toBytes(factor, keyBits / 8))
  const blinded = (toInt(encodePss(token)) * toInt(lifted)) % modulus
  const finish = (signature: string): string =>
    toBytes((toInt(Buffer.from(signature, 'base64url')) * inverse(factor, modulus)) % modulus, keyBits / 8).toString(
      'base64url',
    )
  return {
    token,
    blinded: toBytes(blinded, keyBits / 8).toString('base64url'),
    finish,
    ballot: (signature, choice) => ({
      token: token.toString('base64url'),
      signature,
      choice,
      proof: sign(null, Buffer.from(ballotText(vote, choice)), pair.privateKey).toString('base64url'),
    }),
  }
}
