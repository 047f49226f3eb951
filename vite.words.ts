// Vite plugin: merges each domain's words and each feature's texts into one virtual module per language and namespace.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { Converter, CustomConverter } from 'opencc-js'
import type { Plugin } from 'vite'

type Words = { [key: string]: string | Words }

const languages = ['zh-CN', 'zh-Hant', 'en'] as const
const sources = [
  'src/*/*/words.zh-CN.json',
  'src/web/features/*/texts.zh-CN.json',
  'src/web/app/texts.zh-CN.json',
  'src/web/ui/desk/texts.zh-CN.json',
]
const entry = 'virtual:words'
const part = 'virtual:words/'
/** The namespace of every domain's state names: pages that show a tag of another domain need not load all its words. */
const statesOnly = 'states'

/** What the tabs of the resident site say: only their loaders stand in the site's first bytes, which are counted (design/quality.md). */
const firstWords = ['frame', statesOnly, 'demo', 'home', 'mine', 'needs', 'services', 'sign-in', 'square']

/** `frame` for the texts of the shells and components, else the folder's (domain's) name. */
function namespaceOf(file: string): string {
  const folder = basename(dirname(file))
  return file.endsWith('src/web/app/texts.zh-CN.json') ? 'frame' : folder
}

function merge(into: Words, from: Words): Words {
  for (const [key, value] of Object.entries(from)) {
    const present = into[key]
    into[key] = typeof value === 'object' && typeof present === 'object' ? merge(present, value) : value
  }
  return into
}

function convert(words: Words, text: (value: string) => string): Words {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? text(value) : convert(value, text)]),
  )
}

/** Source text of loaders of a language: one per namespace, `*` for `all` words at once. */
function loadersOf(language: string, namespaces: readonly string[]): string {
  const each = namespaces.map(
    (name) =>
      `${JSON.stringify(name === 'all' ? '*' : name)}: () => import(${JSON.stringify(`${part}${language}/${name}`)})`,
  )
  return `{ ${each.join(', ')} }`
}

/** The names of a domain's states; none for a domain without. */
function stateNames(domain: string, words: Words): [string, Words][] {
  const states = words['states']
  return typeof states === 'object' ? [[domain, states]] : []
}

/** The plugin; `root` is the folder of the checkout. `virtual:words` exports the loaders of the first pages and, per language, a lazy module of all. */
export function wordsPlugin(root: string): Plugin {
  const files = () =>
    sources
      .flatMap((pattern) => globSync(pattern, { cwd: root }))
      .map((file) => file.replaceAll('\\', '/'))
      .sort()
  const read = (file: string): Words => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Words) : {})

  const domains = () => [...new Set(files().map(namespaceOf))]
  const load = (language: string, namespace: string): Words => {
    if (namespace === statesOnly) {
      return Object.fromEntries(domains().flatMap((domain) => stateNames(domain, load(language, domain))))
    }
    const source = language === 'en' ? 'en' : 'zh-CN'
    let words: Words = {}
    for (const file of files().filter((each) => namespaceOf(each) === namespace)) {
      words = merge(words, read(join(root, file.replace('zh-CN.json', `${source}.json`))))
    }
    if (language !== 'zh-Hant') return words
    // our own reviewed terms have the last word over the general converter
    const terms = Object.entries(read(join(root, 'src/web/app/zh-hant-terms.json'))) as [string, string][]
    const toTraditional = Converter({ from: 'cn', to: 'tw' })
    const reviewed = CustomConverter(terms)
    return convert(words, (value) => reviewed(toTraditional(value)))
  }

  return {
    name: 'liandong-words',
    resolveId(id) {
      return id === entry || id.startsWith(part) ? `\0${id}` : undefined
    },
    load(id) {
      if (!id.startsWith(`\0${entry}`)) return undefined
      const namespaces = [...domains(), statesOnly]
      for (const file of files()) this.addWatchFile(join(root, file))
      if (id === `\0${entry}`) {
        // most people read the source language, and the first pages of it: every other loader comes when asked for
        const loaders = languages.map(
          (language) => `${JSON.stringify(language)}: () => import(${JSON.stringify(`${part}${language}/loaders`)})`,
        )
        return `export const first = { 'zh-CN': ${loadersOf('zh-CN', firstWords)} }\nexport const loaders = { ${loaders.join(', ')} }\n`
      }
      const [language = '', namespace = ''] = relative(`\0${part}`, id).split('/')
      if (namespace === 'loaders') return `export default ${loadersOf(language, [...namespaces, 'all'])}\n`
      const words =
        namespace === 'all'
          ? Object.fromEntries(namespaces.map((name) => [name, load(language, name)]))
          : load(language, namespace)
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(words))})\n`
    },
  }
}
