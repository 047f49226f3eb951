// Contracts signed by key, through the endpoints: document, keys, both signatures, and amendment. Who changes a byte: tampering.test.ts.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startApp, type TestApp } from '../../../tests/support/app.ts'
import { textOfPdf } from '../../../tests/support/pdf-text.ts'
import { makeHalf, makeSigner, signed, type Signer } from '../../../tests/support/signer.ts'
import { hearActs, mostStatements } from '../../../tests/support/statements.ts'
import { makeStory, type TestStory } from '../../../tests/support/story.ts'
import { withClient } from '../../../tests/support/template.ts'
import { openSession } from '../../foundation/identity/public.ts'
import { setParameter } from '../../foundation/policy/contract.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as delivery from '../delivery/contract.ts'
import * as changes from './contract/changes.ts'
import * as documents from './contract/documents.ts'
import * as contract from './contract.ts'
import { keyMessage } from './rules/signing.ts'

let app: TestApp
let story: TestStory
let id = ''
let number = ''
let undertaker: Person
let procurer: Person
let undertakers: Signer
let procurers: Signer

const who = (key: string): Person => {
  const person = story.people.get(key)
  if (person === undefined) throw new Error(`nobody plays ${key}`)
  return person
}
const params = () => ({ id })
const view = (person: Person | 'nobody' = procurer) => app.ok(person, contract.getContract, { params: params() })
const list = async (person: Person | 'nobody' = procurer) =>
  (await app.ok(person, documents.listContractDocuments, { params: params() })).documents
const latest = async (person: Person | 'nobody' = procurer) => {
  const found = (await list(person)).at(-1)
  if (found === undefined) throw new Error('no document')
  return found
}
const fileOf = (file: string | undefined, person?: Person) =>
  app.server.inject({
    method: 'GET',
    url: `/api/files/${file}`,
    headers: person === undefined ? {} : { cookie: person.cookie },
  })
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const check = (sha256: string, document?: string, person: Person | 'nobody' = 'nobody') =>
  app.ok(person, documents.verifyContractDocument, { query: { sha256, document } as never })
beforeAll(async () => {
  app = await startApp()
  story = await makeStory(app, 'signing')
  id = story.thread.contract ?? ''
  procurer = who('procurer')
  const { organization } = await view()
  undertaker = who(`administrator-${story.cast.bidders.findIndex((bidder) => bidder.organization === organization)}`)
  number = (await view()).number
}, 120_000)
afterAll(() => app?.close())

describe('the document', () => {
  test('is there for both parties when signing begins, as PDF and editable copy, and for nobody else', async () => {
    const [made] = await list()
    expect(made).toMatchObject({ kind: 'contract', position: 1, state: 'open', signatures: [] })
    const pdf = await fileOf(made?.file, undertaker)
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(hash(pdf.rawPayload)).toBe(made?.sha256)
    expect(createHash('sm3').update(pdf.rawPayload).digest('hex')).toBe(made?.sm3)
    const text = textOfPdf(pdf.rawPayload).join('\n').replaceAll('\n', '')
    const record = await view()
    for (const words of [
      record.number,
      record.title,
      record.organizationName ?? '',
      '横塘街道办事处',
      record.dataClause,
    ])
      expect(text).toContain(words)
    for (const each of record.milestones) expect(text).toContain(each.deliverable)
    expect((await fileOf(made?.copy, procurer)).headers['content-type']).toContain('wordprocessingml')
    for (const stranger of [undefined, who('resident')])
      expect((await fileOf(made?.file, stranger)).statusCode).toBe(404)
    expect((await app.call('nobody', documents.listContractDocuments, { params: params() })).status).toBe(404)
  })

  test('one party signed the paper: the other cannot sign by key, and says so', async () => {
    const signer = await makeSigner(app, procurer, 'ed25519')
    const answer = await app.call(procurer, documents.signContract, {
      params: params(),
      body: signed(signer, await latest(), number, 'purchaser'),
    })
    expect([answer.status, answer.problem.code]).toEqual([409, 'signed-on-paper'])
    await app.ok(procurer, documents.retireSigningKey, { params: { id: signer.key } })
    expect((await app.call(procurer, documents.retireSigningKey, { params: { id: signer.key } })).problem.code).toBe(
      'key-retired',
    )
    expect((await app.call(undertaker, documents.retireSigningKey, { params: { id: signer.key } })).status).toBe(404)
  })

  test('sent back and sent again, it is another document; the first has lapsed, and whoever holds it learns so', async () => {
    const first = await latest()
    await app.ok(undertaker, contract.reopenContract, { params: params(), body: { words: '改用电子签署' } })
    expect((await latest()).state).toBe('lapsed')
    const { division } = await view()
    const codeIs = (value: string) =>
      app.ok(who('civil-affairs'), setParameter, {
        params: { key: 'contracts.purchaser-uscc' },
        body: { division: division.slice(0, 9), value, reason: '登记街道的代码' },
      })
    await codeIs('12345')
    await app.settle()
    const refused = await app.call(procurer, contract.sendForSigning, { params: params() })
    expect(refused.problem.code).toBe('purchaser-uscc-wrong')
    await codeIs('11320505014149873M')
    await app.settle()
    await app.ok(procurer, contract.sendForSigning, { params: params() })
    await app.settle()
    const [old, now] = await list()
    expect([old?.state, now?.state, now?.position]).toEqual(['lapsed', 'open', 2])
    expect(now?.sha256).not.toBe(first.sha256)
    expect(await check(first.sha256)).toMatchObject({ result: 'known', sound: true, document: { state: 'lapsed' } })
  })
})

describe('keys', () => {
  test('a key is put on record by whoever holds its private half, with a fresh second factor, once', async () => {
    const half = makeHalf('sm2')
    const body = { kind: 'sm2' as const, publicKey: half.publicKey, label: '街道办电脑' }
    const stolen = half.sign(keyMessage(undertaker.id, half.publicKey))
    expect(
      (await app.call(procurer, documents.addSigningKey, { body: { ...body, proof: stolen } })).problem.fields?.[0]
        ?.code,
    ).toBe('key-proof-wrong')
    const proof = half.sign(keyMessage(procurer.id, half.publicKey))
    const token = granted(
      await systemAct(app.parts.platform, 'test.session', (act) => openSession(act, procurer.id, { device: 'test' })),
    )
    const stale = { ...procurer, cookie: `liandong_session=${token}` }
    expect((await app.call(stale, documents.addSigningKey, { body: { ...body, proof } })).problem.code).toBe(
      'second-factor-needed',
    )
    const { id: key } = await app.ok(procurer, documents.addSigningKey, { body: { ...body, proof } })
    procurers = { key, ...half }
    expect(
      (await app.call(procurer, documents.addSigningKey, { body: { ...body, proof } })).problem.fields?.[0]?.code,
    ).toBe('key-exists')
    const mine = await app.ok(procurer, documents.listSigningKeys)
    expect(mine.keys.map((each) => [each.kind, each.retiredAt === undefined])).toEqual([
      ['sm2', true],
      ['ed25519', false],
    ])
    expect((await app.ok(undertaker, documents.listSigningKeys)).keys).toEqual([])
    undertakers = await makeSigner(app, undertaker, 'ed25519')
  })

  test('who signs for nobody needs none, and nobody keeps more than ten', async () => {
    const resident = await app.person()
    const half = makeHalf('ed25519')
    const body = {
      kind: 'ed25519' as const,
      publicKey: half.publicKey,
      label: '手机',
      proof: half.sign(keyMessage(resident.id, half.publicKey)),
    }
    // A resident's session has no second factor to begin with.
    expect((await app.call(resident, documents.addSigningKey, { body })).status).toBe(403)
    const head = who('head')
    const theirs = { ...body, proof: half.sign(keyMessage(head.id, half.publicKey)) }
    expect((await app.call(head, documents.addSigningKey, { body: theirs })).problem.code).toBe('no-signer')
    const other = await app.person('township-procurer', { division: '320505001' })
    for (let count = 0; count < 10; count += 1) await makeSigner(app, other, 'ed25519')
    await expect(makeSigner(app, other, 'ed25519')).rejects.toThrow('too-many-keys')
  })
})

describe('signing', () => {
  const sign = (person: Person, body: ReturnType<typeof signed>) =>
    app.call(person, documents.signContract, { params: params(), body })

  test('only the document that was read, by the own key, for the own party', async () => {
    const document = await latest()
    const [old] = await list()
    const good = signed(undertakers, document, number, 'organization')
    const codes = async (person: Person, body: typeof good) => {
      const { problem } = await sign(person, body)
      return problem.fields?.map((field) => field.code) ?? [problem.code]
    }
    expect(await codes(undertaker, { ...good, sha256: 'f'.repeat(64) })).toEqual(['paper-differs'])
    expect(await codes(undertaker, signed(undertakers, document, number, 'purchaser'))).toEqual(['signature-wrong'])
    expect(await codes(undertaker, { ...good, signingKey: procurers.key })).toEqual(['key-unknown'])
    if (old !== undefined)
      expect(await codes(undertaker, signed(undertakers, old, number, 'organization'))).toEqual(['document-missing'])
    expect((await sign(who('resident'), good)).status).toBe(403)
    const spare = await makeSigner(app, undertaker, 'sm2')
    await app.ok(undertaker, documents.retireSigningKey, { params: { id: spare.key } })
    expect(await codes(undertaker, signed(spare, document, number, 'organization'))).toEqual(['key-retired'])
  })

  test('the first signature waits for the other party, which then cannot confirm a paper instead', async () => {
    const document = await latest()
    const good = signed(undertakers, document, number, 'organization')
    expect((await sign(undertaker, good)).body).toMatchObject({ state: 'signing' })
    expect((await sign(undertaker, good)).problem.code).toBe('already-signed')
    const paper = await app.call(procurer, contract.uploadSignedContract, {
      params: params(),
      body: { sha256: document.sha256 },
    })
    expect(paper.problem.code).toBe('signed-by-key')
    // Holding the file is the right to know it, also before the contract is public; who signed is for the parties.
    const known = await check(document.sha256)
    expect(known).toMatchObject({
      result: 'known',
      sound: true,
      document: {
        state: 'open',
        contract: { number, open: false },
        signatures: [{ party: 'organization', faults: [] }],
      },
    })
    expect(known.document?.signatures[0]?.by).toBeUndefined()
    expect(known.document?.file).toBeUndefined()
  })

  test('a second factor that is not fresh signs nothing', async () => {
    const token = granted(
      await systemAct(app.parts.platform, 'test.session', (act) => openSession(act, procurer.id, { device: 'test' })),
    )
    const stale = { ...procurer, cookie: `liandong_session=${token}` }
    expect((await sign(stale, signed(procurers, await latest(), number, 'purchaser'))).problem.code).toBe(
      'second-factor-needed',
    )
  })

  test('two who sign at once for one party: one signature, the other is told', async () => {
    const body = signed(procurers, await latest(), number, 'purchaser')
    const hear = hearActs(app)
    const heard = await Promise.all([hear(() => sign(procurer, body)), hear(() => sign(procurer, body))])
    expect(heard.map(({ answer }) => answer.status).sort()).toEqual([200, 409])
    for (const { statements } of heard)
      expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(mostStatements)
    expect(await view()).toMatchObject({ state: 'active', encumbered: (await view()).value })
  })

  test('everybody who has the file sees what it is and that both signatures hold, one of each kind', async () => {
    const made = await latest()
    const original = (await fileOf(made.file, procurer)).rawPayload
    const known = await check(hash(original))
    expect(known).toMatchObject({
      result: 'known',
      sound: true,
      document: {
        state: 'in-force',
        signedByKey: true,
        superseded: false,
        contract: { number, open: true },
        purchaser: { name: '苏州市虎丘区横塘街道办事处' },
        faults: [],
      },
    })
    expect(known.document?.signatures.map((each) => [each.party, each.kind, each.faults])).toEqual([
      ['purchaser', 'sm2', []],
      ['organization', 'ed25519', []],
    ])
    expect((await check(hash(original), undefined, procurer)).document?.signatures[0]?.by).toBeTruthy()
    expect((await list('nobody')).map((each) => [each.state, each.file])).toEqual([['in-force', undefined]])
  })
})

describe('an amendment of a contract that keys signed', () => {
  let amendment = ''
  const sign = async (person: Person, signer: Signer, party: 'purchaser' | 'organization') =>
    app.call(person, documents.signAmendment, {
      params: { id, amendment },
      body: signed(signer, await latest(), number, party),
    })
  const propose = async (body: object) => {
    await app.ok(undertaker, changes.proposeAmendment, { params: params(), body: body as never })
    await app.settle()
    amendment = (await view()).amendments.at(-1)?.id ?? ''
  }

  test('has a document that names the one before it, and needs both signatures, the proposer’s first', async () => {
    const before = await view()
    const first = await latest()
    await propose({ words: '增加两次活动', growth: '1000.00' })
    const made = await latest()
    expect(made).toMatchObject({ kind: 'amendment', state: 'open', amendment })
    const text = textOfPdf((await fileOf(made.file, procurer)).rawPayload)
      .join('\n')
      .replaceAll('\n', '')
    expect(text).toContain(first.sha256)
    expect(text).toContain('人民币壹仟元整')
    expect((await app.call(procurer, changes.agreeAmendment, { params: { id, amendment } })).problem.code).toBe(
      'signature-needed',
    )
    expect((await sign(procurer, procurers, 'purchaser')).problem.code).toBe('proposer-signs-first')
    expect((await sign(undertaker, undertakers, 'organization')).status).toBe(200)
    expect((await sign(undertaker, undertakers, 'organization')).problem.code).toBe('already-signed')
    expect((await view()).value).toBe(before.value)
    expect((await sign(procurer, procurers, 'purchaser')).status).toBe(200)
    const after = await view()
    expect(Number(after.value) - Number(before.value)).toBe(1000)
    expect(after.encumbered).toBe(after.value)
    expect((await sign(procurer, procurers, 'purchaser')).problem.code).toBe('amendment-decided')
    expect(await check(made.sha256)).toMatchObject({
      sound: true,
      document: { state: 'in-force', superseded: false, previous: first.sha256 },
    })
    expect(await check(first.sha256)).toMatchObject({ sound: true, document: { state: 'in-force', superseded: true } })
  })

  test('what happened meanwhile makes it outdated; then it is taken back', async () => {
    const record = await view()
    await app.ok(undertaker, delivery.startDelivery, {
      params: params(),
      body: { activities: [{ name: '分类讲解', kind: 'activity', planned: 10 }] },
    })
    const [milestone] = record.milestones
    await propose({ words: '首期推迟一天', dues: [{ milestone: milestone?.id, due: milestone?.due }], end: record.end })
    await withClient(app.database.adminUrl, (client) =>
      client.query(`UPDATE contracts.milestone SET due = due - 1 WHERE id = '${milestone?.id.slice(7)}'`),
    )
    await app.ok(undertaker, changes.declineAmendment, { params: { id, amendment } })
    await propose({ words: '延长一天', end: record.end })
    await withClient(app.database.adminUrl, (client) =>
      client.query(`UPDATE contracts.milestone SET due = due + 1 WHERE id = '${milestone?.id.slice(7)}'`),
    )
    expect((await sign(undertaker, undertakers, 'organization')).problem.code).toBe('document-outdated')
    await app.ok(undertaker, changes.declineAmendment, { params: { id, amendment } })
    expect((await latest()).state).toBe('lapsed')
  })
})
