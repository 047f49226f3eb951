// What test runs left that were killed: servers of their databases that still run, and their folders.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning, isServerIn } from '../../src/platform/embedded-postgres/processes.ts'

/** Where a database may lie in such a folder. */
const clusters = ['postgres/cluster', 'data/postgres/cluster']

/** Ends and removes folders liandong-<kind>-<process>-… whose process is gone. */
export function clearFolders(kind: 'test' | 'demo' | 'journeys'): void {
  const pattern = new RegExp(`^liandong-${kind}-(\\d+)-`)
  for (const name of readdirSync(tmpdir())) {
    const runner = Number(pattern.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(runner) || isRunning(runner)) continue
    const folder = join(tmpdir(), name)
    try {
      for (const cluster of clusters.map((path) => join(folder, path))) endServerIn(cluster)
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another user's, or another run is clearing it at this moment.
    }
  }
}

function endServerIn(cluster: string): void {
  const lock = join(cluster, 'postmaster.pid')
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0
  if (pid > 0 && isServerIn(pid, cluster)) process.kill(pid, 'SIGQUIT')
}
