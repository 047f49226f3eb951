// A check of a document and of its signatures: each thing that somebody could have changed is found, and told apart from the others.
import { describe, expect, test } from 'vitest'
import { administrator, contract, id, now, procurer } from '../../../../tests/support/contract-record.ts'
import { addDays } from '../../../kit/instant.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import { type Amendment, type Contract, personOf } from '../rules.ts'
import { type ContractDocument, type DocumentSignature, termsOf } from './document.ts'
import type { SigningKey } from './signing.ts'
import * as verification from './verification.ts'

const keyed = (who: typeof procurer) => ({ person: personOf(who), at: now, sha256: 'sha', key: id(750) })
const record = (more: Partial<Contract> = {}): Contract =>
  contract({
    signatures: { purchaser: keyed(procurer), organization: keyed(administrator) },
    history: [
      { state: 'signing', at: now },
      { state: 'active', at: now },
    ],
    ...more,
  })
const paper = (more: Partial<ContractDocument> = {}, content: object = {}): ContractDocument => ({
  id: id(700),
  contract: contract().id,
  position: 1,
  kind: 'contract',
  round: now,
  sha256: 'sha',
  sm3: 'sm3',
  dataSha256: 'data',
  file: id(800),
  copy: id(801),
  content: { terms: termsOf(record(), new Map()), ...content } as ContractDocument['content'],
  ...more,
})
const signature = (party: 'purchaser' | 'organization', more: Partial<DocumentSignature> = {}): DocumentSignature => ({
  document: id(700),
  party,
  person: personOf(party === 'purchaser' ? procurer : administrator),
  key: id(750),
  kind: 'ed25519',
  publicKey: 'public',
  fingerprint: 'fingerprint',
  signature: 's',
  at: now,
  ...more,
})
const both = [signature('purchaser'), signature('organization')]
const event = (
  name: string,
  data: Record<string, unknown>,
  more: Partial<verification.Sealed> = {},
): verification.Sealed => ({
  name: `contracts.${name}`,
  of: { kind: 'contract-document', id: id(700) },
  at: now,
  data,
  ...more,
})
const issued = event('issueDocument', { sha256: 'sha', sm3: 'sm3', data: 'data' })
const file = { sha256: 'sha', sm3: 'sm3', mark: { document: id(700), dataSha256: 'data' } }
const found: verification.Found = { file, dataSha256: 'data', events: [issued] }
const amendment = (state: Amendment['state'], n = 300) => ({ id: id(n), state }) as Amendment

type Records = Parameters<typeof verification.faultsOf>[0]
const records = (more: Partial<Records> = {}): Records => {
  const document = more.document ?? paper()
  return { contract: record(), document, documents: [document], amendments: [], signatures: both, ...more }
}
const faults = (more: Partial<Records> = {}, seen: Partial<verification.Found> = {}) =>
  verification.faultsOf(records(more), { ...found, ...seen })

describe('a document as it was issued', () => {
  test('has no fault', () => {
    expect(faults()).toEqual([])
  })

  test.each([
    ['its file gone', { file: undefined }, ['file-lost']],
    ['the SHA-256 of its file', { file: { ...file, sha256: 'x' } }, ['file-changed']],
    ['the SM3 of its file', { file: { ...file, sm3: 'x' } }, ['file-changed']],
    ['its data', { dataSha256: 'x' }, ['data-changed']],
    ['the file’s mark gone', { file: { ...file, mark: undefined } }, ['data-changed']],
    [
      'the file’s mark of another document',
      { file: { ...file, mark: { ...file.mark, document: 'x' } } },
      ['data-changed'],
    ],
    ['the file’s mark of other data', { file: { ...file, mark: { ...file.mark, dataSha256: 'x' } } }, ['data-changed']],
    ['no event', { events: [] }, ['document-event-differs']],
    ['another event alone', { events: [{ ...issued, name: 'contracts.signContract' }] }, ['document-event-differs']],
    ...(['sha256', 'sm3', 'data'] as const).map((field): [string, Partial<verification.Found>, string[]] => [
      `the event’s ${field}`,
      { events: [{ ...issued, data: { ...issued.data, [field]: 'x' } }] },
      ['document-event-differs'],
    ]),
  ])('changed in %s is found', (_what, seen, expected) => {
    expect(faults({}, seen)).toEqual(expected)
  })

  test('whose data were changed and hashed anew is found by its event, its file and its row', () => {
    expect(faults({ document: paper({ dataSha256: 'x' }) }, { dataSha256: 'x' })).toEqual([
      'data-changed',
      'document-event-differs',
    ])
  })
})

describe('terms', () => {
  const longer = record({ end: plainDateOf('2028-01-31') })
  const signing = record({ state: 'signing', activeAt: undefined, signatures: {} })

  test('are held against the document that states them now', () => {
    expect(faults({ contract: longer })).toEqual(['terms-differ'])
    const next = paper({ id: id(701), position: 2, kind: 'amendment', amendment: id(300) })
    const amended = { contract: longer, amendments: [amendment('agreed')] }
    expect(faults({ ...amended, documents: [paper(), next] })).toEqual([])
    const own = { events: [issued], file: { ...file, mark: { ...file.mark, document: id(701) } } }
    expect(faults({ ...amended, document: next, documents: [paper(), next] }, own)).toEqual(['terms-differ'])
    const stated = { ...next, content: { ...next.content, terms: termsOf(longer, new Map()) } }
    expect(faults({ ...amended, document: stated, documents: [paper(), stated] }, own)).toEqual([])
  })

  test('of a document that waits are held against the draft, those of an open amendment are not yet', () => {
    const open = { contract: { ...signing, end: plainDateOf('2028-01-31') }, signatures: [] }
    expect(faults(open)).toEqual(['terms-differ'])
    expect(faults({ ...open, contract: signing })).toEqual([])
    const next = paper({ kind: 'amendment', amendment: id(300) })
    expect(faults({ contract: longer, document: next, amendments: [amendment('proposed')], signatures: [] })).toEqual(
      [],
    )
  })

  test('of a lapsed document are no longer asked for', () => {
    const drafting = record({ state: 'drafting', end: plainDateOf('2028-01-31') })
    expect(faults({ contract: drafting, signatures: [] })).toEqual([])
  })

  test('agreed on paper without a document of their own are stated nowhere', () => {
    const onPaper = { contract: { ...longer, signatures: {} }, signatures: [] }
    expect(faults({ ...onPaper, amendments: [amendment('agreed')] })).toEqual([])
    expect(faults({ ...onPaper, amendments: [amendment('declined')] })).toEqual(['terms-differ'])
    const next = paper({ kind: 'amendment', amendment: id(300) })
    const own = { document: next, amendments: [amendment('agreed')] }
    expect(faults({ ...onPaper, ...own })).toEqual([])
    expect(faults({ contract: longer, ...own })).toEqual(['terms-differ'])
  })
})

describe('the chain of documents', () => {
  const first = paper({ id: id(699), sha256: 'first', position: 1 })
  const second = (previous: string | undefined, said = previous) =>
    paper(
      { position: 2, previous, kind: 'amendment', amendment: id(300) },
      { previous: said === undefined ? undefined : { sha256: said, sm3: 'm' } },
    )
  const chained = (document: ContractDocument, documents = [first, document]) =>
    faults({ document, documents, amendments: [amendment('agreed')] })

  test('holds where row, content and the document before it say the same', () => {
    expect(chained(second('first'))).toEqual([])
    expect(chained(second('first', 'other'))).toEqual(['previous-differs'])
    expect(chained(second(undefined, 'first'))).toEqual(['previous-differs'])
    expect(chained(second('other'))).toEqual(['previous-differs'])
    expect(chained(second(undefined))).toEqual([])
  })

  test('goes back to the newest document in force before it, not to one that came later or lapsed', () => {
    const lapsed = paper({ id: id(698), sha256: 'lapsed', round: addDays(now, -9), position: 2 })
    const of = { ...second('first'), position: 3 }
    const later = paper({ id: id(697), sha256: 'later', position: 4, kind: 'amendment', amendment: id(300) })
    expect(chained(of, [first, lapsed, of, later])).toEqual([])
    expect(chained(second('gone'), [second('gone')])).toEqual([])
  })
})

describe('signatures that are owed', () => {
  const placed = (party: string) => event('placeSignature', { party })

  test('are both, once keys signed and it is in force', () => {
    expect(faults({ signatures: [signature('purchaser')] })).toEqual(['signatures-missing'])
    expect(faults({ signatures: [signature('organization')] })).toEqual(['signatures-missing'])
  })

  test('are before that those of which an event tells', () => {
    const waiting = { contract: record({ state: 'signing', activeAt: undefined, signatures: {} }), signatures: [] }
    expect(faults(waiting)).toEqual([])
    expect(faults(waiting, { events: [issued, placed('purchaser')] })).toEqual(['signatures-missing'])
    const one = { ...waiting, signatures: [signature('purchaser')] }
    expect(faults(one, { events: [issued, placed('purchaser')] })).toEqual([])
    expect(faults(one, { events: [issued, placed('purchaser'), placed('organization')] })).toEqual([
      'signatures-missing',
    ])
    const notPlaced = { ...placed('purchaser'), name: 'contracts.signContract' }
    expect(faults(waiting, { events: [issued, notPlaced] })).toEqual([])
    const onPaper = { contract: record({ signatures: {} }), signatures: [] }
    expect(faults(onPaper)).toEqual([])
  })
})

test('the document in force is the newest that is, not one that waits', () => {
  const next = paper({ id: id(701), kind: 'amendment', amendment: id(300) })
  const newest = (state: Amendment['state']) =>
    verification.documentInForce({
      contract: record(),
      documents: [paper(), next],
      amendments: [amendment(state)],
    })?.id
  expect([newest('agreed'), newest('proposed'), newest('declined')]).toEqual([id(701), id(700), id(700)])
})

describe('a signature', () => {
  const key: SigningKey = {
    id: id(750),
    person: personOf(procurer),
    kind: 'ed25519',
    publicKey: 'public',
    fingerprint: 'fingerprint',
    label: '办公室',
    at: now,
  }
  const added = event(
    'addSigningKey',
    { fingerprint: 'fingerprint' },
    { of: { kind: 'signing-key', id: id(750) }, actor: personOf(procurer) },
  )
  const placed = event(
    'placeSignature',
    { party: 'purchaser', signature: 'signed', key: id(750), sha256: 'sha' },
    { actor: personOf(procurer) },
  )
  const seen = {
    ...found,
    events: [added, placed],
    holds: true,
    keySha256: 'fingerprint',
    signatureSha256: 'signed',
  }
  const check = (
    more: Partial<typeof seen> = {},
    of: Partial<DocumentSignature> = {},
    with_: SigningKey | undefined = key,
  ) => verification.signatureFaultsOf(signature('purchaser', of), paper(), with_, { ...seen, ...more })
  const changed = (event_: verification.Sealed, data: object, more: Partial<verification.Sealed> = {}) => ({
    ...event_,
    ...more,
    data: { ...event_.data, ...data },
  })

  test('that holds, by its signer’s key, of which the events tell, has no fault', () => {
    expect(check()).toEqual([])
  })

  test.each([
    ['it does not hold', () => check({ holds: false }), 'signature-wrong'],
    [
      'its key is gone',
      () => verification.signatureFaultsOf(signature('purchaser'), paper(), undefined, seen),
      'key-unknown',
    ],
    ['its key has another public half', () => check({}, {}, { ...key, publicKey: 'x' }), 'key-unknown'],
    ['its key is somebody else’s', () => check({}, {}, { ...key, person: 'x' }), 'key-unknown'],
    ['its fingerprint is another', () => check({}, { fingerprint: 'x' }), 'key-unknown'],
    ['its key was never added', () => check({ events: [placed] }), 'key-unknown'],
    [
      'the event tells of another key',
      () => check({ events: [changed(added, {}, { of: { kind: 'signing-key', id: 'x' } }), placed] }),
      'key-unknown',
    ],
    [
      'another event tells of its key',
      () => check({ events: [changed(added, {}, { name: 'contracts.retireSigningKey' }), placed] }),
      'key-unknown',
    ],
    [
      'its key was added by somebody else',
      () => check({ events: [changed(added, {}, { actor: 'x' }), placed] }),
      'key-unknown',
    ],
    [
      'its key was added with another fingerprint',
      () => check({ events: [changed(added, { fingerprint: 'x' }), placed] }),
      'key-unknown',
    ],
    ['no event tells of it', () => check({ events: [added] }), 'signature-event-differs'],
    [
      'the event tells of another party',
      () => check({ events: [added, changed(placed, { party: 'organization' })] }),
      'signature-event-differs',
    ],
    [
      'another kind of event tells of it',
      () => check({ events: [added, changed(placed, {}, { name: 'contracts.signContract' })] }),
      'signature-event-differs',
    ],
    ['the event tells of another signature', () => check({ signatureSha256: 'x' }), 'signature-event-differs'],
    [
      'the event tells of another key for it',
      () => check({ events: [added, changed(placed, { key: 'x' })] }),
      'signature-event-differs',
    ],
    [
      'the event tells of another document',
      () => check({ events: [added, changed(placed, { sha256: 'x' })] }),
      'signature-event-differs',
    ],
    [
      'the event tells of another moment',
      () => check({ events: [added, changed(placed, {}, { at: addDays(now, 1) })] }),
      'signature-event-differs',
    ],
    [
      'the event tells of another signer',
      () => check({ events: [added, changed(placed, {}, { actor: 'x' })] }),
      'signature-event-differs',
    ],
  ] as const)('is found when %s', (_what, of, expected) => {
    expect(of()).toEqual([expected])
  })
})
