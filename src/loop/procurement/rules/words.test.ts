// Texts that must be exact: under hashes, signatures and encryption; and texts for everybody that name nobody.
import { describe, expect, test } from 'vitest'
import * as envelope from './envelope.ts'
import { personalNumbers } from './public-words.ts'

describe('the texts of a sealed bid', () => {
  const header = {
    tender: 't',
    key: 'k',
    organization: 'o',
    deposit: 'd',
    commitment: 'c',
    enc: 'e',
    wrapped: 'w',
    iv: 'i',
  } as never

  test('are those that browsers sealed with: changed by a letter, no bid of before opens any more', () => {
    const manifest = '["liandong-bid-manifest-1","t","k","o","d","c"]'
    expect(envelope.bidInfo('t', 'k')).toBe('["liandong-sealed-bid-1","t","k"]')
    expect(envelope.manifestText(header)).toBe(manifest)
    expect(envelope.headerText(header)).toBe(JSON.stringify(['liandong-bid-envelope-1', manifest, 'e', 'w', 'i']))
    expect(envelope.shareInfo('t')).toBe('["liandong-key-share-1","t"]')
    expect(envelope.shareText('t', 'k', 's', 'to')).toBe('["liandong-share-1","t","k","s","to"]')
    expect(envelope.handingInfo('t')).toBe('["liandong-share-handed-1","t"]')
    expect(envelope.shareHashText('t', 's')).toBe('["liandong-share-hash-1","t","s"]')
  })

  test('a receipt says all that was taken in, in its order', () => {
    const fields = [
      'form',
      'tender',
      'number',
      'bid',
      'organization',
      'organizationName',
      'deposit',
      'round',
      'receivedAt',
      'size',
      'sha256',
      'sm3',
      'key',
      'seal',
    ]
    const given = Object.fromEntries(fields.toReversed().map((field) => [field, `the ${field}`]))
    expect(envelope.receiptText(given as never)).toBe(JSON.stringify(fields.map((field) => `the ${field}`)))
  })

  test.each([
    ['', 0],
    ['AA', 1],
    ['AAA', 2],
    ['AAAA', 3],
    ['AAAAAA', 4],
  ])('%j is %i bytes', (text, bytes) => {
    expect(envelope.bytesIn(text)).toBe(bytes)
  })
})

describe('a text for everybody', () => {
  test('has no number of a person; each faulty field is named with its kind', () => {
    expect(personalNumbers({ words: '请说明服务范围', note: undefined })).toBeUndefined()
    expect(
      personalNumbers({ words: '请打 13812345678', note: undefined, answer: '见 11010519491231002X' }),
    ).toMatchObject({
      code: 'invalid-input',
      fields: [
        { path: 'body.words', code: 'text-has-phone' },
        { path: 'body.answer', code: 'text-has-citizen-id' },
      ],
    })
  })
})
