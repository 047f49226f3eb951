// One server with the demo for all journeys: built pages, a free port, a data folder that goes away afterwards.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopServer } from '../../reliability/running-server.ts'
import { startDemo } from '../../support/demo.ts'
import { setup as offerDemo } from '../../support/demo.setup.ts'
import { clearFolders } from '../../support/leftovers.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the demo that the journeys walk through. */
    siteUrl: string
  }
}

const root = resolve(import.meta.dirname, '../../..')

/** Starts the site before the first journey, stops it after the last. JOURNEYS_URL names a demo that runs already. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['JOURNEYS_URL']
  if (given) {
    project.provide('siteUrl', given.replace(/\/$/, ''))
    return async () => {}
  }
  clearFolders('journeys')
  const build = "import { ensureWeb } from './scripts/build-web.mjs'; await ensureWeb()"
  execFileSync(process.execPath, ['--input-type=module', '--eval', build], { cwd: root, stdio: 'inherit' })
  const dataDir = mkdtempSync(join(tmpdir(), `liandong-journeys-${process.pid}-`))
  // A walk through every page in a row asks more often than any person.
  process.env['REQUESTS_PER_MINUTE'] ??= '100000'
  const release = await offerDemo(project)
  const server = await startDemo(dataDir, project.getProvidedContext().demoBroker)
  project.provide('siteUrl', server.url)
  return async () => {
    await stopServer(server)
    rmSync(dataDir, { recursive: true, force: true })
    await release()
  }
}
