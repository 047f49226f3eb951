// The texts of domains (refusals, states, verbs, fields) in the three languages, for problems, notices and exports.
import { Converter } from 'opencc-js'

export type Language = 'zh-CN' | 'zh-Hant' | 'en'

type Tree = { readonly [key: string]: string | Tree }

/** Texts by namespace (domain), then dotted key. */
export type Words = {
  /** The text of `<namespace>:<key>` with {{values}} filled in; falls back to the platform's namespace, then to the key. */
  say(language: Language, namespace: string, key: string, values?: Readonly<Record<string, string | number>>): string
  /** Whether the text exists (in zh-CN). */
  has(namespace: string, key: string): boolean
}

function find(tree: Tree | undefined, key: string): string | undefined {
  let node: string | Tree | undefined = tree
  for (const part of key.split('.')) {
    if (node === undefined || typeof node === 'string') return undefined
    node = node[part]
  }
  return typeof node === 'string' ? node : undefined
}

/** Makes the reader from each namespace's two source catalogues; zh-Hant is converted from zh-CN, never written. */
export function makeWords(catalogues: Readonly<Record<string, { readonly 'zh-CN': Tree; readonly en: Tree }>>): Words {
  const toTraditional = Converter({ from: 'cn', to: 'tw' })
  const text = (language: Language, namespace: string, key: string): string | undefined => {
    const catalogue = catalogues[namespace]
    const found = find(catalogue?.[language === 'en' ? 'en' : 'zh-CN'], key)
    return found !== undefined && language === 'zh-Hant' ? toTraditional(found) : found
  }
  return {
    say(language, namespace, key, values = {}) {
      const template = text(language, namespace, key) ?? text(language, 'platform', key) ?? key
      return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
        const value = values[name]
        if (value === undefined) return ''
        // A value that is itself a code (a state, a verb) is worded where the catalogue knows it.
        if (typeof value !== 'string') return String(value)
        return text(language, namespace, `states.${value}`) ?? text(language, namespace, `verbs.${value}`) ?? value
      })
    },
    has: (namespace, key) =>
      text('zh-CN', namespace, key) !== undefined || text('zh-CN', 'platform', key) !== undefined,
  }
}

/** The language of a request: zh-Hant for zh-TW, zh-HK, zh-MO and zh-Hant; en for en; else zh-CN. */
export function languageOf(header: string | undefined): Language {
  const first = (header ?? '').split(',')[0]?.trim().toLowerCase() ?? ''
  if (/^zh-(hant|tw|hk|mo)/.test(first)) return 'zh-Hant'
  return first.startsWith('en') ? 'en' : 'zh-CN'
}
