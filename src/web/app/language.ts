// Languages of the interface: which one is on, where its words come from, how it is switched and remembered.
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { first, loaders } from 'virtual:words'

export const languages = ['zh-CN', 'zh-Hant', 'en'] as const
export type Language = (typeof languages)[number]

const memory = 'liandong.language'
let wide = false

function isLanguage(value: string | null): value is Language {
  return languages.some((language) => language === value)
}

function firstLanguage(): Language {
  const chosen = localStorage.getItem(memory)
  if (isLanguage(chosen)) return chosen
  // English is chosen, never guessed: browsers here are often set to English by those who sold them
  return /^zh-(hant|tw|hk|mo)/i.test(navigator.language) ? 'zh-Hant' : 'zh-CN'
}

/** The words of one namespace (`*`: of all), empty when there are none. */
async function wordsOf(language: string, namespace: string) {
  const load = first[language]?.[namespace] ?? (await loaders[language]?.())?.default[namespace]
  return (await load?.())?.default ?? {}
}

const backend = {
  type: 'backend' as const,
  init: () => undefined,
  read(language: string, namespace: string, done: (error: unknown, words: object | null) => void) {
    const all = wide
    const chunk = all ? '*' : namespace
    wordsOf(language, chunk).then(
      (words) => {
        const found = all ? words[namespace] : words
        done(null, typeof found === 'object' ? found : {})
      },
      (error: unknown) => done(error, null),
    )
  },
}

/** Starts i18next with the texts of the frame; pages load the namespaces of their domain. */
export async function startLanguage(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: languages,
      fallbackLng: { en: ['zh-CN'], default: [] },
      load: 'currentOnly',
      ns: ['frame'],
      defaultNS: 'frame',
      // texts that only the desk's frame needs stand in `desk` and come with the desk
      fallbackNS: 'desk',
      interpolation: { escapeValue: false },
      returnNull: false,
      // a unit that a language does not say is empty: it does not fall back to the Chinese one
      returnEmptyString: true,
    })
  document.documentElement.lang = i18next.language
}

/** Switches, remembers, and names the language in the document. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(memory, language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** The language that is on. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'zh-CN'
}

/** Loads the words of one namespace (a domain); a name without words loads nothing. */
export async function loadWords(namespace: string): Promise<void> {
  await i18next.loadNamespaces(namespace)
}

/** The desk shows records of all domains: it takes all words of the language as one chunk. */
export async function loadAllWords(): Promise<void> {
  wide = true
  await i18next.loadNamespaces(Object.keys(await wordsOf(i18next.language, '*')))
}
