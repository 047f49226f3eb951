// The cryptography of sealed bids: HPKE held against a second reading of RFC 9180, envelopes, shares, backups, receipts, drafts.
import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, paperOf, priceText } from '../../web/features/procurement/bid-draft.ts'
import { contentKeyOf, sealBid } from '../../web/features/procurement/sealing/bid.ts'
import { fromHex, fromText, toHex, toText, utf8 } from '../../web/features/procurement/sealing/bytes.ts'
import { makePair, open, pairOf, privateBytes, publicText, seal } from '../../web/features/procurement/sealing/hpke.ts'
import { makeOpenerKey, readBackup, restoreOpenerKey } from '../../web/features/procurement/sealing/opener-backup.ts'
import { readReceipt } from '../../web/features/procurement/sealing/receipt.ts'
import { combineShares, handShare, makeTenderKey, openShare } from '../../web/features/procurement/sealing/shares.ts'
import { hashesOf, isCommitted, openContent } from './actions/envelopes.ts'
import { envelopeHeader } from './contract/sealed-bids.ts'
import { headerText } from './rules/envelope.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-GCM in base mode, written a second time from the text of RFC 9180. */
function openByRfc(
  given: { secret: Buffer; enc: Buffer; info: Buffer; aad: Buffer; sealed: Buffer },
  aead: { id: number; key: number; cipher: 'aes-128-gcm' | 'aes-256-gcm' },
): { key: Buffer; nonce: Buffer; plain: Buffer } {
  const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
  const kemSuite = Buffer.concat([Buffer.from('KEM'), u16(0x20)])
  const suite = Buffer.concat([Buffer.from('HPKE'), u16(0x20), u16(1), u16(aead.id)])
  const version = Buffer.from('HPKE-v1')
  const extract = (suiteId: Buffer, salt: Buffer, label: string, ikm: Buffer) =>
    createHmac('sha256', salt.length === 0 ? Buffer.alloc(32) : salt)
      .update(Buffer.concat([version, suiteId, Buffer.from(label), ikm]))
      .digest()
  const expand = (suiteId: Buffer, prk: Buffer, label: string, info: Buffer, length: number) => {
    const labeled = Buffer.concat([u16(length), version, suiteId, Buffer.from(label), info])
    let [block, all] = [Buffer.alloc(0), Buffer.alloc(0)]
    for (let counter = 1; all.length < length; counter += 1) {
      block = createHmac('sha256', prk)
        .update(Buffer.concat([block, labeled, Buffer.from([counter])]))
        .digest()
      all = Buffer.concat([all, block])
    }
    return all.subarray(0, length)
  }
  const privateKey = createPrivateKey({
    key: Buffer.concat([hex('302e020100300506032b656e04220420'), given.secret]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey({
    key: Buffer.concat([hex('302a300506032b656e032100'), given.enc]),
    format: 'der',
    type: 'spki',
  })
  const own = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
  const dh = diffieHellman({ privateKey, publicKey })
  const shared = expand(
    kemSuite,
    extract(kemSuite, Buffer.alloc(0), 'eae_prk', dh),
    'shared_secret',
    Buffer.concat([given.enc, own]),
    32,
  )
  const context = Buffer.concat([
    Buffer.from([0]),
    extract(suite, Buffer.alloc(0), 'psk_id_hash', Buffer.alloc(0)),
    extract(suite, Buffer.alloc(0), 'info_hash', given.info),
  ])
  const secret = extract(suite, shared, 'secret', Buffer.alloc(0))
  const key = expand(suite, secret, 'key', context, aead.key)
  const nonce = expand(suite, secret, 'base_nonce', context, 12)
  const decipher = createDecipheriv(aead.cipher, key, nonce)
  decipher.setAAD(given.aad)
  decipher.setAuthTag(given.sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(given.sealed.subarray(0, -16)), decipher.final()])
  return { key, nonce, plain }
}

test('the second reading of RFC 9180 gives its vector A.1.1', () => {
  const found = openByRfc(
    {
      secret: hex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'),
      enc: hex('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431'),
      info: hex('4f6465206f6e2061204772656369616e2055726e'),
      aad: hex('436f756e742d30'),
      sealed: hex('f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a'),
    },
    { id: 1, key: 16, cipher: 'aes-128-gcm' },
  )
  expect(found.key.toString('hex')).toBe('4531685d41d65f03dc48f6b8302c05b0')
  expect(found.nonce.toString('hex')).toBe('56d890e5accaaf011cff4b7d')
  expect(found.plain.toString()).toBe('Beauty is truth, truth beauty')
})

test('what the browser seals opens by that reading with AES-256-GCM, and by nothing else', async () => {
  const pair = await makePair(false)
  const sealed = await seal(await publicText(pair), '说明', '附带', utf8('密文里的话'))
  const given = {
    secret: Buffer.from(await privateBytes(pair)),
    enc: Buffer.from(sealed.slice(0, 32)),
    info: Buffer.from('说明'),
    aad: Buffer.from('附带'),
    sealed: Buffer.from(sealed.slice(32)),
  }
  const aead = { id: 2, key: 32, cipher: 'aes-256-gcm' } as const
  expect(openByRfc(given, aead).plain.toString()).toBe('密文里的话')
  expect(() => openByRfc({ ...given, info: Buffer.from('别的') }, aead)).toThrow()
  expect(toHex(await open(pair, '说明', '附带', sealed))).toBe(toHex(utf8('密文里的话')))
  await expect(open(pair, '说明', '别的', sealed)).rejects.toThrow()
  await expect(open(await makePair(true), '说明', '附带', sealed)).rejects.toThrow()
})

const id = (n: number) => `320505-01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const paper = {
  price: '46000.00',
  proposal: '每个工作日中午送餐到户。',
  team: [{ post: '项目负责人', people: 1 }],
  files: [
    { name: '一.txt', type: 'text/plain', size: 3 },
    { name: '二.bin', type: '', size: 5 },
  ],
}
const files = [Uint8Array.of(1, 2, 3), Uint8Array.of(9, 8, 7, 6, 5)]

async function sealedTo(pair: CryptoKeyPair) {
  return sealBid({ tender: id(1), key: await publicText(pair), organization: id(2) }, paper, files)
}

test('server and browser agree on the hash; the content key of an envelope gives words and attachments back', async () => {
  const pair = await makePair(true)
  const envelope = await sealedTo(pair)
  const header = envelopeHeader.parse(envelope.header)
  const content = Buffer.from(envelope.content, 'base64url')
  expect(hashesOf(headerText(header), content).sha256).toBe(envelope.sha256)
  const contentKey = Buffer.from(await contentKeyOf(pair, envelope.header), 'base64url')
  expect(isCommitted(header, contentKey)).toBe(true)
  const opened = openContent(header, content, contentKey)
  expect(opened?.paper).toEqual(paper)
  expect(opened?.files.map((bytes) => [...bytes])).toEqual(files.map((bytes) => [...bytes]))
  expect(hashesOf('a', Buffer.from('b')).sm3).toHaveLength(64)
})

test('one bit changed anywhere, or one word of the header, and nothing opens', async () => {
  const pair = await makePair(true)
  const envelope = await sealedTo(pair)
  const header = envelopeHeader.parse(envelope.header)
  const content = Buffer.from(envelope.content, 'base64url')
  const contentKey = Buffer.from(await contentKeyOf(pair, envelope.header), 'base64url')
  fc.assert(
    fc.property(fc.nat(content.length * 8 - 1), (bit) => {
      const changed = Buffer.from(content)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return openContent(header, changed, contentKey) === undefined
    }),
  )
  const other = await publicText(await makePair(true))
  const forged = { tender: id(7), organization: id(8), deposit: 'A'.repeat(22), commitment: 'a'.repeat(64), key: other }
  for (const [name, value] of Object.entries(forged)) {
    await expect(contentKeyOf(pair, { ...envelope.header, [name]: value })).rejects.toThrow()
    expect(openContent({ ...header, [name]: value }, content, contentKey)).toBeUndefined()
  }
  expect(isCommitted(header, Buffer.alloc(32, 1))).toBe(false)
})

test('content that is encrypted well and is no bid is not taken for one', async () => {
  const pair = await makePair(true)
  const wrongs = [
    { ...paper, price: '一千元' },
    { ...paper, team: [] },
    { ...paper, files: [{ name: '长.txt', type: '', size: 4 }] },
  ]
  for (const wrong of wrongs) {
    const envelope = await sealBid({ tender: id(1), key: await publicText(pair), organization: id(2) }, wrong, [])
    const contentKey = Buffer.from(await contentKeyOf(pair, envelope.header), 'base64url')
    const header = envelopeHeader.parse(envelope.header)
    expect(openContent(header, Buffer.from(envelope.content, 'base64url'), contentKey)).toBeUndefined()
  }
  expect(
    openContent(envelopeHeader.parse((await sealedTo(pair)).header), Buffer.alloc(3), Buffer.alloc(32)),
  ).toBeUndefined()
})

const seats = ['procurer', 'overseer', 'community'] as const

test('any two of three shares give the key; one does not, nor a share of another seat, tender or key', async () => {
  const pairs = await Promise.all(seats.map(() => makePair(true)))
  const openers = await Promise.all(
    seats.map(async (seat, index) => ({ seat, openerKey: await publicText(pairs[index] ?? (await makePair(true))) })),
  )
  const { key, shares } = await makeTenderKey(id(1), openers, 2)
  expect(new Set(shares.map((share) => share.hash)).size).toBe(3)
  const session = await makePair(true)
  const handed = await Promise.all(
    shares.map(async ({ seat, sealed, hash }, index) => {
      const own = pairs[index]
      if (own === undefined) throw new Error('no pair')
      const opened = await openShare(own, { tender: id(1), key, seat }, sealed)
      expect(opened.hash).toBe(hash)
      await expect(openShare(own, { tender: id(2), key, seat }, sealed)).rejects.toThrow()
      return {
        seat,
        shareHash: hash,
        handedShare: await handShare({ tender: id(1), key, seat }, opened.share, await publicText(session)),
      }
    }),
  )
  const [one, two, three] = handed
  if (one === undefined || two === undefined || three === undefined) throw new Error('three were made')
  for (const some of [[one, two], [two, three], [three, one], handed]) {
    const { pair, wrong } = await combineShares(session, { tender: id(1), key }, some, 2)
    expect(wrong).toEqual([])
    expect(pair && (await publicText(pair))).toBe(key)
  }
  expect((await combineShares(session, { tender: id(1), key }, [one], 2)).pair).toBeUndefined()
  const swapped = { ...one, seat: two.seat }
  expect(await combineShares(session, { tender: id(1), key }, [swapped, three], 2)).toEqual({ wrong: ['overseer'] })
  const elsewhere = await combineShares(await makePair(true), { tender: id(1), key }, [one, two], 2)
  expect(elsewhere.wrong).toEqual(['procurer', 'overseer'])
})

test('an opener’s key cannot be taken out of the browser, and comes back from its backup with the passphrase alone', async () => {
  const { pair, openerKey, backup } = await makeOpenerKey(id(1), 'procurer', '梧桐巷口的石桥 1987')
  await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow()
  const read = readBackup(JSON.stringify(backup))
  if (read === undefined) throw new Error('the backup was not read')
  const back = await restoreOpenerKey(read, '梧桐巷口的石桥 1987')
  expect(back && (await publicText(back))).toBe(openerKey)
  expect(await restoreOpenerKey(read, '梧桐巷口的石桥 1988')).toBeUndefined()
  expect(await restoreOpenerKey({ ...read, seat: 'overseer' }, '梧桐巷口的石桥 1987')).toBeUndefined()
  for (const text of ['', '[]', '{"form":"liandong-opener-key-1"}', 'null']) expect(readBackup(text)).toBeUndefined()
  await expect(pairOf(Uint8Array.of(1, 2))).rejects.toThrow()
})

test('bytes survive every spelling; a text that is no receipt is none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000 }), (bytes) => {
      expect(toText(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(toHex(fromHex(toHex(bytes)))).toBe(toHex(bytes))
      return toHex(fromText(toText(bytes))) === toHex(bytes)
    }),
    { numRuns: 20 },
  )
  for (const text of ['', '7', '{}', '{"form":"liandong-bid-receipt-1"}']) expect(readReceipt(text)).toBeUndefined()
})

test('a draft is told everything that is wrong at once, and becomes the paper that is sealed', () => {
  const empty = { price: '', proposal: '', team: [], files: [] }
  expect(faultsOf(empty, '48000.00')).toEqual(['price', 'proposal', 'team'])
  const whole = {
    price: '46,000.5',
    proposal: '每个工作日中午送餐到户。',
    team: [{ post: '社工', people: 2 }],
    files: [],
  }
  expect(faultsOf(whole, '48000.00')).toEqual([])
  expect(faultsOf({ ...whole, price: '48000.01' }, '48000.00')).toEqual(['price-above'])
  expect(faultsOf({ ...whole, team: [{ post: '社', people: 2 }] }, '48000.00')).toEqual(['team'])
  expect(faultsOf({ ...whole, files: [new File([], '空.txt')] }, '48000.00')).toEqual(['files'])
  expect(paperOf(whole)).toMatchObject({ price: '46000.50', team: [{ post: '社工', people: 2 }], files: [] })
  expect(['46000', '46000.5', '007', '1,234.56', '一千', '-3'].map(priceText)).toEqual([
    '46000.00',
    '46000.50',
    '7.00',
    '1234.56',
    '一千',
    '-3',
  ])
})
