// A browser of few means: cookies by origin and path, redirects one at a time or to a certain address, hidden forms.

type Cookie = { readonly value: string; readonly path: string }

export type Page = { readonly url: URL; readonly status: number; readonly headers: Headers; readonly html: string }

export class Browser {
  readonly #jar = new Map<string, Map<string, Cookie>>()

  /** Puts a cookie (name=value) for the whole of an origin. */
  put(origin: string, cookie: string): void {
    const [name = '', value = ''] = cookie.split('=')
    this.#of(origin).set(`${name}/`, { value, path: '/' })
  }

  /** Forgets a cookie of an origin. */
  drop(origin: string, name: string): void {
    for (const key of this.#of(origin).keys()) if (key.startsWith(`${name}/`)) this.#of(origin).delete(key)
  }

  value(origin: string, name: string): string | undefined {
    return [...this.#of(origin)].find(([key]) => key.startsWith(`${name}/`))?.[1].value
  }

  #of(origin: string): Map<string, Cookie> {
    const known = this.#jar.get(origin) ?? new Map<string, Cookie>()
    this.#jar.set(origin, known)
    return known
  }

  /** One request, no redirect followed; with a form a POST. */
  async ask(address: string | URL, form?: Readonly<Record<string, string>>): Promise<Page> {
    return this.#fetch(new URL(address), form === undefined ? 'GET' : 'POST', form)
  }

  /** A POST without a body, as our own pages send it. */
  async post(address: string): Promise<Page> {
    return this.#fetch(new URL(address), 'POST')
  }

  async #fetch(url: URL, method: string, form?: Readonly<Record<string, string>>): Promise<Page> {
    const cookies = [...this.#of(url.origin)]
      .filter(([, cookie]) => url.pathname.startsWith(cookie.path))
      .map(([key, cookie]) => `${key.split('/')[0]}=${cookie.value}`)
    const response = await fetch(url, {
      redirect: 'manual',
      method,
      body: form === undefined ? undefined : new URLSearchParams(form),
      headers: {
        accept: 'text/html',
        'accept-language': 'zh-CN',
        ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const at = pair.indexOf('=')
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/'
      const over = attributes.some((part) => /^max-age=0$/i.test(part) || /^expires=Thu, 01 Jan 1970/i.test(part))
      const key = `${pair.slice(0, at)}${path}`
      if (over) this.#of(url.origin).delete(key)
      else this.#of(url.origin).set(key, { value: pair.slice(at + 1), path })
    }
    return { url, status: response.status, headers: response.headers, html: await response.text() }
  }

  /** Follows redirects until there is none, or until one leads to an address that begins with `until`: that address is not called. */
  async go(address: string | URL, until?: string): Promise<Page> {
    let page = await this.ask(address)
    for (let step = 0; step < 12; step += 1) {
      const location = page.headers.get('location')
      if (location === null) return page
      const next = new URL(location, page.url)
      if (until !== undefined && next.href.startsWith(until)) return { ...page, url: next }
      page = await this.ask(next)
    }
    throw new Error(`more redirects than any sign-on has: ${page.url.href}`)
  }

  /** Sends the page's form with its hidden fields and the button pressed; answers where it leads. */
  async send(page: Page, button: Readonly<Record<string, string>> = {}): Promise<URL> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.html)?.[1]
    if (action === undefined) throw new Error(`no form on ${page.url.href}`)
    const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      (match): [string, string] => [match[1] ?? '', match[2] ?? ''],
    )
    const answer = await this.ask(new URL(action, page.url), { ...Object.fromEntries(hidden), ...button })
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`the form led nowhere: ${answer.status} ${answer.html.slice(0, 300)}`)
    return new URL(location, page.url)
  }
}
