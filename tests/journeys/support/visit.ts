// How a journey opens the site as somebody: a window of a stated width, signed in or not, with a record of what the console said.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { inject } from 'vitest'

export type DemoPerson = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly roleName: string
  readonly division: string
  readonly organization?: string
  readonly face: 'resident' | 'desk' | 'cockpit'
}

/** Window sizes: a small phone, a clerk's notebook, a big screen. */
export const sizes = {
  phone: { width: 360, height: 780 },
  desk: { width: 1280, height: 860 },
  wide: { width: 1920, height: 1080 },
} as const

export type VisitOptions = {
  readonly size?: keyof typeof sizes
  readonly person?: Pick<DemoPerson, 'id'>
  /** Somebody of a site of one's own, signed in there already: the cookie as it came, `name=value`. */
  readonly as?: { readonly cookie: string }
  readonly language?: 'zh-CN' | 'zh-Hant' | 'en'
  readonly elder?: boolean
  /** Another site than the demo that all journeys share. */
  readonly site?: string
}

/** The window of a visit as the browser is told. */
export function contextOptions({ size = 'desk' }: VisitOptions): BrowserContextOptions {
  return {
    viewport: sizes[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: size === 'phone',
    reducedMotion: 'reduce',
    // Pictures of the phone are kept as sharp as the mockups.
    deviceScaleFactor: process.env['SCREENS'] === '1' && size === 'phone' ? 2 : 1,
  }
}

/** Longest wait for anything on a page, in milliseconds: a fault is told soon, a slow machine is waited for. */
const patience = 20_000

export class Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly url: string
  /** Errors of the console and of scripts, refusals of the content security policy among them. */
  readonly said: string[] = []
  readonly #underway = new Set<unknown>()

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.context = context
    this.page = page
    this.url = url
    page.on('console', (message) => {
      if (message.type() === 'error' || /content security policy/i.test(message.text()))
        this.said.push(`${message.text().slice(0, 240)} ${message.location().url.replace(url, '')}`)
    })
    page.on('request', (request) => this.#underway.add(request))
    page.on('requestfinished', (request) => this.#underway.delete(request))
    page.on('requestfailed', (request) => this.#underway.delete(request))
    page.on('pageerror', (error) => this.said.push(`script: ${error.message.slice(0, 240)}`))
  }

  /** Opens a window of one's own: nothing is shared with other visits. */
  static async open(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
    return Visit.inside(await browser.newContext(contextOptions(options)), options)
  }

  /** A visit in a browser that is there already (`launchPhone`, which remembers). */
  static async inside(context: BrowserContext, options: VisitOptions = {}): Promise<Visit> {
    context.setDefaultTimeout(patience)
    await context.addInitScript(
      ([language, elder]) => {
        if (localStorage.getItem('liandong.language') === null)
          localStorage.setItem('liandong.language', language ?? 'zh-CN')
        if (elder) localStorage.setItem('liandong.size', elder)
      },
      [options.language ?? 'zh-CN', options.elder ? 'elder' : ''] as const,
    )
    const visit = new Visit(context, context.pages()[0] ?? (await context.newPage()), options.site ?? inject('siteUrl'))
    if (options.person) await visit.become(options.person)
    if (options.as) {
      const [name = '', value = ''] = options.as.cookie.split('=')
      await context.addCookies([{ name, value, url: visit.url }])
    }
    return visit
  }

  /** Becomes a made-up person of the demo; the page shows it after the next `go`. */
  async become(person: Pick<DemoPerson, 'id'>): Promise<void> {
    await this.send('POST', '/api/demo/sign-in', { person: person.id })
  }

  /** Asks the server as the person of this window, past the page. */
  async send<Answer = unknown>(method: 'GET' | 'POST' | 'PUT', path: string, data?: unknown): Promise<Answer> {
    const answer = await this.context.request.fetch(`${this.url}${path}`, {
      method,
      data,
      headers: { origin: this.url, ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }) },
    })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${(await answer.text()).slice(0, 400)}`)
    return (await answer.json()) as Answer
  }

  /** Opens an address and waits until its page stands. */
  async go(path: string): Promise<Page> {
    await this.page.goto(`${this.url}${path}`, { waitUntil: 'load' })
    await this.settled()
    return this.page
  }

  /** Waits until the page has its heading and nothing on it is still on its way. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      try {
        await this.page.waitForFunction(() => {
          const loading = document.querySelector(
            '[role="status"][aria-label]:empty, [role="status"][aria-label] > span, [aria-busy="true"], [class*="stripPlace"]',
          )
          return document.querySelector('h1') !== null && loading === null
        })
        // Two frames: what an answer causes (the next question) has begun by then.
        await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      } catch (error) {
        // Another page came while we looked: begin again with that one.
        if (!(error instanceof Error) || !/context was destroyed|navigat/i.test(error.message)) throw error
        await this.page.waitForLoadState('load')
        quiet = 0
        continue
      }
      quiet = this.#underway.size === 0 ? quiet + 1 : 0
    }
  }

  /** What the console said since the last call. */
  takeSaid(): string[] {
    return this.said.splice(0)
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}

let known: Promise<readonly DemoPerson[]> | undefined

/** Everybody of the demo whom one may become. */
export function demoPeople(): Promise<readonly DemoPerson[]> {
  known ??= fetch(`${inject('siteUrl')}/api/demo/people`).then(
    async (answer) => ((await answer.json()) as { people: DemoPerson[] }).people,
  )
  return known
}

/** The first person of a role, of a division when named. */
export async function personOf(role: string, division = ''): Promise<DemoPerson> {
  const person = (await demoPeople()).find((each) => each.role === role && each.division.startsWith(division))
  if (person === undefined) throw new Error(`the demo has no ${role} in ${division || 'any place'}`)
  return person
}
