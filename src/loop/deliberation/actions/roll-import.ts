// Deliberation: a roll of households from a file: what every row becomes, the good ones in one act, the bad ones back, a template.
import { listNumberHolders, listPeople } from '../../../foundation/identity/public.ts'
import { maskName, maskPhone } from '../../../kit/chinese-ids.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { placeColumns, plainHead } from '../../../kit/table-heads.ts'
import { action, type Ask, question } from '../../../platform/action.ts'
import { readUploaded } from '../../../platform/files/uploaded-table.ts'
import type { Language } from '../../../platform/words.ts'
import * as contract from '../contract/rolls.ts'
import * as rules from '../rules/rolls.ts'
import { judgedMotion, type Motion } from '../rules.ts'
import { findMotion } from '../store.ts'
import { listRollAmong, saveRollLines } from '../store/rolls.ts'
import { findVote } from '../store/votes.ts'
import { lockVote } from './count.ts'
import { markOf, recordRoll, sealAddress, tellNamed } from './rolls.ts'

type Reader = Pick<Ask, 'tx' | 'actor' | 'platform' | 'language' | 'now'>

const languages: readonly Language[] = ['zh-CN', 'zh-Hant', 'en']
/** How the example's household begins in each language. */
const exampleMark = /^(?:\u793a\u4f8b|\u7bc4\u4f8b|example)/i

const sayIn = ({ platform, language }: Reader, key: string, values?: Readonly<Record<string, string | number>>) =>
  platform.words.say(language as Language, 'deliberation', key, values)

/** What files may call the columns: our own words in every language, and what communities use. */
function columnNames({ platform }: Reader): ReadonlyMap<string, contract.RollColumn> {
  return new Map(
    contract.rollColumns.flatMap((column) =>
      languages.flatMap((language) =>
        [`fields.${column}`, `rollNames.${column}`].flatMap((key) =>
          platform.words
            .say(language, 'deliberation', key)
            .split(/[\u3001,]/)
            .map((name): [string, contract.RollColumn] => [plainHead(name), column]),
        ),
      ),
    ),
  )
}

type Planned = rules.PlannedRow & { readonly household: string }
type Read = { readonly rows: readonly Planned[]; readonly ignored: readonly string[] }

/** Every row with what becomes of it beside the roll as it stands: a fixed number of statements. */
async function readRoll(reader: Reader, motion: Motion, file: string): Promise<Ruling<Read>> {
  const table = await readUploaded(reader, file, contract.mostRollRows)
  if (!table.ok) return table
  const [head, ...body] = table.value
  if (head === undefined) return refuse('table-empty', {}, { kind: 'invalid' })
  const { at, missing, ignored } = placeColumns(head.cells, columnNames(reader), contract.rollColumns)
  if (missing.length > 0) {
    const names = missing.map((column) => sayIn(reader, `fields.${column}`))
    return refuse(
      'columns-missing',
      { columns: names.join(reader.language === 'en' ? ', ' : '\u3001') },
      { kind: 'invalid' },
    )
  }
  const checked = body.flatMap(({ line, cells }) => {
    const found = rules.rollCells(cells, at, exampleMark)
    return found === undefined ? [] : [rules.checkRollRow(line, found)]
  })
  if (checked.length === 0) return refuse('table-empty', {}, { kind: 'invalid' })
  const why = plainHead(sayIn(reader, 'fields.why'))
  return allow({
    rows: await planned(reader, motion, rules.markTwice(checked)),
    ignored: ignored.filter((name) => plainHead(name) !== why),
  })
}

async function planned(reader: Reader, motion: Motion, rows: readonly rules.RollRow[]): Promise<Planned[]> {
  const marked = rows.map((row) => ({ row, household: markOf(reader, motion.id, row.key) }))
  const phones = [...new Set(rows.flatMap((row) => (row.faults.length === 0 && row.phone !== '' ? [row.phone] : [])))]
  const holders = await listNumberHolders(reader.platform, reader.tx, phones)
  const voters = [...holders.values()].map((holder) => holder.id)
  const cards = await listPeople(reader.tx, voters)
  const lines = await listRollAmong(
    reader.tx,
    motion.id,
    marked.map(({ household }) => household),
    voters,
  )
  const byHousehold = new Map(lines.map((line) => [line.household, line]))
  const byVoter = new Map(lines.flatMap((line) => (line.voter === undefined ? [] : [[line.voter, line] as const])))
  return marked.map(({ row, household }) => {
    const nominee = cards.get(holders.get(row.phone)?.id ?? '')
    const elsewhere = nominee && byVoter.get(nominee.id)
    return { ...rules.planRow(row, nominee, byHousehold.get(household), elsewhere, motion.division), household }
  })
}

function countsOf(rows: readonly Planned[]) {
  const count = (state: Planned['state']) => rows.filter((row) => row.state === state).length
  return { fresh: count('new'), changed: count('changed'), known: count('known'), bad: count('bad') }
}

const faultsOf = (reader: Reader, row: Planned) =>
  row.faults.map(({ column, code, params }) => ({ column, message: sayIn(reader, `refusals.${code}`, params) }))

/** The motion whose roll a question is about, if the actor may see it and the roll can still change. */
async function openMotion(ask: Ask, id: string): Promise<Ruling<Motion>> {
  const motion = await findMotion(ask.tx, id)
  if (motion === undefined) return absent()
  const refusal = ask.see(judgedMotion(motion))
  if (refusal !== undefined) return refusal
  const vote = motion.vote && (await findVote(ask.tx, motion.vote.id))
  const open = rules.rollOpen(motion, vote, 'importRoll', ask.actor, ask.now)
  return open.ok ? allow(motion) : open
}

export const previewRoll = question(contract.previewRoll, async (ask, { params, body }) => {
  const motion = await openMotion(ask, params.id)
  if (!motion.ok) return motion
  const read = await readRoll(ask, motion.value, body.file)
  if (!read.ok) return read
  const { rows, ignored } = read.value
  return allow({
    ...countsOf(rows),
    ignored: [...ignored],
    rows: rows.map((row) => ({
      line: row.line,
      state: row.state,
      household: row.cells.household,
      maskedName: row.cells.voterName === '' ? '' : maskName(row.cells.voterName),
      maskedPhone: row.phone === '' ? '' : maskPhone(row.phone),
      faults: faultsOf(ask, row),
    })),
  })
})

export const importRoll = action(contract.importRoll, async (act, { params, body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const locked = await lockVote(act, params.id)
  if (locked === undefined) return absent()
  const { motion, vote } = locked
  const ruling = await act.judge(judgedMotion(motion), () =>
    rules.rollOpen(motion, vote, 'importRoll', act.actor, act.now),
  )
  if (!ruling.ok) return ruling
  const read = await readRoll(act, motion, body.file)
  if (!read.ok) return read
  const rows = read.value.rows.filter((row) => row.state === 'new' || row.state === 'changed')
  if (rows.length === 0) return refuse('nothing-to-import')
  await act.platform.cipher.prepare(act.tx, [motion.id])
  const lines = []
  for (const { household, voter, cells } of rows)
    lines.push({ household, voter, address: await sealAddress(act, motion.id, household, cells.household) })
  await saveRollLines(act.tx, motion.id, lines, act.actor.personId, act.now)
  const counts = countsOf(read.value.rows)
  recordRoll(act, 'importRoll', motion, counts)
  tellNamed(
    act,
    motion,
    rows.flatMap((row) => row.voter ?? []),
  )
  return allow({ id: motion.id, version: motion.version, ...counts })
})

export const listBadRollRows = question(contract.listBadRollRows, async (ask, { params, query }) => {
  const motion = await openMotion(ask, params.id)
  if (!motion.ok) return motion
  const read = await readRoll(ask, motion.value, query.file)
  if (!read.ok) return read
  const from = Number(query.cursor ?? 0)
  const bad = read.value.rows.filter((row) => row.state === 'bad' && row.line > from)
  const page = bad.slice(0, query.size)
  return allow({
    rows: page.map((row) => ({
      ...row.cells,
      why: faultsOf(ask, row)
        .map(({ column, message }) => `${sayIn(ask, `fields.${column}`)}\uff1a${message}`)
        .join(' '),
    })),
    next: bad.length > page.length ? String(page.at(-1)?.line) : undefined,
  })
})

export const listRollExample = question(contract.listRollExample, async (ask) =>
  allow({
    rows: [
      {
        household: sayIn(ask, 'rollExample.household'),
        voterName: sayIn(ask, 'rollExample.voterName'),
        phone: '13900000000',
      },
    ],
  }),
)
