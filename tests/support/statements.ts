// Hears what an act sends to the database: without BEGIN and COMMIT, the session, its idempotency row, and what is delivered after the commit.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { TestApp } from './app.ts'

/** Statements that an act may take (design/quality.md). */
export const mostStatements = 8

/** What a request asks before its act, and writes around it. */
const around = /s\.token_hash = \$1|platform\.idempotency|platform\.allowance/

export type Hear = <T>(
  work: () => Promise<T>,
) => Promise<{ readonly answer: T; readonly statements: readonly string[] }>

/** Listens to an app from now on; the answer hears one piece of work at a time or several at once, each its own. */
export function hearActs(app: TestApp): Hear {
  const calls = new AsyncLocalStorage<string[]>()
  const { platform } = app.parts
  platform.database.statements.listener = (text) => {
    if (!around.test(text)) calls.getStore()?.push(text)
  }
  // What is delivered after the commit is no part of the act that woke the delivery.
  const { wake } = platform
  Object.assign(platform, { wake: () => calls.exit(wake) })
  return async (work) => {
    const statements: string[] = []
    const answer = await calls.run(statements, work)
    return { answer, statements: [...statements] }
  }
}
