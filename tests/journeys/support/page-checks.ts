// What must hold on every page at any moment: axe finds nothing, nothing scrolls sideways, only Chinese words, a title, a silent console.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { allowedWords } from './allowed-words.ts'

/** Where words of the interface stand: text, and the attributes that readers hear. */
type Said = { readonly where: string; readonly words: string }

async function saidOn(page: Page): Promise<Said[]> {
  return page.evaluate(() => {
    const found: { where: string; words: string }[] = []
    // A name of another language in that language is marked as such; record texts of people stand under data-quote.
    // An option of a list box that has a name is read by that name, not by the value inside.
    const skipped = (element: Element | null) =>
      element?.closest(
        '[lang="en"], script, style, code, kbd, [data-quote], [role="option"][aria-label]:not([aria-label=""])',
      ) !== null
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const words = node.textContent?.trim() ?? ''
      if (words && !skipped(node.parentElement))
        found.push({ where: node.parentElement?.tagName.toLowerCase() ?? '', words })
    }
    for (const attribute of ['aria-label', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        const words = element.getAttribute(attribute) ?? ''
        if (words && element.closest('[lang="en"]') === null)
          found.push({ where: `${element.tagName.toLowerCase()}[${attribute}]`, words })
      }
    }
    found.push({ where: 'document.title', words: document.title })
    return found
  })
}

/** Words of three Latin letters or more that the Chinese interface shows, raw keys among them. */
export async function foreignWords(page: Page): Promise<string[]> {
  const said = await saidOn(page)
  const faults = said.flatMap(({ where, words }) => {
    const rest = allowedWords.reduce((text, allowed) => text.replace(allowed, ''), words)
    return /[A-Za-z]{3,}/.test(rest) || /\{\{|\}\}|undefined|\[object/.test(words)
      ? [`${where}: ${words.slice(0, 120)}`]
      : []
  })
  return [...new Set(faults)]
}

/** Raw keys of any language: `needs:verbs.accept`, `states.open`, or a place left for a value. */
export async function rawKeys(page: Page): Promise<string[]> {
  const said = await saidOn(page)
  const faults = said.filter(
    ({ words }) => /^[a-z][\w-]*(:[\w.-]+|(\.[a-z][\w-]*)+)$/i.test(words) || words.includes('{{'),
  )
  return [...new Set(faults.map(({ where, words }) => `${where}: ${words.slice(0, 120)}`))]
}

/** What axe finds, one line per rule and element. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 4)
      .map(
        (node) =>
          `axe ${id}: ${node.html.slice(0, 160)} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`,
      ),
  )
}

/** Pixels by which the page is wider than its window. */
export async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const over = document.documentElement.scrollWidth - width
    if (over <= 0) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > width + 1,
    )
    const last = wide.at(-1)
    return [`${over} px too wide: ${last?.outerHTML.slice(0, 140) ?? ''}`]
  })
}

export type Checks = {
  /** The page must not scroll sideways. */
  readonly narrow?: boolean
  /** Runs axe too; the slow part. */
  readonly axe?: boolean
}

/** All faults of the page as it stands now, each with the address. Empty = sound. */
export async function faultsOf(page: Page, checks: Checks = {}): Promise<string[]> {
  const { pathname } = new URL(page.url())
  const faults = [
    ...(await foreignWords(page)),
    ...((checks.narrow ?? true) ? await overflow(page) : []),
    ...((checks.axe ?? true) ? await axeFaults(page) : []),
  ]
  const title = await page.title()
  if (title === '' || title === '联动') faults.push(`the page has no title of its own: "${title}"`)
  return faults.map((fault) => `${pathname}  ${fault}`)
}
