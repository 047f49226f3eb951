// Words: the two catalogues of a domain or feature have the same keys, {{values}} and <elements/>, every declared code is worded, Chinese has no English.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { domains } from '../../src/app/domains.ts'

const root = join(import.meta.dirname, '../..')

type Tree = { readonly [key: string]: string | Tree }

function flat(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] => {
      const path = prefix === '' ? key : `${prefix}.${key}`
      return typeof value === 'string' ? [[path, value]] : [...flat(value, path)]
    }),
  )
}

const read = (path: string): Map<string, string> => flat(JSON.parse(readFileSync(path, 'utf8')))
/** What stands for a value or an element of the page: `{{count}}`, `<money/>`, `<b>`. */
const marks = /\{\{\w+\}\}|<\/?\w+\/?>/g
const values = (text: string): string => [...new Set(text.match(marks))].sort().join(',')
// Names of formats and standards that Chinese office prose itself writes in Latin letters.
const latin = /\b(PDF|Word|Excel|CSV|OCDS|JSON|SHA-256|SM3|GB\/T|HTTP|API|OpenID|Connect|URI|URL|PKCE|TOTP|IP)\b/g

// A language's own name, and codes that stand among texts.
const exempt = /^language\.|\.kind$/

const faults: string[] = []
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n')
const sources = files.filter((path) => /\/(words|texts)\.zh-CN\.json$/.test(path) && existsSync(join(root, path)))
for (const path of sources) {
  const english = path.replace('.zh-CN.json', '.en.json')
  if (!existsSync(join(root, english))) {
    faults.push(`${english} is missing`)
    continue
  }
  const zh = read(join(root, path))
  const en = read(join(root, english))
  for (const [key, text] of zh) {
    const other = en.get(key)
    if (other === undefined) faults.push(`${english}: ${key} is missing`)
    else if (values(text) !== values(other))
      faults.push(`${path}: ${key} has other {{values}} or <elements/> in English`)
    const bare = text.replaceAll(marks, '').replaceAll(latin, '')
    if (!exempt.test(key) && /[A-Za-z]{3,}/.test(bare)) faults.push(`${path}: ${key} has English words: ${text}`)
  }
  for (const key of en.keys()) if (!zh.has(key)) faults.push(`${path}: ${key} is missing`)
}
const platform = read(join(root, 'src/platform/words.zh-CN.json'))
for (const domain of domains) {
  const source = sources.find((path) => path.includes('/words.') && dirname(path).endsWith(`/${domain.name}`))
  if (source === undefined) {
    faults.push(`${domain.name} has no words`)
    continue
  }
  const words = read(join(root, source))
  for (const code of new Set(domain.routes.flatMap((binding) => binding.endpoint.refusals))) {
    if (!words.has(`refusals.${code}`) && !platform.has(`refusals.${code}`))
      faults.push(`${source}: refusals.${code} is missing`)
  }
}
for (const fault of faults) console.error(fault)
process.exit(faults.length > 0 ? 1 : 0)
