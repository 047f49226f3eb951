// How many statements each act of a whole thread sends to the database: at most eight, without BEGIN and COMMIT, the session and its idempotency row.
import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Teller } from '../../src/app/demo/story.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { makeStory } from '../support/story.ts'

const most = 8

/** What a request asks before its act, and writes around it. */
const around = /s\.token_hash = \$1|platform\.idempotency|platform\.allowance/

/** By act: the statements of each time it was done. */
const sent = new Map<string, string[][]>()
const calls = new AsyncLocalStorage<string[]>()

function counted(teller: Teller): Teller {
  const act: Teller['act'] = async (who, endpoint, input) => {
    const statements: string[] = []
    const answer = await calls.run(statements, () => teller.act(who, endpoint, input))
    if (endpoint.method !== 'GET') sent.set(endpoint.name, [...(sent.get(endpoint.name) ?? []), statements])
    return answer
  }
  return { ...teller, act }
}

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  const { platform } = app.parts
  platform.database.statements.listener = (text) => {
    if (!around.test(text)) calls.getStore()?.push(text)
  }
  // What is delivered after the commit is no part of the act that woke the delivery.
  const { wake } = platform
  Object.assign(platform, { wake: () => calls.exit(wake) })
  await makeStory(app, 'verdict', {}, counted)
}, 180_000)
afterAll(() => app?.close())

test('the whole thread was told, from the sentence to the verdict', () => {
  expect([...sent.keys()]).toEqual(
    expect.arrayContaining(['submitNeed', 'appointPanel', 'payMilestone', 'giveVerdict']),
  )
  expect(sent.size).toBeGreaterThan(40)
  // An act that sends nothing was not heard.
  expect([...sent].filter(([, times]) => times.some((statements) => statements.length === 0))).toEqual([])
})

test('no act takes more than eight statements', () => {
  const over = [...sent].flatMap(([name, times]) => {
    const worst = times.toSorted((one, other) => other.length - one.length)[0] ?? []
    return worst.length > most
      ? [`${name} ${worst.length}\n${worst.map((text) => text.trim().slice(0, 110)).join('\n')}`]
      : []
  })
  expect(over).toEqual([])
})
