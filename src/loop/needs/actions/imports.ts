// Needs: importing a list: read the uploaded file, say of every row what becomes of it, and make needs of the good ones in one act.
import { listNumberHolders, listPeople, registerResidentsOnBehalf } from '../../../foundation/identity/public.ts'
import { maskName, maskPhone, plainPhone } from '../../../kit/chinese-ids.ts'
import { type DivisionCode, type Id, jurisdictionOf, levelOf } from '../../../kit/id.ts'
import { addDays, today } from '../../../kit/plain-date.ts'
import { allow, forbid, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { placeColumns, plainHead } from '../../../kit/table-heads.ts'
import { type Act, action, type Ask, question } from '../../../platform/action.ts'
import { readUploaded } from '../../../platform/files/uploaded-table.ts'
import type { Language } from '../../../platform/words.ts'
import { forWhoms, urgencies, visibilities } from '../contract.ts'
import * as contract from '../contract/imports.ts'
import { categoryCodes } from '../contract/taxonomy.ts'
import * as rules from '../rules/imports.ts'
import { titleOf } from '../rules/resident.ts'
import * as store from '../store/imports.ts'
import { needFrom, submissionOf } from './raise.ts'
import { recordNeed, searchWords, tellPersons } from './recording.ts'

type Reader = Pick<Ask, 'tx' | 'actor' | 'platform' | 'language' | 'now' | 'policy'>
type Source = { readonly division: DivisionCode; readonly file: string }

const languages: readonly Language[] = ['zh-CN', 'zh-Hant', 'en']
/** How the example's number begins in each language. */
const exampleMark = /^(?:\u793a\u4f8b|\u7bc4\u4f8b|example)/i

/** What files may call columns and choices: our own words in every language, and the names that hotlines use. */
function namesOf({ platform }: Reader): rules.ImportNames {
  const say = (language: Language, key: string) => platform.words.say(language, 'needs', key)
  const byName = <T extends string>(values: readonly T[], keys: (value: T) => readonly string[]) =>
    new Map(
      values.flatMap((value) =>
        languages.flatMap((language) =>
          keys(value)
            .flatMap((key) => say(language, key).split(/[\u3001,]/))
            .map((name): [string, T] => [plainHead(name), value]),
        ),
      ),
    )
  return {
    columns: byName(contract.importColumns, (column) => [`fields.${column}`, `importNames.${column}`]),
    categories: byName(categoryCodes, (code) => [`categories.${code}`]),
    forWhoms: byName(forWhoms, (value) => [`forWhom.${value}`]),
    urgencies: byName(urgencies, (value) => [`urgencies.${value}`]),
    visibilities: byName(visibilities, (value) => [`visibilities.${value}`, `importNames.${value}`]),
  }
}

type Row = rules.CheckedRow & { readonly key: string; readonly known: boolean }
type Read = { readonly rows: readonly Row[]; readonly ignored: readonly string[] }

/** Every row with what becomes of it: its own faults, rows that stand twice, residents who live elsewhere, rows that are needs already. */
async function readImport(reader: Reader, { division, file }: Source): Promise<Ruling<Read>> {
  if (levelOf(division) !== 'community') return invalid([{ path: 'body.division', code: 'not-a-community' }])
  const table = await readUploaded(reader, file, contract.mostImportRows)
  if (!table.ok) return table
  const [head, ...body] = table.value
  if (head === undefined) return refuse('table-empty', {}, { kind: 'invalid' })
  const names = namesOf(reader)
  const { at, missing, ignored } = placeColumns(head.cells, names.columns, contract.requiredColumns)
  if (missing.length > 0) {
    const label = (column: string) =>
      reader.platform.words.say(reader.language as Language, 'needs', `fields.${column}`)
    const separator = reader.language === 'en' ? ', ' : '\u3001'
    return refuse('columns-missing', { columns: missing.map(label).join(separator) }, { kind: 'invalid' })
  }
  const now = today(reader.now)
  const days = { today: now, earliest: addDays(now, -reader.policy.number('needs.import-days', division)) }
  const checked = body.flatMap(({ line, cells }) => {
    const found = rules.cellsOf(cells, at, exampleMark)
    return found === undefined ? [] : [rules.checkRow(line, found, division, names, days)]
  })
  if (checked.length === 0) return refuse('table-empty', {}, { kind: 'invalid' })
  const rows = await judgedRows(reader, division, rules.markTwice(checked))
  const why = plainHead(reader.platform.words.say(reader.language as Language, 'needs', 'fields.why'))
  return allow({ rows, ignored: ignored.filter((name) => plainHead(name) !== why) })
}

async function judgedRows(reader: Reader, division: DivisionCode, rows: readonly rules.CheckedRow[]): Promise<Row[]> {
  const { platform, tx, actor } = reader
  const keyed = rows.map((row) => ({
    ...row,
    key: platform.cipher.blind('imported-row', `${division} ${rules.sourceOf(row)}`),
  }))
  const imported = await store.listImported(
    tx,
    division,
    keyed.map((row) => row.key),
  )
  const phones = keyed.flatMap((row) => row.need?.phone ?? [])
  const holders = await listNumberHolders(platform, tx, [...new Set(phones)])
  const me = actor.kind === 'person' ? actor.personId : undefined
  return keyed.map((row) => {
    const known = imported.has(row.key) && row.faults.length === 0
    const holder = row.need === undefined || known ? undefined : holders.get(row.need.phone)
    if (holder === undefined) return { ...row, known }
    const code =
      holder.id === me
        ? 'own-name'
        : holder.residence !== undefined && holder.residence !== division
          ? 'lives-elsewhere'
          : undefined
    return code === undefined
      ? { ...row, known }
      : { ...rules.withFault(row, { column: 'phone', code }), key: row.key, known }
  })
}

function faultsOf(reader: Reader, row: rules.CheckedRow): { column: contract.ImportColumn; message: string }[] {
  return row.faults.map(({ column, code, params }) => ({
    column,
    message: reader.platform.words.say(reader.language as Language, 'needs', `refusals.${code}`, params),
  }))
}

const stateOf = (row: Row) => (row.known ? 'known' : row.need === undefined ? 'bad' : 'new')

function countsOf(rows: readonly Row[]): { fresh: number; known: number; bad: number } {
  const count = (state: string) => rows.filter((row) => stateOf(row) === state).length
  return { fresh: count('new'), known: count('known'), bad: count('bad') }
}

export const previewNeedImport = question(contract.previewNeedImport, async (ask, { body }) => {
  const refusal = ask.see({ reach: { division: body.division } })
  if (refusal !== undefined) return refusal
  const read = await readImport(ask, body)
  if (!read.ok) return read
  const { rows, ignored } = read.value
  return allow({
    ...countsOf(rows),
    ignored: [...ignored],
    rows: rows.map((row) => ({
      line: row.line,
      state: stateOf(row),
      sourceNumber: row.cells.sourceNumber,
      title: titleOf({ title: row.cells.title === '' ? undefined : row.cells.title, text: row.cells.said }),
      category: row.need?.category,
      private: row.need?.visibility === 'private',
      maskedName: maskName(row.cells.name),
      maskedPhone: maskPhone(plainPhone(row.cells.phone)),
      firstRaised: rules.dayOf(row.cells.firstRaised),
      faults: faultsOf(ask, row),
    })),
  })
})

type Planned = { readonly row: Row; readonly content: rules.ImportedNeed; readonly id: Id<'need'> }

/** The needs of the rows, their residents put on record where nobody knew them. Fixed number of statements. */
async function raiseAll(
  act: Act,
  division: DivisionCode,
  planned: readonly Planned[],
  me: Id<'person'>,
): Promise<Ruling<void>> {
  const residents = await registerResidentsOnBehalf(act, { division, people: planned.map(({ content }) => content) })
  if (!residents.ok) return residents
  const cards = await listPeople(act.tx, [...residents.value.values()])
  const first = await act.nextNumbers('need', jurisdictionOf(division), planned.length)
  const needs = planned.flatMap(({ content, id }, place) => {
    const card = cards.get(residents.value.get(content.phone) ?? '')
    if (card === undefined) return []
    const { name: _name, phone: _phone, firstRaised, ...written } = content
    const number = { year: first.year, value: first.value + place }
    return needFrom(
      act,
      { ...written, division, files: [] },
      {
        id,
        card,
        resident: card.id,
        submittedBy: me,
        source: 'import',
        number,
        files: [],
        state: 'submitted',
        firstRaised,
      },
    )
  })
  // Somebody moved between the reading of the file and now: the person looks at the preview again.
  if (needs.length < planned.length) return refuse('import-again')
  await store.insertNeeds(
    act.tx,
    act.platform.cipher,
    needs.map((need) => ({ need, search: searchWords(need) })),
    act.now,
  )
  for (const need of needs) {
    recordNeed(act, 'submitNeed', undefined, need, submissionOf(need))
    tellPersons(act, need, [need.resident], 'raised-for-you')
  }
  return allow(undefined)
}

export const importNeeds = action(contract.importNeeds, async (act, { body }) => {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const me = act.actor.personId
  const { division } = body
  const ruling = await act.judge({ reach: { division } }, () => allow(true))
  if (!ruling.ok) return ruling
  const read = await readImport(act, body)
  if (!read.ok) return read
  const jurisdiction = jurisdictionOf(division)
  const planned = read.value.rows.flatMap((row): Planned[] =>
    row.need === undefined || row.known ? [] : [{ row, content: row.need, id: act.newId<'need'>(jurisdiction) }],
  )
  const claimed = await store.insertImported(
    act.tx,
    division,
    planned.map(({ row, id }) => ({ key: row.key, need: id })),
    me,
    act.now,
  )
  const mine = planned.filter(({ row }) => claimed.has(row.key))
  if (mine.length === 0) return refuse('nothing-to-import')
  const raised = await raiseAll(act, division, mine, me)
  if (!raised.ok) return raised
  const { known, bad } = countsOf(read.value.rows)
  const counts = { fresh: mine.length, known: known + planned.length - mine.length, bad }
  const id = act.newId<'need-import'>(jurisdiction)
  act.record({ name: 'needs.importNeeds', of: { kind: 'need-import', id }, division, data: counts })
  return allow({ id, ...counts })
})

export const listBadImportRows = question(contract.listBadImportRows, async (ask, { query }) => {
  const refusal = ask.see({ reach: { division: query.division } })
  if (refusal !== undefined) return refusal
  const read = await readImport(ask, query)
  if (!read.ok) return read
  const from = Number(query.cursor ?? 0)
  const bad = read.value.rows.filter((row) => stateOf(row) === 'bad').filter((row) => row.line > from)
  const page = bad.slice(0, query.size)
  const label = (column: string) => ask.platform.words.say(ask.language as Language, 'needs', `fields.${column}`)
  return allow({
    rows: page.map((row) => ({
      ...row.cells,
      why: faultsOf(ask, row)
        .map(({ column, message }) => `${label(column)}\uff1a${message}`)
        .join(' '),
    })),
    next: bad.length > page.length ? String(page.at(-1)?.line) : undefined,
  })
})

export const listImportExample = question(contract.listImportExample, async (ask) => {
  const say = (key: string) => ask.platform.words.say(ask.language as Language, 'needs', key)
  return allow({
    rows: [
      {
        sourceNumber: say('importExample.sourceNumber'),
        said: say('importExample.said'),
        title: '',
        category: say('categories.0803'),
        place: say('importExample.place'),
        name: say('importExample.name'),
        phone: '13900000000',
        forWhom: say('forWhom.group'),
        urgency: say('urgencies.normal'),
        visibility: say('visibilities.public'),
        firstRaised: addDays(today(ask.now), -30),
      },
    ],
  })
})
