// Makes the migrated database that every test copies, on the embedded server or on one that was given.
import { createHmac, randomUUID } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../src/platform/migrate.ts'

/** Connection strings to one server; `template` is the name of the migrated database. */
export interface TestServer {
  admin: string
  owner: string
  app: string
  template: string
}

const roles = { owner: 'liandong_owner', app: 'liandong_app' } as const

/** The same connection string, leading to another database. */
export function toDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** Runs `work` with a connection that is closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Makes the template on a server. `admin` must be a superuser or may create databases and roles. The role urls are known
 * on the embedded server; on another one the roles are made when absent.
 */
export async function prepareTemplate(known: { admin: string; owner?: string; app?: string }): Promise<TestServer> {
  const template = `liandong_template_${randomUUID().replaceAll('-', '')}`
  const owner = known.owner ?? (await roleUrl(known.admin, roles.owner))
  const app = known.app ?? (await roleUrl(known.admin, roles.app))
  await withClient(known.admin, async (client) => {
    await client.query(
      `CREATE DATABASE ${template} OWNER ${roles.owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' ` +
        "LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans'",
    )
  })
  await migrate(toDatabase(owner, template))
  await withClient(known.admin, async (client) => {
    // A connection to the template would make every copy fail, so none is possible any more.
    await client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`)
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [template])
  })
  return { admin: known.admin, owner, app, template }
}

/** Leaves a given server as it was, the two roles apart. */
export async function dropTemplate(server: TestServer): Promise<void> {
  await withClient(server.admin, (client) => client.query(`DROP DATABASE IF EXISTS ${server.template}`))
}

/**
 * A connection string that acts as `role`. A role we make gets a password derived from the administrator's connection
 * string, so the next run knows it; a role with a password of its own is entered through the administrator.
 */
async function roleUrl(admin: string, role: string): Promise<string> {
  const password = createHmac('sha256', admin).update(role).digest('hex')
  await withClient(admin, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
    if (found.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`)
    // To own a database for it, one that is not a superuser must belong to the role.
    await client.query(`GRANT ${role} TO CURRENT_USER`)
  })
  const direct = new URL(admin)
  direct.username = role
  direct.password = password
  try {
    await withClient(direct.href, (client) => client.query('SELECT 1'))
    return direct.href
  } catch {
    const through = new URL(admin)
    // The time zone is repeated because options of the connection string replace those of the pool.
    through.searchParams.set('options', `-c role=${role} -c timezone=UTC`)
    return through.href
  }
}
