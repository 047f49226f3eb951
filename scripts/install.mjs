// What start and test share: the root, the Node 24 that npm brings, installation when the lock file changed, one at a time.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// This file runs before anything is installed, on Node 20 too: plain JavaScript, nothing but Node's own modules.

/** Root of the clone. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** Prints a message in both languages. */
export function say(chinese, english) {
  console.error(`[联动] ${chinese}\n       ${english}`)
}

/** A failure the person at the terminal can do something about; printed without a stack. */
export class Explained extends Error {
  constructor(chinese, english) {
    super(english)
    this.chinese = chinese
  }
}

/** Runs `work` and ends the process with its result as exit code; an Explained failure is told in both languages. */
export async function runAsProgram(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    if (error instanceof Explained) say(error.chinese, error.message)
    else console.error(error)
    process.exitCode = 1
  }
}

/**
 * Runs a program in the root and passes SIGTERM, SIGINT and SIGHUP on to it. Returns its exit code, 128 + n after signal n.
 * `timeout` in milliseconds ends it and everything it started.
 */
export function run(command, args, { env = process.env, stdio = 'inherit', timeout = 0, quietly = false } = {}) {
  return new Promise((resolve, reject) => {
    const own = timeout > 0
    const child = spawn(command, args, {
      cwd: root,
      stdio: quietly ? ['ignore', 'pipe', 'pipe'] : stdio,
      env,
      detached: own,
    })
    let said = ''
    child.stdout?.on('data', (bytes) => (said += bytes))
    child.stderr?.on('data', (bytes) => (said += bytes))
    const end = (signal) => {
      try {
        process.kill(own ? -child.pid : child.pid, signal)
      } catch {
        // It ended in this very moment.
      }
    }
    const passOn = (signal) => {
      // Ctrl-C in a terminal reaches the child by itself; twice would look like impatience.
      if (signal === 'SIGINT' && process.stdin.isTTY && !own) return
      end(signal)
    }
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const timer = own
      ? setTimeout(() => {
          say(`超过时限,停止:${basename(command)}`, `time limit reached, ending ${basename(command)}`)
          end('SIGTERM')
          setTimeout(() => end('SIGKILL'), 10_000).unref()
        }, timeout)
      : undefined
    const settle = () => {
      clearTimeout(timer)
      for (const signal of signals) process.removeListener(signal, passOn)
    }
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      const result = code ?? 128 + (constants.signals[signal] ?? 0)
      if (quietly && result !== 0) process.stderr.write(said)
      resolve(result)
    })
  })
}

/** The Node 24 to run TypeScript with: the one npm installed, else the one we run on when it is new enough. */
export function findNode() {
  const brought = join(root, 'node_modules', '.bin', 'node')
  const found = existsSync(brought) ? spawnSync(brought, ['--version'], { encoding: 'utf8' }) : undefined
  if (found?.status === 0 && Number(found.stdout.slice(1).split('.')[0]) >= 24) return brought
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Explained(
    `没有适用于 ${process.platform}-${process.arch} 的 Node 24(当前为 ${process.version})。请安装 Node 24 或更高版本后重试。`,
    `No Node 24 from npm for ${process.platform}-${process.arch} (running ${process.version}). Install Node 24 or later and try again.`,
  )
}

const modules = join(root, 'node_modules')
const stampFile = join(modules, '.liandong-stamp')

/** Installs the dependencies when they are missing or belong to another lock file. Safe against a second start. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await withLock(async () => {
    if (isInstalled()) return
    say('正在安装依赖,约需一两分钟……', 'Installing dependencies, a minute or two …')
    const npm = process.env.npm_execpath ?? ''
    const [command, first] = basename(npm).startsWith('npm-cli') ? [process.execPath, [npm]] : ['npm', []]
    const omitted = (process.env.npm_config_omit ?? '').split(/[\s,]+/).includes('dev')
    // Development packages build the pages; a production environment variable must not leave them out unasked.
    const args = [
      ...first,
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      ...(omitted ? [] : ['--include=dev']),
    ]
    let code
    try {
      code = await run(command, args)
    } catch {
      throw new Explained(
        '找不到 npm。请安装 Node 20 或更高版本(自带 npm)。',
        'npm was not found. Install Node 20 or later, which brings it.',
      )
    }
    if (code !== 0) {
      throw new Explained(
        `安装依赖失败(npm 退出码 ${code})。请检查网络能否访问 npm 源(npm config get registry)以及磁盘空间,然后重试。`,
        `Installing dependencies failed (npm exit code ${code}). Check that the npm registry can be reached and that there is disk space, then try again.`,
      )
    }
    writeFileSync(stampFile, stamp())
  })
}

function stamp() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function isInstalled() {
  const expected = stamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === expected) return true
  if (!isInstalledByHand()) return false
  // Somebody ran `npm ci` or `npm install`: the right packages are there, so nothing need be done again.
  try {
    writeFileSync(stampFile, expected)
  } catch {
    // Installed by another user: the comparison costs little, the next start repeats it.
  }
  return true
}

/** Compares npm's own record of what it installed with the lock file. Packages of other platforms may be absent. */
function isInstalledByHand() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const same = ([path, { version }]) => present[path] !== undefined && present[path].version === version
  return Object.entries(wanted).every((entry) => {
    const [path, { optional, devOptional }] = entry
    if (path === '') return true
    return same(entry) || ((optional || devOptional) && present[path] === undefined)
  })
}

const lockFile = join(root, 'var', 'bootstrap.lock')

/** Runs `work` while no other start or test of this clone installs or builds. A lock whose holder died is taken over. */
export async function withLock(work) {
  mkdirSync(join(root, 'var'), { recursive: true })
  let told = false
  while (!takeLock()) {
    if (clearStale()) continue
    if (!told) say('另一个启动正在安装或构建,等待中……', 'Another start is installing or building, waiting …')
    told = true
    await new Promise((done) => setTimeout(done, 500))
  }
  const release = () => rmSync(lockFile, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

function takeLock() {
  const mine = `${lockFile}.${process.pid}`
  writeFileSync(mine, `${process.pid} ${startOf(process.pid)}\n`)
  try {
    // A link appears whole or not at all, so no one ever reads a lock without a holder.
    linkSync(mine, lockFile)
    return true
  } catch {
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Removes the lock of a dead holder and says whether it did. Only one waiter at a time may, or it could remove the lock of the next holder. */
function clearStale() {
  const broom = `${lockFile}.broom`
  try {
    mkdirSync(broom)
  } catch {
    try {
      if (Date.now() - statSync(broom).mtimeMs > 10_000) rmSync(broom, { recursive: true, force: true })
    } catch {
      // Its owner has just finished.
    }
    return false
  }
  try {
    const [pid, start] = readFileSync(lockFile, 'utf8').trim().split(' ')
    if (startOf(Number(pid)) === start) return false
    rmSync(lockFile, { force: true })
    return true
  } catch {
    // Released meanwhile.
    return true
  } finally {
    rmSync(broom, { recursive: true, force: true })
  }
}

/** Start time of a process, which tells it from a later one with the same number; '' when there is none or it is a zombie. */
function startOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : fields[19]
  } catch {
    // Without /proc (not Linux) the number must do.
    try {
      if (!existsSync('/proc/self/stat')) process.kill(pid, 0)
      return existsSync('/proc/self/stat') ? '' : 'alive'
    } catch {
      return ''
    }
  }
}
