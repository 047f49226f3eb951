// Delivery: what every verb of a case does around its rule: load for its own people only, seal the note, save, record, tell.
import { notify } from '../../../foundation/notices/public.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import type { Waiting } from '../../../platform/events.ts'
import { type Statement, together } from '../../../platform/together.ts'
import type { NoteKind } from '../contract/cases.ts'
import type { NoteLine } from '../rules/case-notes.ts'
import {
  type Case,
  type CaseVerb,
  consented,
  reachOfCase,
  type Relation,
  relationOf,
  shownCaseNumber,
} from '../rules/cases.ts'
import * as store from '../store/cases.ts'

export const caseRef = (file: Pick<Case, 'id'>) => ({ kind: 'case', id: file.id })

export const caseAnswer = (file: Case) => ({
  id: file.id,
  version: file.version,
  state: file.state,
  number: shownCaseNumber(file),
})

/** Where the sealed parts of a case stand: the AAD of its cipher. */
export const sealedAt = {
  beneficiary: (id: string) => ({ table: 'delivery.social_case', column: 'beneficiary', row: id }),
  goals: (id: string) => ({ table: 'delivery.social_case', column: 'goals', row: id }),
  note: (id: string) => ({ table: 'delivery.case_note', column: 'body', row: id }),
  opening: (id: string) => ({ table: 'delivery.case_opening', column: 'words', row: id }),
}

/** What waits for whom: by name alone, and without a title. The number tells nobody anything who may not read it. */
export function waitingOfCase(file: Case): Waiting[] {
  const common = { division: file.division, number: shownCaseNumber(file) }
  const work = { ...common, permission: 'delivery.workOnCase', person: file.workerPerson }
  if (file.awaiting)
    return [{ ...common, permission: 'delivery.superviseCase', person: file.supervisor, verb: 'approveCase' }]
  switch (file.state) {
    case 'intake':
      return [{ ...work, verb: consented(file) ? 'acceptCase' : 'recordConsent' }]
    case 'assessment':
      return [{ ...work, verb: 'assessCase' }]
    case 'plan':
      return [{ ...work, verb: 'planCase' }]
    case 'intervention':
      return [{ ...work, verb: 'recordCaseSession', due: file.nextAt }]
    case 'evaluation':
      return [{ ...work, verb: 'evaluateCase' }]
    case 'closed':
    case 'transferred':
      return []
  }
}

/** Seals a note under the key of its case; the write that keeps it. */
export async function sealedNote(
  act: Act,
  file: Case,
  kind: NoteKind,
  lines: readonly NoteLine[],
  serviceRecord?: string,
): Promise<Statement> {
  if (act.actor.kind !== 'person') throw new Error('a note has an author')
  const id = act.newId<'case-note'>(file.id.slice(0, 6) as never)
  return store.noteInserted({
    id,
    case: file.id,
    kind,
    author: act.actor.personId,
    at: act.now,
    body: await act.platform.cipher.seal(act.tx, file.id, sealedAt.note(id), JSON.stringify(lines)),
    serviceRecord,
  })
}

/** The event of a verb: states, codes and numbers. Neither contract nor person is linked: who reads those must not find the case. */
export function recordCase(
  act: Act,
  verb: CaseVerb | 'openCase',
  before: Case | undefined,
  after: Case,
  data: Readonly<Record<string, unknown>> = {},
): void {
  act.record({
    name: `delivery.${verb}`,
    of: caseRef(after),
    division: after.division,
    state: { from: before?.state, to: after.state },
    data,
    waiting: waitingOfCase(after),
  })
}

export function tellOfCase(act: Act, file: Case, persons: readonly string[], what: string): void {
  notify(act, { persons, kind: `delivery.${what}`, of: caseRef(file), params: { case: shownCaseNumber(file) } })
}

type Ruled = Case | { readonly file: Case; readonly destroy: boolean }

type Change = {
  readonly verb: CaseVerb
  /** Who may: the worker, the supervisor, or either. */
  readonly by: Relation | 'either'
  /** May look things up: the case is locked. */
  readonly rule: (file: Case, relation: Relation) => Ruling<Ruled> | Promise<Ruling<Ruled>>
  readonly note?: { readonly kind: NoteKind; readonly lines: readonly NoteLine[] }
  readonly data?: Readonly<Record<string, unknown>>
  /** Files what the work grew into, the service record of its hours, together with the writes of the case, which name it. */
  readonly filed?: (
    before: Case,
    writes: (serviceRecord: string) => Promise<readonly Statement[]>,
  ) => Promise<Ruling<unknown>>
  readonly tell?: (after: Case, before: Case) => { readonly persons: readonly string[]; readonly what: string }
}

/** One verb of one case. To whoever is neither its worker nor its supervisor the case is not there: 404 before anything else is looked at. */
export async function changeCase(act: Act, id: string, change: Change): Promise<Ruling<ReturnType<typeof caseAnswer>>> {
  const before = await store.findCaseForUpdate(act.tx, id)
  const relation = before === undefined ? undefined : relationOf(before, act.actor)
  if (before === undefined || relation === undefined) return absent()
  const judged = await act.judge({ reach: reachOfCase(before), version: before.version }, () =>
    change.by === 'either' || change.by === relation ? allow(true) : absent(),
  )
  if (!judged.ok) return judged
  const ruling = await change.rule(before, relation)
  if (!ruling.ok) return ruling
  const { file: after, destroy } = 'file' in ruling.value ? ruling.value : { file: ruling.value, destroy: false }
  const { note } = change
  const writes = async (serviceRecord?: string) => [
    ...(note === undefined ? [] : [await sealedNote(act, after, note.kind, note.lines, serviceRecord)]),
    store.caseSaved(after, act.now),
  ]
  if (change.filed === undefined) await together(act.tx, await writes())
  else {
    const filed = await change.filed(before, writes)
    if (!filed.ok) return filed
  }
  if (destroy) await act.platform.cipher.destroy(act.tx, after.id)
  recordCase(act, change.verb, before, after, { ...change.data, ...(destroy ? { destroyed: true } : {}) })
  const told = change.tell?.(after, before)
  if (told !== undefined) tellOfCase(act, after, told.persons, told.what)
  return allow(caseAnswer(after))
}
