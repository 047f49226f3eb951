// Rules of signing by key: which documents are in force, who may sign what, and what a check of the records finds.
import { describe, expect, test } from 'vitest'
import {
  administrator,
  code,
  contract,
  id,
  now,
  organization,
  procurer,
  resident,
  workers,
} from '../../../../tests/support/contract-record.ts'
import type { Actor } from '../../../kit/actor.ts'
import { fen } from '../../../kit/money.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import { granted } from '../../../kit/ruling.ts'
import type { Contract } from '../rules.ts'
import * as amendments from './amendments.ts'
import * as document from './document.ts'
import * as signing from './signing.ts'
import * as verification from './verification.ts'
import * as terms from './terms.ts'

const round = now
const inSigning = (more: Partial<Contract> = {}): Contract =>
  contract({
    state: 'signing',
    activeAt: undefined,
    signatures: {},
    history: [{ state: 'signing', at: round }],
    ...more,
  })
const content: document.DocumentContent = {
  format: 1,
  id: id(700),
  kind: 'contract',
  contract: id(1),
  number: '合2027-0005',
  title: '为老服务',
  date: plainDateOf('2027-03-01'),
  project: { number: '项2027-0003', title: '为老服务' },
  place: '横塘社区',
  purchaser: { name: '横塘街道办事处' },
  undertaker: { name: '社会工作服务中心' },
  terms: document.termsOf(contract(), new Map()),
}
const paper = (more: Partial<document.ContractDocument> = {}): document.ContractDocument => ({
  id: id(700),
  contract: contract().id,
  position: 1,
  kind: 'contract',
  round,
  sha256: 'a'.repeat(64),
  sm3: 'b'.repeat(64),
  dataSha256: 'c'.repeat(64),
  content,
  file: id(800),
  copy: id(801),
  ...more,
})
const personOf = (actor: Actor) => (actor.kind === 'person' ? actor.personId : '')
const keyOf = (actor: Actor, more: Partial<signing.SigningKey> = {}): signing.SigningKey => ({
  id: id(750),
  person: personOf(actor),
  kind: 'sm2',
  publicKey: '04',
  fingerprint: 'f'.repeat(64),
  label: '办公室',
  at: now,
  ...more,
})
const sent = (actor: Actor, more: Partial<signing.Signing> = {}): signing.Signing => ({
  sha256: paper().sha256,
  key: keyOf(actor),
  holds: true,
  ...more,
})
const sign = (
  actor: Actor,
  record = inSigning(),
  more: Partial<signing.Signing> = {},
  made: document.ContractDocument | undefined = paper(),
) => signing.signContract(record, actor, now, made, sent(actor, more))

describe('signing by key', () => {
  test('one party after the other, then the contract is in force', () => {
    const first = granted(sign(administrator))
    expect([first.state, first.signatures.organization?.key]).toEqual(['signing', id(750)])
    const both = granted(sign(procurer, first))
    expect([both.state, both.activeAt, both.version]).toEqual(['active', now, first.version + 1])
  })

  test.each([
    ['a resident', () => sign(resident), 'not-a-party'],
    ['a draft', () => sign(procurer, inSigning({ state: 'drafting' })), 'not-in-this-state'],
    ['twice', () => sign(procurer, granted(sign(procurer))), 'already-signed'],
    [
      'no document yet',
      () => signing.signContract(inSigning(), procurer, now, undefined, sent(procurer)),
      'document-missing',
    ],
    ['another hash', () => sign(procurer, inSigning(), { sha256: 'd'.repeat(64) }), 'paper-differs'],
    ['another’s key', () => sign(procurer, inSigning(), { key: keyOf(administrator) }), 'key-unknown'],
    ['no key', () => sign(procurer, inSigning(), { key: undefined }), 'key-unknown'],
    ['a retired key', () => sign(procurer, inSigning(), { key: keyOf(procurer, { retiredAt: now }) }), 'key-retired'],
    ['a wrong signature', () => sign(procurer, inSigning(), { holds: false }), 'signature-wrong'],
    [
      'after a paper',
      () =>
        sign(procurer, inSigning({ signatures: { organization: { person: id(2), at: now, sha256: 'e'.repeat(64) } } })),
      'signed-on-paper',
    ],
    [
      'for both',
      () =>
        sign(
          procurer,
          inSigning({
            signatures: { organization: { person: personOf(procurer), at: now, sha256: 'a'.repeat(64), key: id(750) } },
          }),
        ),
      'one-person-two-parties',
    ],
    [
      'a paper after a key',
      () => terms.signContract(granted(sign(administrator)), procurer, now, { sha256: 'a'.repeat(64) }),
      'signed-by-key',
    ],
  ])('%s is refused', (_what, act, expected) => {
    expect(code(act())).toBe(expected)
  })

  test('a key is added once, by who may sign and holds its other half, ten at most', () => {
    const good = { proven: true, mayEverSign: true }
    expect(code(signing.addSigningKey([], false, good))).toBe('ok')
    expect(code(signing.addSigningKey([], true, good))).toBe('key-exists')
    expect(code(signing.addSigningKey([], false, { ...good, proven: false }))).toBe('key-proof-wrong')
    expect(code(signing.addSigningKey([], false, { ...good, mayEverSign: false }))).toBe('no-signer')
    const ten = Array.from({ length: 10 }, () => keyOf(procurer))
    expect(code(signing.addSigningKey(ten, false, good))).toBe('too-many-keys')
    expect(code(signing.addSigningKey([...ten.slice(1), keyOf(procurer, { retiredAt: now })], false, good))).toBe('ok')
  })

  test('a signature for one party, document or key is none for another', () => {
    const of = { id: id(700), sha256: 'a', sm3: 'b', number: '合2027-0005' }
    const texts = new Set([
      signing.signingMessage(of, 'purchaser', 'f'),
      signing.signingMessage(of, 'organization', 'f'),
      signing.signingMessage(of, 'purchaser', 'g'),
      signing.signingMessage({ ...of, id: id(701) }, 'purchaser', 'f'),
      signing.signingMessage({ ...of, sha256: 'c' }, 'purchaser', 'f'),
      signing.signingMessage({ ...of, sm3: 'c' }, 'purchaser', 'f'),
    ])
    expect(texts.size).toBe(6)
    expect(signing.signingMessage(of, 'purchaser', 'f')).toBe(
      [
        'liandong contract signature 1',
        'contract 合2027-0005',
        `document ${id(700)}`,
        'sha256 a',
        'sm3 b',
        'party purchaser',
        'key f',
      ].join('\n'),
    )
    expect(signing.keyMessage('person', 'public')).toBe('liandong signing key 1\nperson\npublic')
  })

  test('a signature is written down whole; the field at fault is named', () => {
    const first = sign(administrator)
    const mine = { person: personOf(administrator), at: now, sha256: paper().sha256, key: id(750) }
    expect(first).toMatchObject({ ok: true, value: { signatures: { organization: mine } } })
    const both = sign(procurer, granted(first))
    expect(both).toMatchObject({
      ok: true,
      value: { signatures: { organization: mine, purchaser: { person: personOf(procurer) } }, signUntil: undefined },
    })
    const differing = { ...mine, sha256: 'other' }
    const other = sign(procurer, inSigning({ signUntil: now, signatures: { organization: differing } }))
    expect(other).toMatchObject({ ok: true, value: { state: 'signing', signUntil: now } })
    const field = (more: Partial<signing.Signing>) => {
      const ruling = sign(procurer, inSigning(), more)
      return ruling.ok ? undefined : ruling.fields?.[0]?.path
    }
    expect([
      field({ key: undefined }),
      field({ key: keyOf(procurer, { retiredAt: now }) }),
      field({ sha256: 'x' }),
      field({ holds: false }),
    ]).toEqual(['body.signingKey', 'body.signingKey', 'body.sha256', 'body.signature'])
    const add = (taken: boolean, proven: boolean) => {
      const ruling = signing.addSigningKey([], taken, { proven, mayEverSign: true })
      return ruling.ok ? undefined : ruling.fields?.[0]?.path
    }
    expect([add(true, true), add(false, false)]).toEqual(['body.publicKey', 'body.proof'])
    const ten = Array.from({ length: 10 }, () => keyOf(procurer))
    expect(signing.addSigningKey(ten, false, { proven: true, mayEverSign: true })).toMatchObject({
      params: { most: 10 },
    })
  })
})

const bothSigned = {
  purchaser: { person: personOf(procurer), at: now, sha256: 'a'.repeat(64), key: id(750) },
  organization: { person: personOf(administrator), at: now, sha256: 'a'.repeat(64), key: id(751) },
}
const inForce = (more: Partial<Contract> = {}): Contract =>
  contract({
    signatures: bothSigned,
    history: [
      { state: 'signing', at: round },
      { state: 'active', at: now },
    ],
    ...more,
  })

describe('an amendment where keys signed', () => {
  const wish = { words: '延长一个月', end: plainDateOf('2028-01-31'), dues: [] }
  const proposed = granted(amendments.proposeAmendment(inForce(), administrator, now, wish, workers, id(300)))
  const after = granted(amendments.agreed(proposed.contract, proposed.amendment))
  const made = paper({ kind: 'amendment', content: { ...content, terms: document.termsOf(after, new Map()) } })
  const act = (actor: Actor, record = proposed.contract, of = made, amendment = proposed.amendment) =>
    signing.signAmendment(record, amendment, actor, now, of, sent(actor))

  test('is signed by its proposer, then by the other party, and is in force', () => {
    expect(proposed.contract.amendmentFor).toBe('organization')
    expect(code(amendments.agreeAmendment(proposed.contract, proposed.amendment, procurer, now))).toBe(
      'signature-needed',
    )
    expect(code(act(procurer))).toBe('proposer-signs-first')
    const first = granted(act(administrator))
    expect([first.contract.amendmentFor, first.amendment.state]).toEqual(['purchaser', 'proposed'])
    expect(code(act(administrator, first.contract))).toBe('already-signed')
    const both = granted(act(procurer, first.contract))
    expect([both.contract.end, both.contract.amendmentFor, both.amendment.state]).toEqual([
      '2028-01-31',
      undefined,
      'agreed',
    ])
    expect(code(act(procurer, first.contract, made, { ...both.amendment }))).toBe('amendment-decided')
    expect(both).toEqual({
      party: 'purchaser',
      contract: {
        ...first.contract,
        milestones: after.milestones,
        value: after.value,
        end: after.end,
        team: after.team,
        amendmentFor: undefined,
        version: first.contract.version + 1,
      },
      amendment: { ...proposed.amendment, state: 'agreed', decidedAt: now, decidedBy: personOf(procurer) },
    })
    expect(first.party).toBe('organization')
  })

  test('is signed by two persons, with a sound key, while it still fits', () => {
    const waits = { ...proposed.contract, amendmentFor: 'purchaser' as const }
    const own = { ...proposed.amendment, person: personOf(procurer) }
    expect(code(act(procurer, waits, made, own))).toBe('one-person-two-parties')
    expect(code(act(administrator, proposed.contract, made, { ...own, person: personOf(administrator) }))).toBe('ok')
    expect(code(act(administrator, { ...proposed.contract, state: 'terminated' }))).toBe('not-in-this-state')
    const unsound = { ...sent(administrator), holds: false }
    expect(code(signing.signAmendment(proposed.contract, proposed.amendment, administrator, now, made, unsound))).toBe(
      'signature-wrong',
    )
    const greedy = { ...proposed.amendment, growth: fen(99_999_99n) }
    expect(code(act(administrator, proposed.contract, made, greedy))).toBe('growth-too-large')
  })

  test('is not signed when the contract moved on, on paper, or without its document', () => {
    expect(code(act(administrator, { ...proposed.contract, dataClause: '另一条款' }))).toBe('document-outdated')
    expect(code(act(administrator, { ...proposed.contract, signatures: {} }))).toBe('signed-on-paper')
    expect(
      code(
        signing.signAmendment(
          proposed.contract,
          proposed.amendment,
          administrator,
          now,
          undefined,
          sent(administrator),
        ),
      ),
    ).toBe('document-missing')
    expect(code(act(resident))).toBe('not-a-party')
  })
})

describe('a document', () => {
  test('is open, in force or lapsed as its contract or amendment is', () => {
    const ofAmendment = paper({ kind: 'amendment', amendment: id(300) })
    const state = (
      record: Contract,
      of = paper(),
      all: { id: never; state: 'proposed' | 'agreed' | 'declined' }[] = [],
    ) => document.documentState(record, of, all)
    expect(state(inSigning())).toBe('open')
    expect(state(inForce())).toBe('in-force')
    expect(state(inSigning({ state: 'drafting' }))).toBe('lapsed')
    expect(state(inSigning({ state: 'terminated' }))).toBe('lapsed')
    expect(state(inSigning({ history: [{ state: 'signing', at: '2027-04-01T00:00:00.000Z' as never }] }))).toBe(
      'lapsed',
    )
    for (const [given, expected] of [
      ['proposed', 'open'],
      ['agreed', 'in-force'],
      ['declined', 'lapsed'],
    ] as const)
      expect(state(inForce(), ofAmendment, [{ id: id(300) as never, state: given }])).toBe(expected)
    expect(state(inForce({ state: 'terminated' }), ofAmendment, [{ id: id(300) as never, state: 'proposed' }])).toBe(
      'lapsed',
    )
    expect(state(inForce(), ofAmendment)).toBe('lapsed')
  })

  const good: verification.Found = {
    file: {
      sha256: paper().sha256,
      sm3: paper().sm3,
      mark: { document: id(700), dataSha256: paper().dataSha256 },
    },
    dataSha256: paper().dataSha256,
    events: [
      {
        name: 'contracts.issueDocument',
        of: { kind: 'contract-document', id: id(700) },
        at: now,
        data: { sha256: paper().sha256, sm3: paper().sm3, data: paper().dataSha256 },
      },
    ],
  }
  const signatures = (['purchaser', 'organization'] as const).map(
    (party): document.DocumentSignature => ({
      document: id(700),
      party,
      person: personOf(party === 'purchaser' ? procurer : administrator),
      key: id(750),
      kind: 'sm2',
      publicKey: '04',
      fingerprint: 'f',
      signature: 's',
      at: now,
    }),
  )
  const faults = (found: Partial<verification.Found>, record = inForce(), of = paper(), given = signatures) =>
    verification.faultsOf(
      { contract: record, document: of, documents: [of], amendments: [], signatures: given },
      { ...good, ...found },
    )

  test.each([
    ['nothing', () => faults({}), []],
    ['the file gone', () => faults({ file: undefined }), ['file-lost']],
    ['the file changed', () => faults({ file: good.file && { ...good.file, sha256: 'x' } }), ['file-changed']],
    ['its mark gone', () => faults({ file: good.file && { ...good.file, mark: undefined } }), ['data-changed']],
    ['the data changed', () => faults({ dataSha256: 'x' }), ['data-changed']],
    ['the terms changed', () => faults({}, inForce({ end: plainDateOf('2030-01-01') })), ['terms-differ']],
    ['the chain broken', () => faults({}, inForce(), paper({ previous: 'z' })), ['previous-differs']],
    ['no sealed event', () => faults({ events: [] }), ['document-event-differs']],
    ['a signature gone', () => faults({}, inForce(), paper(), signatures.slice(1)), ['signatures-missing']],
  ])('with %s changed says so', (_what, found, expected) => {
    expect(found()).toEqual(expected)
  })

  test('an amendment on paper without a document of its own leaves nothing to hold the terms against', () => {
    const record = inForce({ signatures: {}, end: plainDateOf('2030-01-01') })
    const agreed = { id: id(300), state: 'agreed' as const }
    const of = paper()
    const found = verification.faultsOf(
      { contract: record, document: of, documents: [of], amendments: [agreed as never], signatures: [] },
      good,
    )
    expect(found).toEqual([])
    expect(organization).toBe(record.organization)
  })
})
