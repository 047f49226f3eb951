// Checksums and signatures: the published examples, and one changed bit anywhere.
import { sm2 } from 'sm-crypto-v2'
import { describe, expect, test } from 'vitest'
import { checksumsOf, signatureHolds } from './signatures.ts'

/** RFC 8032, 7.1, test 1 has the empty message; test 2 the byte 72, which is the text `r`. */
const ed25519 = {
  publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  message: 'r',
  signature:
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
}
/** GB/T 32918.5, annex A.2. */
const standard = {
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: 'message digest',
  signature:
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
}
const flipped = (hex: string, at: number) =>
  `${hex.slice(0, at)}${(Number.parseInt(hex.at(at) ?? '0', 16) ^ 1).toString(16)}${hex.slice(at + 1)}`

describe('signatures', () => {
  test.each([
    ['ed25519' as const, ed25519],
    ['sm2' as const, standard],
  ])(
    'the published example of %s holds, and no longer with one bit changed',
    (kind, { publicKey, message, signature }) => {
      expect(signatureHolds(kind, publicKey, message, signature)).toBe(true)
      expect(signatureHolds(kind, publicKey, `${message} `, signature)).toBe(false)
      for (const at of [0, 40, 127])
        expect(signatureHolds(kind, publicKey, message, flipped(signature, at))).toBe(false)
      for (const at of [3, 60]) expect(signatureHolds(kind, flipped(publicKey, at), message, signature)).toBe(false)
    },
  )

  test('what is no signature is none, and does not bring the server down', () => {
    for (const bad of ['', 'zz', '0'.repeat(128), 'f'.repeat(128), ed25519.signature.toUpperCase()]) {
      expect(signatureHolds('ed25519', ed25519.publicKey, ed25519.message, bad)).toBe(false)
      expect(signatureHolds('sm2', standard.publicKey, standard.message, bad)).toBe(false)
    }
    expect(signatureHolds('sm2', `04${'0'.repeat(128)}`, standard.message, standard.signature)).toBe(false)
    expect(signatureHolds('sm2', ed25519.publicKey, standard.message, standard.signature)).toBe(false)
    expect(signatureHolds('ed25519', standard.publicKey, ed25519.message, ed25519.signature)).toBe(false)
  })

  test('a Chinese text signed in a browser’s way is read the same here', () => {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    const message = '合同编号：合2026-0005（氿、栟、埝）'
    const signature = sm2.doSignature(message, privateKey, { hash: true })
    expect(signatureHolds('sm2', publicKey, message, signature)).toBe(true)
  })
})

test('checksums are those of the standards', () => {
  // FIPS 180-4 and GB/T 32905, both of "abc".
  expect(checksumsOf(Buffer.from('abc'))).toEqual({
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  })
})
