// The inbox: reading it, marking as read, opting out. Reading one's own inbox is no act on a record, so these write no event.
import type { RecordRef } from '../../../kit/id.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import type { RecordCard } from '../../../platform/declarations.ts'
import type { Language } from '../../../platform/words.ts'
import * as contract from '../contract.ts'
import { refKey, seeCards } from '../public.ts'
import * as store from '../store.ts'

/** The person who asks; signed-in endpoints have one, the program itself has no inbox. */
function me(ask: Ask): string {
  return ask.actor.kind === 'person' ? ask.actor.personId : 'system'
}

function domainOf(kind: string): string {
  return kind.split('.')[0] ?? ''
}

/** The sentence of a notice. A title that has become private since is not told any more: the number stands for it. */
function sentence(ask: Ask, row: store.NoticeRow, card: RecordCard | undefined): string {
  const number = card?.number ?? row.params['number'] ?? ''
  const title = card === undefined ? row.params['title'] : card.title
  const values = { ...row.params, number, title: title === undefined || title === '' ? number : title }
  const [domain = '', what = ''] = row.kind.split('.')
  const { words } = ask.platform
  const language = ask.language as Language
  return words.has(domain, `notices.${what}`)
    ? words.say(language, domain, `notices.${what}`, values)
    : words.say(language, 'notices', 'something', values)
}

export const listNotices = question(contract.listNotices, async (ask, { query }) => {
  const after = readCursor(query.cursor, 1)?.[0]
  const [rows, unread] = await Promise.all([
    store.listNotices(ask.tx, me(ask), { unread: query.unread, after, limit: query.size + 1 }),
    store.getUnread(ask.tx, me(ask)),
  ])
  const page = rows.slice(0, query.size)
  const refs = page.map((row): RecordRef => ({ kind: row.record_kind, id: row.record_id }))
  const seen = await seeCards(ask.platform, ask.tx, ask.actor, refs)
  const last = page.at(-1)
  return allow({
    rows: page.map((row) => {
      const of = { kind: row.record_kind, id: row.record_id }
      return {
        id: row.id,
        kind: row.kind,
        domain: domainOf(row.kind),
        domainName: ask.platform.words.say(ask.language as Language, domainOf(row.kind), 'name'),
        text: sentence(ask, row, seen.get(refKey(of))?.card),
        at: row.at,
        read: row.read_at !== null,
        of,
      }
    }),
    next: rows.length > page.length && last !== undefined ? cursorOf([last.id]) : undefined,
    unread,
  })
})

export const countUnread = question(contract.countUnread, async (ask) =>
  allow({ unread: await store.getUnread(ask.tx, me(ask)) }),
)

export const readNotice = question(contract.readNotice, async (ask, { params }) => {
  const { unread, found } = await store.saveRead(ask.tx, me(ask), ask.now, params.id)
  return found ? allow({ unread }) : absent()
})

export const readAllNotices = question(contract.readAllNotices, async (ask) =>
  allow({ unread: (await store.saveRead(ask.tx, me(ask), ask.now)).unread }),
)

export const listPreferences = question(contract.listPreferences, async (ask) => {
  const rows = await store.listKinds(ask.tx, me(ask))
  const language = ask.language as Language
  const { words } = ask.platform
  return allow({
    rows: rows.map(({ kind, muted }) => {
      const [domain = '', what = ''] = kind.split('.')
      const key = words.has(domain, `noticeKinds.${what}`) ? `noticeKinds.${what}` : `notices.${what}`
      return { kind, domainName: words.say(language, domain, 'name'), label: words.say(language, domain, key), muted }
    }),
  })
})

export const setPreference = question(contract.setPreference, async (ask, { params, body }) => {
  await store.savePreference(ask.tx, me(ask), params.kind, body.muted)
  return allow({ kind: params.kind, muted: body.muted })
})
