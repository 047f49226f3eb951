// As whom the server runs: PostgreSQL refuses root, so a start as root needs an unprivileged user that can reach the files.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { chmodSync, chownSync, lchownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { copyBinaries, linkedBinaries } from './binaries.ts'
import { PlatformUnsupported } from './errors.ts'

/**
 * - plain: as the user we are (not root)
 * - nobody: as the user nobody, when it can reach programs and data
 * - namespace: as root stripped of all its powers in a user namespace, where it counts as nobody; reaches what root owns
 * - hidden: as nobody, though the path is closed to it. Programs come from a copy in a temporary folder; the data stays
 *   where it is and is reached through the working directory, which root opens before giving up its powers
 */
export interface Runner {
  kind: 'plain' | 'nobody' | 'namespace' | 'hidden'
  /** User and group that own the data files, in our own numbering. */
  uid: number
  gid: number
  /** Folder with bin/, lib/ and share/. */
  binaries: string
  /** A folder to delete when the server has stopped. */
  temporary?: string
}

/** Arguments for `unshare`: no power is left, and we count as a user that has a name, for initdb refuses one without. */
function namespaceArguments(): string[] {
  const { uid, gid } = findNobody()
  return ['--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
}

// Nothing of our environment reaches the server: no PG* settings that would bend it, no secrets in /proc/<pid>/environ.
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * Chooses how to run, by trying it. `dataDir` must exist. `avoid` leaves a way out (for tests and odd machines).
 * Throws PlatformUnsupported when no way works.
 */
export function chooseRunner(dataDir: string, avoid: readonly Runner['kind'][] = []): Runner {
  const binaries = linkedBinaries(dataDir)
  const uid = process.getuid?.() ?? 0
  const gid = process.getgid?.() ?? 0
  if (uid !== 0) {
    const plain: Runner = { kind: 'plain', uid, gid, binaries }
    const trouble = failureOf(plain, dataDir)
    if (trouble) throw new PlatformUnsupported(trouble)
    return plain
  }
  const nobody = findNobody()
  const candidates: Runner[] = [
    { kind: 'nobody', ...nobody, binaries },
    { kind: 'namespace', uid, gid, binaries },
  ]
  const failures: string[] = []
  for (const runner of candidates) {
    if (avoid.includes(runner.kind)) continue
    const trouble = failureOf(runner, dataDir)
    if (!trouble) return runner
    failures.push(`${runner.kind}: ${trouble}`)
  }
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    const temporary = temporaryFolder(parent, { uid, gid }, 0o755)
    if (temporary === undefined) continue
    const runner: Runner = { kind: 'hidden', ...nobody, binaries: join(temporary, 'native'), temporary }
    copyBinaries(binaries, runner.binaries)
    const trouble = failureOf(runner, dataDir)
    if (!trouble) return runner
    failures.push(`hidden in ${parent}: ${trouble}`)
    rmSync(temporary, { recursive: true, force: true })
  }
  throw new PlatformUnsupported(failures.join('; '))
}

/** A fresh private folder `liandong-…` in `parent`, or undefined when none can be made there. */
export function temporaryFolder(parent: string, owner: { uid: number; gid: number }, mode: number): string | undefined {
  try {
    const made = mkdtempSync(join(parent, 'liandong-'))
    chmodSync(made, mode)
    if (process.getuid?.() === 0) chownSync(made, owner.uid, owner.gid)
    return made
  } catch {
    return undefined
  }
}

/** How the server must be told where its data is. The working directory is always the data directory. */
export function dataArgument(runner: Runner, cluster: string): string {
  return runner.kind === 'hidden' ? '/proc/self/cwd' : cluster
}

/** Starts a program of the server (`postgres`, `initdb`) in `cwd`, in a process group of its own. */
export function launch(
  runner: Runner,
  program: 'postgres' | 'initdb',
  args: readonly string[],
  options: { cwd: string; stdio: StdioOptions },
): ChildProcess {
  // A container may run us under a number without a name. The server does not mind, initdb does.
  const nameless = program === 'initdb' && runner.kind === 'plain' && !hasName()
  const [command, list] = commandOf(
    nameless ? { ...runner, kind: 'namespace' } : runner,
    join(runner.binaries, 'bin', program),
    args,
  )
  return spawn(command, list, { ...options, ...identityOf(runner), env: environment, detached: true })
}

/** Gives everything in `folder` to the user the server runs as; the folder itself last, so that a broken run is repeated. */
export function giveTo(runner: Runner, folder: string): void {
  if (process.getuid?.() !== 0) return
  const now = statSync(folder)
  if (now.uid === runner.uid && now.gid === runner.gid) return
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), runner.uid, runner.gid)
  }
  chownSync(folder, runner.uid, runner.gid)
}

function commandOf(runner: Runner, program: string, args: readonly string[]): [string, string[]] {
  return runner.kind === 'namespace' ? ['unshare', [...namespaceArguments(), program, ...args]] : [program, [...args]]
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

function identityOf(runner: Runner): { uid?: number; gid?: number } {
  return runner.kind === 'nobody' || runner.kind === 'hidden' ? { uid: runner.uid, gid: runner.gid } : {}
}

/** Tries to enter the data folder, read the server's files and run it. Returns what went wrong, or an empty string. */
function failureOf(runner: Runner, dataDir: string): string {
  const enter = runner.kind === 'hidden' ? '' : 'cd -- "$2" && '
  const script = `${enter}cat "$1/share/postgresql/postgres.bki" >/dev/null && exec "$1/bin/postgres" --version`
  const [command, args] = commandOf(runner, '/bin/sh', ['-c', script, 'sh', runner.binaries, dataDir])
  const tried = spawnSync(command, args, { ...identityOf(runner), cwd: '/', env: environment, encoding: 'utf8' })
  if (tried.error) return tried.error.message
  return tried.status === 0
    ? ''
    : (tried.stderr.trim().split('\n').at(-1) ?? '') || `exit ${tried.status ?? tried.signal}`
}

function findNobody(): { uid: number; gid: number } {
  try {
    const fields = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('nobody:'))
      ?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  } catch {
    // A container may have no list of users; the number is the same nearly everywhere.
  }
  return { uid: 65534, gid: 65534 }
}
