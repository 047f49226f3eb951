// How many statements each act of a whole thread sends to the database: at most eight.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Teller } from '../../src/app/demo/story.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { hearActs, mostStatements } from '../support/statements.ts'
import { makeStory } from '../support/story.ts'

/** By act: the statements of each time it was done. */
const sent = new Map<string, (readonly string[])[]>()

let app: TestApp
beforeAll(async () => {
  app = await startApp()
  const hear = hearActs(app)
  const counted = (teller: Teller): Teller => {
    const act: Teller['act'] = async (who, endpoint, input) => {
      const { answer, statements } = await hear(() => teller.act(who, endpoint, input))
      if (endpoint.method !== 'GET') sent.set(endpoint.name, [...(sent.get(endpoint.name) ?? []), statements])
      return answer
    }
    return { ...teller, act }
  }
  await makeStory(app, 'verdict', {}, counted)
}, 180_000)
afterAll(() => app?.close())

test('the whole thread was told, from the sentence to the verdict, and each act was heard', () => {
  expect([...sent.keys()]).toEqual(
    expect.arrayContaining(['submitNeed', 'appointPanel', 'payMilestone', 'giveVerdict']),
  )
  expect(sent.size).toBeGreaterThan(40)
  expect([...sent].filter(([, times]) => times.some((statements) => statements.length === 0))).toEqual([])
})

test('no act takes more than eight statements', () => {
  const over = [...sent].flatMap(([name, times]) => {
    const worst = times.toSorted((one, other) => other.length - one.length)[0] ?? []
    const shown = worst.map((text) => text.trim().slice(0, 110)).join('\n')
    return worst.length > mostStatements ? [`${name} ${worst.length}\n${shown}`] : []
  })
  expect(over).toEqual([])
})
