// A platform for the tests of the platform's own parts: real database, clock and cipher; nothing of any domain.
import pino from 'pino'
import { freshDatabase } from '../../../tests/support/database.ts'
import { openClock } from '../clock.ts'
import { makeKeyText, parseKeys } from '../crypto/keys.ts'
import { openCipher } from '../crypto/field-cipher.ts'
import { openDatabase } from '../database.ts'
import type { Platform } from '../platform.ts'

const notHere = () => {
  throw new Error('not part of this test')
}

/** Opens it on a database of its own. `hears`: event name -> consumers. */
export async function openTestPlatform(hears: Readonly<Record<string, readonly string[]>> = {}) {
  const fresh = await freshDatabase()
  const database = openDatabase(fresh.appUrl)
  const wakes = { count: 0 }
  const lines: string[] = []
  const platform = {
    database,
    clock: await openClock(database),
    cipher: await openCipher(database, parseKeys(makeKeyText(), 'test')),
    policy: { number: notHere, text: notHere, data: notHere, valueAt: notHere, reload: async () => {} },
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    demo: false,
    hearers: new Map(Object.entries(hears)),
    separations: [],
    wake: () => {
      wakes.count += 1
    },
  } as Partial<Platform> as Platform
  return {
    platform,
    fresh,
    wakes,
    lines,
    async close() {
      await database.close()
      await fresh.drop()
    },
  }
}
