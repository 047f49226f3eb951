// What people rely on when they write without a network: nothing is lost, nothing is sent twice, nobody else reads it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Problem, ProblemError } from '../problem.ts'
import { makeMemoryStore } from './memory-store.ts'
import { backOff, type Handler, isEditable, makeQueue, type Queue, type QueueStore, settled } from './queue.ts'

type Try = { readonly key: string; readonly payload: unknown; readonly baseVersion: number | undefined }

/** A device with a clock that is set by hand, and a server that answers what it is told. */
function makeDevice(store: QueueStore = makeMemoryStore()) {
  let clock = Date.UTC(2026, 10, 23)
  let ids = 0
  let online = true
  const tries: Try[] = []
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>()
  let answer: (attempt: Try) => Promise<{ id: string; number?: string }> = async () => ({
    id: 'n1',
    number: '需2026-0001',
  })
  const handler: Handler = (payload, { key, baseVersion }) => {
    const attempt = { key, payload, baseVersion }
    tries.push(attempt)
    return answer(attempt)
  }
  const open = () =>
    makeQueue({
      store,
      now: () => clock,
      newId: () => `id-${++ids}`,
      isOnline: () => online,
      later(milliseconds, callback) {
        const timer = { at: clock + milliseconds, callback }
        timers.add(timer)
        return () => timers.delete(timer)
      },
      alone: (work) => work(),
      handlers: { need: handler },
    })
  return {
    tries,
    open,
    network: (on: boolean) => {
      online = on
    },
    answers: (how: typeof answer) => {
      answer = how
    },
    /** Time passes; what was planned for it happens. */
    async pass(milliseconds: number, queue: Queue) {
      clock += milliseconds
      for (const timer of [...timers]) {
        if (timer.at > clock) continue
        timers.delete(timer)
        timer.callback()
      }
      await calm(queue)
    },
  }
}

/** Until the queue has nothing more to do by itself. */
const calm = (queue: Queue) => queue.run()
const fails = (problem: Partial<Problem> & { status: number }) => async () => {
  throw new ProblemError({ code: 'x', title: '', ...problem })
}
const states = (queue: Queue) => queue.items().map((item) => item.state)

describe('writing without a network', () => {
  it('what was sent offline waits, survives a closed browser, and goes out once when the network is back', async () => {
    const device = makeDevice()
    device.network(false)
    const before = device.open()
    await before.start()
    await before.enqueue('need', { text: '路灯不亮' }, { label: '路灯不亮' })
    expect(states(before)).toEqual(['waiting'])
    const after = device.open()
    await after.start()
    expect(device.tries).toEqual([])
    device.network(true)
    await after.wake()
    expect(after.items()).toMatchObject([
      { state: 'sent', answer: { id: 'n1', number: '需2026-0001' }, label: '路灯不亮' },
    ])
    expect(after.items()[0]).not.toHaveProperty('payload')
    await after.wake()
    expect(device.tries.length).toBe(1)
  })

  it('a draft is kept but never sent by itself', async () => {
    const device = makeDevice()
    const queue = device.open()
    await queue.start()
    const draft = await queue.keep('need', { text: '一' })
    await queue.keep('need', { text: '一二' }, { id: draft.id })
    await queue.wake()
    expect(device.tries).toEqual([])
    const after = device.open()
    await after.start()
    expect(after.items().map((item) => item.payload)).toEqual([{ text: '一二' }])
  })

  it('an answer that got lost is asked for again with the same key, later and later', async () => {
    const device = makeDevice()
    device.answers(fails({ status: 0, code: 'no-network' }))
    const queue = device.open()
    await queue.start()
    await queue.enqueue('need', {})
    await calm(queue)
    expect(states(queue)).toEqual(['waiting'])
    await device.pass(backOff(1) - 1, queue)
    expect(device.tries.length).toBe(1)
    await device.pass(1, queue)
    expect(device.tries.length).toBe(2)
    device.answers(async () => ({ id: 'n1' }))
    await device.pass(backOff(2), queue)
    expect(states(queue)).toEqual(['sent'])
    expect(new Set(device.tries.map(({ key }) => key)).size).toBe(1)
    expect(device.tries.length).toBe(3)
  })

  it('a browser that closed while it was sending asks again with the same key', async () => {
    const store = makeMemoryStore()
    const device = makeDevice(store)
    device.answers(() => new Promise(() => undefined))
    const before = device.open()
    await before.start()
    await before.enqueue('need', {})
    await Promise.resolve()
    device.answers(async () => ({ id: 'n1' }))
    const after = device.open()
    await after.start()
    await calm(after)
    expect(states(after)).toEqual(['sent'])
    expect(new Set(device.tries.map(({ key }) => key)).size).toBe(1)
  })

  it('an attempt whose outcome is unknown for six days is not repeated: the server has forgotten its key', async () => {
    const device = makeDevice()
    device.answers(fails({ status: 503 }))
    const queue = device.open()
    await queue.start()
    await queue.enqueue('need', {})
    await calm(queue)
    device.network(false)
    await device.pass(7 * 24 * 3_600_000, queue)
    device.network(true)
    await queue.wake()
    expect(queue.items()).toMatchObject([{ state: 'refused', problem: { code: 'outcome-unknown' } }])
    expect(device.tries.length).toBe(1)
  })
})

describe('what the server says', () => {
  it('a refusal stays with its faulty fields; mended it goes out under a new key', async () => {
    const device = makeDevice()
    const fields = [{ path: 'body.text', message: '太短' }]
    device.answers(fails({ status: 422, code: 'invalid-input', fields }))
    const queue = device.open()
    await queue.start()
    const { id } = await queue.enqueue('need', { text: '路' })
    await calm(queue)
    expect(queue.items()).toMatchObject([{ state: 'refused', problem: { fields } }])
    await queue.wake()
    expect(device.tries.length).toBe(1)
    device.answers(async () => ({ id: 'n1' }))
    await queue.enqueue('need', { text: '路灯不亮' }, { id })
    await calm(queue)
    expect(states(queue)).toEqual(['sent'])
    expect(new Set(device.tries.map(({ key }) => key)).size).toBe(2)
  })

  it('who has to sign in first waits, and signing in sends it', async () => {
    const device = makeDevice()
    device.answers(fails({ status: 401, code: 'unauthenticated' }))
    const queue = device.open()
    await queue.start()
    await queue.enqueue('need', {})
    await calm(queue)
    await device.pass(3_600_000, queue)
    expect(device.tries.length).toBe(1)
    device.answers(async () => ({ id: 'n1' }))
    await queue.claim('person-1')
    await queue.wake()
    expect(states(queue)).toEqual(['sent'])
  })

  it('several items go out one after the other, and one that is refused does not hold up the next', async () => {
    const device = makeDevice()
    device.answers(({ payload }) => (payload === 'bad' ? fails({ status: 422 })() : Promise.resolve({ id: 'n1' })))
    device.network(false)
    const queue = device.open()
    await queue.start()
    for (const payload of ['one', 'bad', 'three']) await queue.enqueue('need', payload)
    device.network(true)
    await queue.wake()
    expect(states(queue)).toEqual(['sent', 'refused', 'sent'])
    expect(device.tries.map(({ payload }) => payload)).toEqual(['one', 'bad', 'three'])
  })

  it('the version that a payload was written upon goes along', async () => {
    const device = makeDevice()
    const queue = device.open()
    await queue.start()
    await queue.enqueue('need', {}, { baseVersion: 3 })
    await calm(queue)
    expect(device.tries).toMatchObject([{ baseVersion: 3 }])
  })

  it('what is on its way, or may have arrived, is not changed any more', async () => {
    const device = makeDevice()
    device.answers(fails({ status: 0 }))
    const queue = device.open()
    await queue.start()
    const { id } = await queue.enqueue('need', 'first')
    await calm(queue)
    await queue.keep('need', 'second', { id })
    await queue.enqueue('need', 'second', { id })
    expect(queue.items()).toMatchObject([{ state: 'waiting', payload: 'first' }])
    expect(queue.items().map(isEditable)).toEqual([false])
  })
})

describe('whose it is', () => {
  it('another person who signs in on the device finds nothing, photos neither', async () => {
    const device = makeDevice()
    const queue = device.open()
    await queue.start()
    await queue.claim('person-1')
    const { id } = await queue.keep('need', { text: '私事' })
    await queue.putFile(id, 'photo', new Blob(['x']))
    await queue.claim('person-1')
    expect(queue.items().length).toBe(1)
    await queue.claim('person-2')
    expect(queue.items()).toEqual([])
    expect(await queue.getFile('photo')).toBeUndefined()
    const after = device.open()
    await after.start()
    expect(after.items()).toEqual([])
  })

  it('what somebody wrote before signing in becomes theirs, but is not kept for a stranger of the next day', async () => {
    const device = makeDevice()
    const queue = device.open()
    await queue.start()
    await queue.keep('need', { text: '路灯' })
    await queue.claim('person-1')
    expect(queue.items().length).toBe(1)
    await queue.wipe()
    await queue.keep('need', { text: '井盖' })
    await device.pass(25 * 3_600_000, queue)
    const nextDay = device.open()
    await nextDay.start()
    expect(nextDay.items()).toEqual([])
  })

  it('when a session ended, a stranger sees nothing of it; the writer finds it after signing in, the stranger keeps their own', async () => {
    const device = makeDevice()
    const queue = device.open()
    await queue.start()
    await queue.claim('person-1')
    await queue.keep('need', 'of one')
    queue.release()
    expect(queue.items()).toEqual([])
    await queue.keep('need', 'of a stranger')
    expect(queue.items().map((item) => item.payload)).toEqual(['of a stranger'])
    await queue.claim('person-2')
    expect(queue.items().map((item) => item.payload)).toEqual(['of a stranger'])
    const after = device.open()
    await after.start()
    expect(after.items().map((item) => item.payload)).toEqual(['of a stranger'])
  })

  it('without a network the device belongs to whoever was there last', async () => {
    const device = makeDevice()
    const before = device.open()
    await before.start()
    await before.claim('person-1')
    await before.keep('need', 'of one')
    device.network(false)
    const after = device.open()
    await after.start()
    await after.enqueue('need', 'second of one')
    expect(after.items().map((item) => item.by)).toEqual(['person-1', 'person-1'])
  })

  it('signing out while something is on its way leaves nothing behind', async () => {
    const device = makeDevice()
    let arrive: (answer: { id: string }) => void = () => undefined
    device.answers(() => new Promise((done) => (arrive = done)))
    const queue = device.open()
    await queue.start()
    await queue.enqueue('need', {})
    await queue.wipe()
    arrive({ id: 'n1' })
    await calm(queue)
    const after = device.open()
    await after.start()
    expect([...queue.items(), ...after.items()]).toEqual([])
  })
})

it('whatever happens on the way, one enqueueing uses one key, and never goes out again once it was accepted', async () => {
  const outcome = fc.constantFrom(0, 200, 401, 429, 500, 503)
  await fc.assert(
    fc.asyncProperty(fc.array(outcome, { maxLength: 12 }), async (outcomes) => {
      const device = makeDevice()
      const left = [...outcomes]
      let accepted = 0
      device.answers(async () => {
        const status = left.shift() ?? 200
        if (status !== 200) return fails({ status })()
        accepted += 1
        return { id: 'n1' }
      })
      const queue = device.open()
      await queue.start()
      await queue.enqueue('need', {})
      for (let round = 0; round <= outcomes.length; round += 1) await queue.wake()
      expect(accepted).toBe(1)
      expect(states(queue)).toEqual(['sent'])
      expect(new Set(device.tries.map(({ key }) => key)).size).toBe(1)
    }),
  )
})

it('a draft that was accepted leaves no words on the device', () => {
  const item = {
    id: 'a',
    kind: 'need',
    label: '',
    payload: { text: '私事' },
    state: 'sending',
    key: 'k',
    changedAt: 0,
    attempts: 0,
  } as const
  expect(JSON.stringify(settled(item, { id: 'n1' }, 1))).not.toContain('私事')
})
