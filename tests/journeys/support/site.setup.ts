// One server with the demo for all journeys: built pages, a free port, a data folder that goes away afterwards.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { isRunning, isServerIn } from '../../../src/platform/embedded-postgres/processes.ts'
import { freePort, startServer } from '../../reliability/running-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the demo that the journeys walk through. */
    siteUrl: string
  }
}

const root = resolve(import.meta.dirname, '../../..')
const folderName = /^liandong-journeys-(\d+)-/

/** Starts the site before the first journey, stops it after the last. JOURNEYS_URL names a demo that runs already. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['JOURNEYS_URL']
  if (given) {
    project.provide('siteUrl', given.replace(/\/$/, ''))
    return async () => {}
  }
  clearLeftovers()
  const build = "import { ensureWeb } from './scripts/build-web.mjs'; await ensureWeb()"
  execFileSync(process.execPath, ['--input-type=module', '--eval', build], { cwd: root, stdio: 'inherit' })
  const dataDir = mkdtempSync(join(tmpdir(), `liandong-journeys-${process.pid}-`))
  // A walk through every page in a row asks more often than any person.
  process.env['REQUESTS_PER_MINUTE'] ??= '100000'
  const server = await startServer(dataDir, await freePort())
  project.provide('siteUrl', server.url)
  return async () => {
    server.process.removeAllListeners('exit')
    const gone = new Promise((done) => server.process.once('exit', done))
    server.process.kill('SIGTERM')
    await gone
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Ends and removes what runs left that were killed. */
function clearLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const runner = Number(folderName.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(runner) || isRunning(runner)) continue
    const folder = join(tmpdir(), name)
    const cluster = join(folder, 'postgres/cluster')
    const lock = join(cluster, 'postmaster.pid')
    try {
      const postmaster = existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0
      if (postmaster > 0 && isServerIn(postmaster, cluster)) process.kill(postmaster, 'SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another user's, or another run is clearing it at this moment.
    }
  }
}
