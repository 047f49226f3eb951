// What Linux knows about processes: alive, dead or a zombie, and which servers sit in a data directory.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** State letter of a process from /proc, or undefined when there is none. */
function stateOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name stands in parentheses and may hold any character, so count from the last one.
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  } catch {
    return undefined
  }
}

/** True while a process runs. A zombie is dead: kill(pid, 0) says otherwise until its parent reaps it. */
export function isRunning(pid: number): boolean {
  const state = stateOf(pid)
  return state !== undefined && state !== 'Z' && state !== 'X'
}

/** Waits until a process is gone; false when it still runs after `milliseconds`. */
export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (isRunning(pid)) {
    if (performance.now() > deadline) return false
    await sleep(25)
  }
  return true
}

/**
 * True when this process is a PostgreSQL server working in `directory`. Compared by inode, for a path can be reached
 * through links and bind mounts, and a copied data directory carries the pid of the original.
 */
export function isServerIn(pid: number, directory: string): boolean {
  if (!isRunning(pid)) return false
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return false
  } catch {
    return false
  }
  try {
    const here = statSync(directory)
    const there = statSync(`/proc/${pid}/cwd`)
    return here.dev === there.dev && here.ino === there.ino
  } catch {
    // A server of another user hides its folder. A wrong "yes" only refuses a start, a wrong "no" could damage data.
    return isRunning(pid)
  }
}

/** Pids of every PostgreSQL process, children included, that still works in `directory`. */
export function serversIn(directory: string): number[] {
  const here = statSync(directory)
  const found: number[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || !isRunning(pid)) continue
    try {
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') continue
      const there = statSync(`/proc/${pid}/cwd`)
      if (here.dev === there.dev && here.ino === there.ino) found.push(pid)
    } catch {
      // Ended while we looked, or of another user and so not one we could have started.
    }
  }
  return found
}
