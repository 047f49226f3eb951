// The few pages of one sign-on that the server draws itself: a question, a message, an error; no script, own styles by nonce only.
import { randomBytes } from 'node:crypto'
import type { Language, Words } from '../../../platform/words.ts'

export type Page = { readonly html: string; readonly policy: string }

export type PageParts = {
  readonly heading: string
  readonly text: string
  /** The provider's own form, hidden, and the buttons that send it. */
  readonly form?: { readonly html: string; readonly buttons: string }
  readonly link?: { readonly href: string; readonly text: string }
  /** Origins that the form may lead to beside our own: browsers check the redirect after it too. */
  readonly formTargets?: readonly string[]
}

/** Text as HTML. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Policy of a page of ours: nothing runs, nothing is loaded, nobody frames it. */
function quietPolicy(nonce: string, formTargets: readonly string[] = []): string {
  const targets = formTargets.filter((origin) => /^https?:\/\/[a-z0-9.:[\]-]+$/i.test(origin))
  return `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self' ${targets.join(' ')}; frame-ancestors 'none'; base-uri 'none'`
}

// The colours and sizes of design/tokens.css.
const style = `
:root{color-scheme:light}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f5f7f8;color:#1f2933;
font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans SC","Source Han Sans SC",sans-serif}
main{background:#fff;border:1px solid #d9dee3;border-radius:10px;padding:32px;margin:16px;max-width:26rem;box-sizing:border-box}
p.site{margin:0 0 16px;color:#0f766e;font-weight:600}h1{font-size:1.375rem;line-height:1.35;margin:0 0 8px}p{margin:0 0 24px;color:#4b5563}
.row{display:flex;flex-wrap:wrap;gap:12px}
button,a.button{font:inherit;min-height:44px;padding:8px 20px;border-radius:6px;border:1px solid #8794a1;background:#fff;color:#1f2933;cursor:pointer;
text-decoration:none;display:inline-flex;align-items:center;box-sizing:border-box}
button.main,a.main{background:#0f766e;border-color:#0f766e;color:#fff}
button:focus-visible,a:focus-visible{outline:3px solid #0f766e;outline-offset:2px}`

/** A whole page; heading, text and link are plain text, a form's HTML comes from the provider. */
export function pageOf(words: Words, language: Language, parts: PageParts): Page {
  const nonce = randomBytes(16).toString('base64')
  const site = words.say(language, 'identity', 'issuer')
  const link =
    parts.link === undefined
      ? ''
      : `<div class="row"><a class="button main" href="${escapeHtml(parts.link.href)}">${escapeHtml(parts.link.text)}</a></div>`
  const form = parts.form === undefined ? '' : `${parts.form.html}<div class="row">${parts.form.buttons}</div>`
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(parts.heading)} · ${escapeHtml(site)}</title><style nonce="${nonce}">${style}</style></head>
<body><main><p class="site">${escapeHtml(site)}</p><h1>${escapeHtml(parts.heading)}</h1><p>${escapeHtml(parts.text)}</p>${form}${link}</main></body></html>`
  return { html, policy: quietPolicy(nonce, parts.formTargets) }
}

/** Policy of the provider's self-sending form pages: their one script by the hash that the provider adds to script-src. */
export const formPolicy = "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'"
