// What docs/dependencies.md says of our packages, held against package.json and what is installed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Row = { readonly name: string; readonly licence: string; readonly reason: string }

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (\S+) \| ([^|]+) \| ([^|]+) \|$/gm)].flatMap(
    ([, name = '', licence = '', reason = '']) =>
      name === 'package' || name === '---' ? [] : [{ name, licence: licence.trim(), reason: reason.trim() }],
  )
}

/** Undefined for a package that this machine does not install (another processor's binaries). */
function licenceOf(root: string, name: string): string | undefined {
  try {
    const { license } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
    return typeof license === 'string' ? license : undefined
  } catch {
    return undefined
  }
}

/** Faults of a list of dependencies, one line each: unnamed packages, rows without a package, another licence than the installed one, copyleft. */
export function dependencyFaults(
  list: string,
  names: readonly string[],
  licence: (name: string) => string | undefined,
): string[] {
  const rows = rowsOf(list)
  const listed = rows.map((row) => row.name)
  return [
    ...names.filter((name) => !listed.includes(name)).map((name) => `docs/dependencies.md: ${name} has no reason`),
    ...listed
      .filter((name) => !names.includes(name))
      .map((name) => `docs/dependencies.md: ${name} is not in package.json`),
    ...listed
      .filter((name, at) => listed.indexOf(name) !== at)
      .map((name) => `docs/dependencies.md: ${name} stands twice`),
    ...rows.flatMap((row) => {
      const found = licence(row.name)
      if (found !== undefined && found !== row.licence) return [`docs/dependencies.md: ${row.name} is ${found}`]
      return /\bA?GPL/.test(row.licence) ? [`docs/dependencies.md: ${row.name} may not be used`] : []
    }),
  ]
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..')
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  const list = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
  const faults = dependencyFaults(list, names, (name) => licenceOf(root, name))
  for (const fault of faults) console.error(fault)
  process.exit(faults.length > 0 ? 1 : 0)
}
