// Money through the endpoints on a real database: two persons, nothing overdrawn, books that balance.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { openSession } from '../../foundation/identity/public.ts'
import { asDivision, joinId, jurisdictionOf, type RecordRef } from '../../kit/id.ts'
import { type Fen, fen } from '../../kit/money.ts'
import { granted, type Ruling } from '../../kit/ruling.ts'
import { type Act, systemAct } from '../../platform/action.ts'
import { rowOf, sqlState } from '../../platform/database.ts'
import * as contract from './contract.ts'
import { encumber, moneyOf, proposePayment, releaseEncumbrance } from './public.ts'

let app: TestApp
let finance: Person
let otherFinance: Person
let settler: Person
let otherSettler: Person
let records = 0

function ref(kind: string): RecordRef {
  records += 1
  return {
    kind,
    id: joinId(jurisdictionOf(places.county), `00000000-0000-7000-8000-${String(records).padStart(12, '0')}`),
  }
}

function asProgram<T>(work: (act: Act) => Promise<Ruling<T>>): Promise<Ruling<T>> {
  return systemAct(app.parts.platform, 'test.money', work)
}

/** Books into the county's pool and allots all of it to the township. */
async function fund(yuan: string, earmark = 'general', source: contract.Source = 'fiscal-transfer'): Promise<void> {
  const booked = await app.ok(finance, contract.bookSource, {
    body: { division: places.county, source, earmark, amount: yuan, document: '苏财社〔2026〕12号' },
  })
  await app.ok(otherFinance, contract.approveTransfer, { params: { id: booked.id } })
  const pool = (await app.ok(finance, contract.listAccounts, { query: { stage: 'pool', source } })).rows.find(
    (row) => row.earmark === earmark,
  )
  const allotted = await app.ok(finance, contract.allot, {
    body: { account: pool?.id ?? '', division: places.township, amount: yuan },
  })
  await app.ok(otherFinance, contract.approveTransfer, { params: { id: allotted.id } })
}

/** A contract with money set aside. */
async function contracted(
  amount: Fen,
  source: contract.Source = 'fiscal-transfer',
  categories?: string[],
): Promise<RecordRef> {
  const contractRef = ref('contract')
  granted(
    await asProgram((act) =>
      encumber(act, {
        division: places.community,
        source,
        project: ref('project'),
        contract: contractRef,
        amount,
        categories,
      }),
    ),
  )
  return contractRef
}

function propose(contractRef: RecordRef, milestone: string, amount: Fen, accepters: string[] = []) {
  return asProgram((act) =>
    proposePayment(act, {
      contract: contractRef,
      milestone,
      division: places.community,
      organization: joinId('320000', '00000000-0000-7000-8000-00000000aaaa'),
      amount,
      accepters,
    }),
  )
}

beforeAll(async () => {
  app = await startApp()
  finance = await app.person('county-finance', { division: places.county })
  otherFinance = await app.person('county-finance', { division: places.county })
  settler = await app.person('township-settler', { division: places.township })
  otherSettler = await app.person('township-settler', { division: places.township })
})
afterAll(async () => {
  await app.close()
})

describe('money that comes in', () => {
  test('counts only after another person approved it', async () => {
    const booked = await app.ok(finance, contract.bookSource, {
      body: { division: places.county, source: 'donation', amount: '1000.00', document: '捐赠协议第3号' },
    })
    expect(booked.number).toMatch(/^资2\d{3}-\d{4}$/)
    const own = await app.call(finance, contract.approveTransfer, { params: { id: booked.id } })
    expect([own.status, own.problem.code]).toEqual([403, 'duties-separated'])
    const view = await app.ok(finance, contract.getTransfer, { params: { id: booked.id } })
    expect(view.actions).toContainEqual(
      expect.objectContaining({ verb: 'approveTransfer', ok: false, code: 'duties-separated' }),
    )
    expect(view.to.balance).toBe('0.00')
    expect(await app.ok(otherFinance, contract.approveTransfer, { params: { id: booked.id } })).toMatchObject({
      state: 'posted',
      version: 2,
    })
    const after = await app.ok(finance, contract.getTransfer, { params: { id: booked.id } })
    expect([after.from.balance, after.to.balance, after.state]).toEqual(['-1000.00', '1000.00', 'posted'])
    expect(after.history.map((step) => step.state)).toEqual(['proposed', 'posted'])
    const again = await app.call(otherFinance, contract.approveTransfer, { params: { id: booked.id } })
    expect([again.status, again.problem.code]).toEqual([409, 'not-in-this-state'])
  })

  test('from the welfare lottery is refused without a purpose', async () => {
    const answer = await app.call(finance, contract.bookSource, {
      body: { division: places.county, source: 'welfare-lottery', amount: '10.00', document: '福彩1' },
    })
    expect([answer.status, answer.problem.code]).toEqual([409, 'earmark-needed'])
  })

  test('is booked by county finance only, and for its own county', async () => {
    const body = { division: places.county, source: 'donation' as const, amount: '1.00', document: '1' }
    expect((await app.call(settler, contract.bookSource, { body })).status).toBe(403)
    expect(
      (await app.call(finance, contract.bookSource, { body: { ...body, division: places.otherCounty } })).status,
    ).toBe(403)
    expect((await app.call('nobody', contract.bookSource, { body })).status).toBe(401)
  })

  test('can be refused with a reason, and then nothing moved', async () => {
    const booked = await app.ok(finance, contract.bookSource, {
      body: { division: places.county, source: 'direct-payment', amount: '5.00', document: '1' },
    })
    await app.ok(otherFinance, contract.refuseTransfer, { params: { id: booked.id }, body: { reason: '文号有误' } })
    expect(await app.ok(finance, contract.getTransfer, { params: { id: booked.id } })).toMatchObject({
      state: 'refused',
      reason: '文号有误',
      to: { balance: '0.00' },
    })
  })
})

describe('the way of a yuan', () => {
  test('source, pool, township, encumbered, paid, refunded; the waiting list and the statement follow', async () => {
    await fund('80000.00')
    const contractRef = await contracted(fen(6_000_000n))
    const transfer = granted(await propose(contractRef, 'm1', fen(2_000_000n)))
    const waiting = await rowOf<{ permission: string; division: string }>(
      app.parts.platform.database.reader,
      "SELECT permission, division FROM platform.waiting WHERE record_kind = 'transfer' AND record_id = $1",
      [transfer],
    )
    expect(waiting).toEqual({ permission: 'funds.approve', division: places.township })
    await app.ok(settler, contract.approveTransfer, { params: { id: transfer } })
    granted(
      await asProgram((act) =>
        releaseEncumbrance(act, { contract: contractRef, division: places.community, amount: fen(4_000_000n) }),
      ),
    )
    expect(await moneyOf(app.parts.platform.database.reader, [contractRef])).toEqual({
      encumbered: 6_000_000n,
      paid: 2_000_000n,
      refunded: 4_000_000n,
    })
    const [encumbered] = (await app.ok(settler, contract.listAccounts, { query: { stage: 'encumbered' } })).rows.filter(
      (row) => row.contract === contractRef.id,
    )
    const account = await app.ok(settler, contract.getAccount, { params: { id: encumbered?.id ?? '' } })
    expect([account.balance, account.statement.map((line) => line.change)]).toEqual([
      '0.00',
      ['-40000.00', '-20000.00', '60000.00'],
    ])
  })

  test('an encumbrance beyond the township’s money is refused with what is at hand', async () => {
    const ruling = await asProgram((act) =>
      encumber(act, {
        division: asDivision('320505002001'),
        source: 'fiscal-transfer',
        project: ref('project'),
        contract: ref('contract'),
        amount: fen(1n),
      }),
    )
    expect(ruling).toMatchObject({ ok: false, code: 'funds-short', params: { needed: '0.01', available: '0.00' } })
  })

  test('welfare-lottery money for elders pays no sports project', async () => {
    await fund('500.00', '01', 'welfare-lottery')
    await expect(contracted(fen(100n), 'welfare-lottery', ['1302'])).rejects.toThrow('funds-short')
    await expect(contracted(fen(100n), 'welfare-lottery', ['0102'])).resolves.toBeDefined()
  })

  test('a milestone is paid once, and not by who accepted it', async () => {
    await fund('300.00')
    const contractRef = await contracted(fen(20_000n))
    const transfer = granted(await propose(contractRef, 'm1', fen(10_000n), [settler.id]))
    expect(await propose(contractRef, 'm1', fen(10_000n))).toMatchObject({ ok: false, code: 'payment-exists' })
    expect((await app.call(settler, contract.approveTransfer, { params: { id: transfer } })).problem.code).toBe(
      'duties-separated',
    )
    await app.ok(otherSettler, contract.approveTransfer, { params: { id: transfer } })
    expect(await propose(contractRef, 'm2', fen(10_001n))).toMatchObject({ ok: false, code: 'funds-short' })
  })
})

test('a payment is taken back once, by two persons, and the milestone can be paid anew', async () => {
  await fund('100.00')
  const contractRef = await contracted(fen(10_000n))
  const transfer = granted(await propose(contractRef, 'm1', fen(10_000n)))
  await app.ok(settler, contract.approveTransfer, { params: { id: transfer } })
  const reversal = await app.ok(settler, contract.reverseTransfer, {
    params: { id: transfer },
    body: { reason: '收款账号有误' },
  })
  expect(
    (await app.call(otherSettler, contract.reverseTransfer, { params: { id: transfer }, body: { reason: '再冲一次' } }))
      .problem.code,
  ).toBe('already-reversed')
  expect((await app.call(settler, contract.approveTransfer, { params: { id: reversal.id } })).problem.code).toBe(
    'duties-separated',
  )
  await app.ok(otherSettler, contract.approveTransfer, { params: { id: reversal.id } })
  expect((await app.ok(settler, contract.getTransfer, { params: { id: transfer } })).state).toBe('reversed')
  expect(await moneyOf(app.parts.platform.database.reader, [contractRef])).toMatchObject({
    encumbered: 10_000n,
    paid: 0n,
  })
  granted(await propose(contractRef, 'm1', fen(10_000n)))
})

test('who has not confirmed a second factor lately moves no money', async () => {
  const booked = await app.ok(finance, contract.bookSource, {
    body: { division: places.county, source: 'donation', amount: '1.00', document: '1' },
  })
  const { platform } = app.parts
  const token = granted(
    await systemAct(platform, 'test.session', (act) =>
      openSession(act, otherFinance.id, { device: 'test', secondFactor: false }),
    ),
  )
  const answer = await app.call({ ...otherFinance, cookie: `liandong_session=${token}` }, contract.approveTransfer, {
    params: { id: booked.id },
  })
  expect([answer.status, answer.problem.code]).toEqual([403, 'second-factor-needed'])
})

test('a settler of another township sees neither account nor transfer', async () => {
  const stranger = await app.person('township-settler', { division: places.otherTownship })
  const [transfer] = (await app.ok(settler, contract.listTransfers, { query: {} })).rows
  expect((await app.call(stranger, contract.getTransfer, { params: { id: transfer?.id ?? '' } })).status).toBe(403)
  expect((await app.ok(stranger, contract.listTransfers, { query: {} })).rows).toEqual([])
  expect((await app.ok(stranger, contract.listAccounts, { query: {} })).rows).toEqual([])
})

test('lists give every row once over their pages', async () => {
  const all = (await app.ok(finance, contract.listAccounts, { query: { size: 100 } })).rows.map((row) => row.id)
  const paged: string[] = []
  let cursor: string | undefined
  do {
    const page = await app.ok(finance, contract.listAccounts, { query: { size: 3, cursor } })
    paged.push(...page.rows.map((row) => row.id))
    cursor = page.next
  } while (cursor !== undefined)
  expect(paged).toEqual(all)
  const first = await app.ok(finance, contract.listTransfers, { query: { size: 2 } })
  const second = await app.ok(finance, contract.listTransfers, { query: { size: 2, cursor: first.next } })
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(4)
})

test('payments that race for the same money never overdraw it, and an approval counts once', async () => {
  await fund('1000.00')
  const contractRef = await contracted(fen(100_000n))
  const proposals = await Promise.all(
    Array.from({ length: 8 }, (_, n) => propose(contractRef, `race-${n}`, fen(30_000n))),
  )
  const ids = proposals.flatMap((ruling) => (ruling.ok ? [ruling.value] : []))
  const answers = await Promise.all(
    ids.flatMap((id) =>
      [settler, otherSettler].map((who) => app.call(who, contract.approveTransfer, { params: { id } })),
    ),
  )
  const paid = answers.filter((answer) => answer.status === 200).length
  expect(answers.every((answer) => answer.status === 200 || answer.status === 409)).toBe(true)
  expect(paid).toBeLessThanOrEqual(3)
  expect(paid).toBe(Math.min(3, ids.length))
  expect(await moneyOf(app.parts.platform.database.reader, [contractRef])).toMatchObject({
    paid: BigInt(paid) * 30_000n,
  })
})

test('the program cannot change or delete what was posted', async () => {
  for (const statement of [
    'UPDATE funds.transfer SET amount = 1',
    'DELETE FROM funds.transfer',
    'DELETE FROM funds.proposal',
    'UPDATE funds.account SET may_go_negative = true',
  ]) {
    const refused = await rowOf(app.parts.platform.database.reader, statement).then(() => 'done', sqlState)
    expect(refused).toBe('42501')
  }
})

test('approving takes at most eight statements', async () => {
  const booked = await app.ok(finance, contract.bookSource, {
    body: { division: places.county, source: 'donation', amount: '1.00', document: '1' },
  })
  await app.settle()
  const { statements } = app.parts.platform.database
  const sent: string[] = []
  statements.listener = (text) => sent.push(text)
  await app.ok(otherFinance, contract.approveTransfer, { params: { id: booked.id } })
  statements.listener = undefined
  // Delivery starts with the commit and is not the act's own; one more reads the session.
  const own = sent.filter((text) => !/FROM platform\.(outbox|event\s+WHERE)|indicators\./.test(text))
  expect(own.length).toBeLessThanOrEqual(9)
})

test('after all of this the books balance', async () => {
  expect(await app.ok(finance, contract.booksBalance)).toMatchObject({ balanced: true, total: '0.00', wrong: [] })
})
