// Signing in through the endpoints: lock-out, codes that work once, sessions and their limits.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import type { Id } from '../../kit/id.ts'
import { granted } from '../../kit/ruling.ts'
import { systemAct } from '../../platform/action.ts'
import * as session from './contract.ts'
import * as credentials from './contract/credentials.ts'
import * as residents from './contract/residents.ts'
import * as roles from './contract/roles.ts'
import { assign, createPerson, demoInbox, demoSecondFactorCode, hasFreshSecondFactor } from './public.ts'
import { newTotpSecret, totpCode, totpStep } from './sealed-rules.ts'

const contract = { ...session, ...credentials, ...residents, ...roles }

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

let numbers = 0
function newPhone(): string {
  numbers += 1
  return `138${String(20_000_000 + numbers)}`
}

function cookieOf(answer: Answer<unknown>): Person {
  const header = answer.headers['set-cookie']
  const text = Array.isArray(header) ? header.join(';') : String(header)
  return { id: (answer.body as { id: Id<'person'> }).id, role: 'resident', cookie: text.split(';')[0] ?? '' }
}

async function codeFor(phone: string): Promise<string> {
  await app.ok('nobody', contract.requestPhoneCode, { body: { phone } })
  return demoInbox(app.parts.platform, phone)[0]?.code ?? ''
}

async function resident(phone = newPhone()): Promise<Person> {
  const code = await codeFor(phone)
  return cookieOf(
    await app.call('nobody', contract.signInByPhone, {
      body: { phone, code, name: '王小明', division: places.community },
    }),
  )
}

const password = 'Tai-hu-2026-shi'
let accounts = 0
async function staff(): Promise<{ id: Id<'person'>; account: string; secret: string }> {
  accounts += 1
  const account = `tester${accounts}`
  const secret = newTotpSecret()
  const id = granted(
    await systemAct(app.parts.platform, 'test', (act) =>
      createPerson(act, {
        name: '陈静',
        officialName: '陈静',
        phone: newPhone(),
        account,
        password,
        totpSecret: secret,
      }),
    ),
  )
  granted(
    await systemAct(app.parts.platform, 'test', (act) =>
      assign(act, { person: id, role: 'community-worker', division: places.community }),
    ),
  )
  return { id, account, secret }
}
const codeNow = (secret: string, ahead = 0) => totpCode(secret, totpStep(Date.now()) + ahead)
const passwordOf = (account: string, word = password) =>
  app.call('nobody', contract.signInByPassword, { body: { account, password: word } })

describe('a resident signs in by phone', () => {
  it('and becomes a person with a name that others see masked, once per number', async () => {
    const phone = newPhone()
    const first = await resident(phone)
    const session = await app.ok(first, contract.getSession)
    expect(session).toMatchObject({
      person: { name: '王小明', maskedName: '王*明', maskedPhone: `138****${phone.slice(-4)}` },
      kind: 'resident',
      verified: false,
      residence: { division: places.community },
    })
    expect((await resident(phone)).id).toBe(first.id)
    expect(
      JSON.stringify((await app.parts.platform.database.pool.query('SELECT * FROM identity.person')).rows),
    ).not.toContain(phone)
  })

  it('with a code that works once: of parallel redemptions one wins', async () => {
    const phone = newPhone()
    const code = await codeFor(phone)
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => app.call('nobody', contract.signInByPhone, { body: { phone, code } })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422, 422, 422])
    expect(answers.find((answer) => answer.status === 422)?.problem.code).toBe('sign-in-failed')
  })

  it('and has five tries at a code, after which the right one is refused too', async () => {
    const phone = newPhone()
    const code = await codeFor(phone)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < 5; tries += 1)
      expect((await app.call('nobody', contract.signInByPhone, { body: { phone, code: wrong } })).status).toBe(422)
    expect((await app.call('nobody', contract.signInByPhone, { body: { phone, code } })).problem.code).toBe(
      'sign-in-failed',
    )
  })

  it('and gets five codes an hour, the same answer for known and unknown numbers', async () => {
    const phone = newPhone()
    const answers = []
    for (let asked = 0; asked < 6; asked += 1)
      answers.push(await app.call('nobody', contract.requestPhoneCode, { body: { phone } }))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(answers[5]?.problem).toMatchObject({ code: 'too-many-attempts' })
    expect(answers[5]?.headers['retry-after']).toBeDefined()
  })

  it('and cannot enter the roles of staff with it', async () => {
    const { id } = await staff()
    const { phone } = { phone: newPhone() }
    const self = await resident(phone)
    const assignment = granted(
      await systemAct(app.parts.platform, 'test', (act) =>
        assign(act, { person: self.id, role: 'grid-worker', division: places.community }),
      ),
    )
    expect((await app.call(self, contract.switchAssignment, { body: { assignment } })).problem.code).toBe(
      'staff-sign-in-needed',
    )
    expect((await app.ok(self, contract.getSession)).assignments).toEqual([])
    expect(id).not.toBe(self.id)
  })
})

describe('staff sign in by password and authenticator', () => {
  it('with a code that works once, into a session that names the role', async () => {
    const { account, secret } = await staff()
    const first = await passwordOf(account)
    expect(first.body).toMatchObject({ next: 'second-factor', totp: true, passkey: false })
    expect(first.headers['set-cookie']).toBeUndefined()
    const code = codeNow(secret)
    const answer = await app.call('nobody', contract.signInByTotp, { body: { ticket: first.body.ticket, code } })
    const session = await app.ok(cookieOf(answer), contract.getSession)
    expect(session).toMatchObject({ kind: 'staff', assignments: [{ role: 'community-worker', current: true }] })
    expect(session.permissions).toContain('identity.verify-resident')
    expect(
      (
        await app.call('nobody', contract.signInByTotp, {
          body: { ticket: first.body.ticket, code: codeNow(secret, 1) },
        })
      ).problem.code,
    ).toBe('ticket-expired')
    const second = await passwordOf(account)
    expect(
      (await app.call('nobody', contract.signInByTotp, { body: { ticket: second.body.ticket, code } })).problem.code,
    ).toBe('code-wrong')
  })

  it('and of twelve parallel attempts with a wrong password five are looked at', async () => {
    const { account } = await staff()
    const answers = await Promise.all(Array.from({ length: 12 }, () => passwordOf(account, 'wrong-password')))
    expect(answers.filter((answer) => answer.problem.code === 'sign-in-failed')).toHaveLength(5)
    expect(answers.filter((answer) => answer.problem.code === 'too-many-attempts')).toHaveLength(7)
    expect((await passwordOf(account)).status).toBe(429)
  })

  it('and an account that does not exist answers and locks alike', async () => {
    const { account } = await staff()
    const [known, unknown] = [await passwordOf(account, 'wrong'), await passwordOf('nobody-here', 'wrong')]
    expect({ ...unknown.problem, requestId: '' }).toEqual({ ...known.problem, requestId: '' })
    for (let tries = 0; tries < 4; tries += 1) await passwordOf('nobody-here', 'wrong')
    expect((await passwordOf('nobody-here', 'wrong')).status).toBe(429)
  })

  it('and five wrong codes stop the sixth, whichever ticket it comes with', async () => {
    const { account, secret } = await staff()
    const wrong =
      ['000000', '000001', '000002', '000003'].find((candidate) =>
        [-1, 0, 1].every((ahead) => codeNow(secret, ahead) !== candidate),
      ) ?? '999999'
    for (let tries = 0; tries < 5; tries += 1) {
      const { ticket } = (await passwordOf(account)).body
      expect((await app.call('nobody', contract.signInByTotp, { body: { ticket, code: wrong } })).problem.code).toBe(
        'code-wrong',
      )
    }
    const { ticket } = (await passwordOf(account)).body
    expect(
      (await app.call('nobody', contract.signInByTotp, { body: { ticket, code: codeNow(secret) } })).problem.code,
    ).toBe('too-many-attempts')
  })

  it('and set password and authenticator first with the code that was handed over', async () => {
    const security = await app.person('security-administrator', { division: places.county })
    const opened = await app.ok(security, contract.registerStaff, {
      body: { name: '李红', phone: newPhone(), account: 'lihong', division: places.county },
    })
    const first = (await passwordOf('lihong', opened.enrolmentCode.toLowerCase())).body
    expect(first.next).toBe('must-set')
    const weak = await app.call('nobody', contract.beginEnrolment, {
      body: { ticket: first.ticket, password: 'lihong' },
    })
    expect(weak.problem.code).toBe('password-weak')
    const { secret } = await app.ok('nobody', contract.beginEnrolment, { body: { ticket: first.ticket, password } })
    const signedIn = await app.call('nobody', contract.finishEnrolment, {
      body: { ticket: first.ticket, code: codeNow(secret) },
    })
    expect(await app.ok(cookieOf(signedIn), contract.getSecurity)).toMatchObject({ account: 'lihong', totp: true })
    expect((await passwordOf('lihong', opened.enrolmentCode)).problem.code).toBe('sign-in-failed')
    expect((await passwordOf('lihong')).body.next).toBe('second-factor')
  })
})

describe('a session', () => {
  it('gets a new token when the second factor is confirmed, and the old one is void', async () => {
    const { account, secret, id } = await staff()
    const { ticket } = (await passwordOf(account)).body
    const self = cookieOf(
      await app.call('nobody', contract.signInByTotp, { body: { ticket, code: codeNow(secret, -1) } }),
    )
    const answer = await app.call(self, contract.confirmSecondFactor, {
      body: { code: (await demoSecondFactorCode(app.parts.platform, id)) ?? '' },
    })
    expect(answer.status).toBe(200)
    expect((await app.ok(self, contract.getSession)).person).toBeNull()
    const renewed = cookieOf(answer)
    expect((await app.ok(renewed, contract.getSession)).person?.id).toBe(id)
    const actor = await app.parts.http.sessions.read(renewed.cookie.split('=')[1] ?? '')
    expect(actor && hasFreshSecondFactor(actor, app.parts.platform).ok).toBe(true)
  })

  it('ends when idle, over age, signed out or revoked from another device', async () => {
    const { pool } = app.parts.platform.database
    const signedIn = async (self: Person) => (await app.ok(self, contract.getSession)).person !== null
    const phone = newPhone()
    const [idle, old, out, other] = [
      await resident(phone),
      await resident(phone),
      await resident(phone),
      await resident(phone),
    ]
    const devices = (await app.ok(out, contract.listDevices)).rows
    expect(devices).toHaveLength(4)
    await app.ok(out, contract.revokeDevice, { params: { id: devices.find((device) => device.current)?.id ?? '' } })
    expect([await signedIn(out), await signedIn(idle)]).toEqual([false, true])
    await pool.query(`UPDATE identity.session SET seen_at = seen_at - interval '15 days' WHERE id = $1`, [
      devices[3]?.id,
    ])
    await pool.query(`UPDATE identity.session SET expires_at = created_at WHERE id = $1`, [devices[2]?.id])
    expect([await signedIn(idle), await signedIn(old), await signedIn(other)].filter(Boolean)).toHaveLength(1)
    const survivor = (await signedIn(other)) ? other : idle
    const left = await app.call(survivor, contract.signOut)
    expect(left.headers['set-cookie']).toMatch(/Max-Age=0/)
    expect(await signedIn(survivor)).toBe(false)
  })

  it('changes between roles, one at a time', async () => {
    const self = await app.person('community-worker')
    const head = granted(
      await systemAct(app.parts.platform, 'test', (act) =>
        assign(act, { person: self.id, role: 'community-head', division: places.otherCommunity }),
      ),
    )
    await app.ok(self, contract.switchAssignment, { body: { assignment: head } })
    expect(
      (await app.ok(self, contract.getSession)).assignments.filter((held) => held.current).map((held) => held.id),
    ).toEqual([head])
    await app.ok(self, contract.switchAssignment, { body: { assignment: null } })
    expect((await app.ok(self, contract.getSession)).permissions).not.toContain('identity.verify-resident')
    const foreign = granted(
      await systemAct(app.parts.platform, 'test', async (act) => {
        const stranger = granted(await createPerson(act, { name: '赵六' }))
        return assign(act, { person: stranger, role: 'grid-worker', division: places.community })
      }),
    )
    expect((await app.call(self, contract.switchAssignment, { body: { assignment: foreign } })).problem.code).toBe(
      'not-in-force',
    )
  })
})
