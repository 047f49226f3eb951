// A fresh migrated database for a test: a copy of the run's template, made in some hundredths of a second.
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { inject } from 'vitest'
import { toDatabase, withClient } from './template.ts'
import type { TestServer } from './template.ts'

export interface FreshDatabase {
  /** Connection as liandong_owner: may do DDL. */
  ownerUrl: string
  /** Connection as liandong_app: what the program uses. */
  appUrl: string
  /** Connection as an administrator of the server: for tests that change what nobody in the program may. */
  adminUrl: string
  /** Drops the database, ending connections that are still open. */
  drop(): Promise<void>
}

/** Makes a database of its own for this test; drop it in afterAll. The first call of a run starts the server. */
export async function freshDatabase(): Promise<FreshDatabase> {
  server ??= askBroker()
  const { admin, owner, app, template } = await server
  // Ids of workers repeat within a run, a random name does not.
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await withClient(admin, async (client) => {
    await client.query(`CREATE DATABASE ${name} OWNER liandong_owner TEMPLATE ${template} STRATEGY file_copy`)
    // Rights on a database are not copied with it. By default everybody may make temporary tables.
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO liandong_app`)
  })
  return {
    ownerUrl: toDatabase(owner, name),
    appUrl: toDatabase(app, name),
    adminUrl: toDatabase(admin, name),
    async drop() {
      await withClient(admin, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    },
  }
}

let server: Promise<TestServer> | undefined

function askBroker(): Promise<TestServer> {
  return new Promise((done, fail) => {
    let said = ''
    const socket = connect(inject('databaseBroker'))
    socket.on('data', (bytes) => (said += bytes.toString()))
    socket.on('error', fail)
    socket.on('end', () => {
      const answer: unknown = JSON.parse(said)
      if (isTestServer(answer)) done(answer)
      else fail(new Error(`the test database did not start: ${said}`))
    })
  })
}

function isTestServer(value: unknown): value is TestServer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'admin' in value &&
    'owner' in value &&
    'app' in value &&
    'template' in value
  )
}
