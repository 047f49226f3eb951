// The database of a command: the one that DATABASE_URL names, else the embedded one, whether its server runs or is to be started for this.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DataInUse } from '../platform/embedded-postgres/errors.ts'
import { startEmbeddedPostgres } from '../platform/embedded-postgres/launcher.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Runs the work with the address for the program's role. A running server left its address in DATA_DIR; one that is not running is started and stopped again. */
export async function withDatabaseOf<T>(env: Environment, work: (url: string) => Promise<T>): Promise<T> {
  const given = env['DATABASE_URL']
  if (given !== undefined && given !== '') return work(given)
  const dataDir = resolve(import.meta.dirname, '../..', env['DATA_DIR'] ?? 'var')
  let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>
  try {
    server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: () => {} })
  } catch (error) {
    if (!(error instanceof DataInUse)) throw error
    return work(readFileSync(join(dataDir, 'database-url'), 'utf8').trim())
  }
  try {
    return await work(server.url(undefined, 'app'))
  } finally {
    await server.stop()
  }
}
