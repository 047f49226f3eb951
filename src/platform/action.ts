// One action, end to end: transaction, permission at the record, rule on the locked row, event; and its reading sister, the question.
import type { Actor, Grant, Judged, Scopes } from '../kit/actor.ts'
import { grantFor, holds, may, scopesOf } from '../kit/actor.ts'
import type { Endpoint, InputOf, OutputOf } from '../kit/endpoint.ts'
import type { Id, Jurisdiction, RecordRef } from '../kit/id.ts'
import type { Instant } from '../kit/instant.ts'
import { absent, forbid, refuse, type Refusal, type Ruling } from '../kit/ruling.ts'
import { newId } from './clock.ts'
import { rowOf, rowsOf, type Tx } from './database.ts'
import { type EventDraft, type PendingEvent, writeEvents } from './events.ts'
import { numbersTaken, yearOfNumbers } from './numbers.ts'
import type { Platform, PolicyReader } from './platform.ts'
import type { Save, Statement } from './together.ts'

/** What a request brings along beside its input. */
export type Call = {
  readonly actor: Actor
  readonly correlation: string
  /** From If-Match: the version of the record that the caller saw. */
  readonly expectedVersion?: number
  readonly language: string
}

/** What an action works with. `tx` is the open transaction; nothing outside of it may be touched. */
export type Act = {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Instant
  readonly policy: PolicyReader
  readonly platform: Platform
  readonly language: string
  newId<Kind extends string>(jurisdiction: Jurisdiction): Id<Kind>
  /** The next number that people see, from 1 each year; call it last before the insert: the row stays locked until commit. */
  nextNumber(name: string, jurisdiction: Jurisdiction): Promise<{ year: number; value: number }>
  /** `count` numbers in a row with one statement; `value` is the first of them. */
  nextNumbers(name: string, jurisdiction: Jurisdiction, count: number): Promise<{ year: number; value: number }>
  /**
   * Permission at the record's reach, then If-Match, then separation of duties, then the rule. Refuses with not-found (confidential),
   * forbidden, stale, duties-separated or whatever the rule says.
   */
  judge<T, C extends string>(record: Judged, rule: () => Ruling<T, C>): Promise<Ruling<T>>
  /**
   * Like judge over many records, each with the version that the caller saw of it instead of If-Match. Separation of duties is looked up once
   * for all of them. A refusal is that record's alone: the rulings come back in the order of the cases, and an act in which every case was
   * refused has nothing to record.
   */
  judgeEach<T>(cases: readonly JudgedCase<T>[]): Promise<Ruling<T>[]>
  /**
   * Appends the event with its links, outbox rows, what waits and timers. At least once per accepted act. Written at the act's end, with all
   * its other events: the act itself does not read them back.
   */
  record(event: EventDraft): void
  /**
   * Keeps a statement of one government for the act's end, where it is sent together with its events. For rows that are locked already and that the
   * act does not read back; two statements of one act save different rows.
   */
  save(jurisdiction: Jurisdiction, statement: Statement): void
  /** Keeps an item for the act's end, where all items of the batch are written at once: an act over many records sends no statement per record. */
  gather<Item>(batch: Batch<Item>, item: Item): void
}

/** One record of many: `of` names it, so that its events carry the right by which it was judged; `seen` is the version that the caller saw. */
export type JudgedCase<T> = {
  readonly of: RecordRef
  readonly record: Judged
  readonly seen: number | undefined
  readonly rule: () => Ruling<T>
}

/** What acts gather to write it at their end in a fixed number of statements; `write` may gather for other batches. */
export type Batch<Item> = { readonly write: (act: Act, items: readonly Item[]) => Promise<void> }

/** What a question works with: single reads outside of a transaction. */
export type Ask = {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Instant
  readonly policy: PolicyReader
  readonly platform: Platform
  readonly language: string
  /** Undefined when the actor may see the record by the endpoint's permission, else the refusal (404 or 403). */
  see(record: Judged): Ruling<never> | undefined
  /** The filter of a list by the endpoint's permission. */
  readonly scopes: Scopes
}

type AnyEndpoint = Endpoint & { readonly name: string }

/** An endpoint with what answers it; routes.ts lists them. */
export type Binding = {
  readonly endpoint: AnyEndpoint
  readonly kind: 'action' | 'question'
  readonly run: (platform: Platform, call: Call, input: unknown, around?: Around) => Promise<Ruling<unknown>>
}

/** Runs inside an action's transaction around its work: the idempotency row is written there. */
export type Around = (tx: Tx, work: () => Promise<Ruling<unknown>>) => Promise<Ruling<unknown>>

/** Rolls the transaction back with a refusal; never leaves this file. */
class RolledBack extends Error {
  readonly ruling: Ruling<unknown>
  constructor(ruling: Ruling<unknown>) {
    super('refused')
    this.ruling = ruling
  }
}

async function inTransaction(platform: Platform, work: (tx: Tx) => Promise<Ruling<unknown>>): Promise<Ruling<unknown>> {
  try {
    return await platform.database.transaction(async (tx) => {
      const ruling = await work(tx)
      if (!ruling.ok) throw new RolledBack(ruling)
      return ruling
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.ruling
    throw error
  }
}

const didBefore = `
SELECT DISTINCT e.name, e.record_kind AS kind, e.record_id AS id FROM platform.event e
JOIN jsonb_to_recordset($1::jsonb) AS x(kind text, id text, jurisdiction text)
  ON e.jurisdiction = x.jurisdiction AND e.record_kind = x.kind AND e.record_id = x.id
WHERE e.name = ANY($2) AND (e.actor = ANY($3) OR e.delegated_from = ANY($3))`

type Done = { readonly name: string; readonly kind: string; readonly id: string }

/** Which of the acts `did` stand in the histories of the records by one of the persons. One statement, none when nothing is asked. */
async function whichDone(
  tx: Tx,
  records: readonly RecordRef[],
  did: readonly string[],
  persons: readonly string[],
): Promise<readonly Done[]> {
  if (did.length === 0 || records.length === 0) return []
  const refs = records.map((ref) => ({ ...ref, jurisdiction: ref.id.slice(0, 6) }))
  return rowsOf<Done>(tx, didBefore, [JSON.stringify(refs), [...did], [...persons]])
}

/** Whether one of `did` stands in the history of the lineage by one of the persons. */
export async function hasDone(
  tx: Tx,
  lineage: readonly RecordRef[],
  did: readonly string[],
  persons: readonly string[],
): Promise<boolean> {
  return (await whichDone(tx, lineage, did, persons)).length > 0
}

type OpenAct = Act & {
  readonly done: { judged: boolean; recorded: boolean }
  /** Writes what was gathered and the events. Once, at the end of an accepted act. */
  finish(): Promise<void>
}

function makeAct(platform: Platform, call: Call, tx: Tx, permission: string | undefined): OpenAct {
  const now = platform.clock.now()
  const pending: PendingEvent[] = []
  const saves: Save[] = []
  const gathered = new Map<Batch<never>, unknown[]>()
  const done = { judged: false, recorded: false }
  let grant: Grant | undefined
  const grants = new Map<string, Grant | undefined>()

  /** Permission at the reach, then the version seen; undefined when neither stands in the way. */
  const refusedBefore = (record: Judged, seen: number | undefined, given: Grant | undefined): Refusal | undefined => {
    if (permission !== undefined && call.actor.kind !== 'system' && given === undefined)
      return record.reach.confidential ? absent() : forbid('forbidden')
    if (seen !== undefined && record.version !== undefined && record.version !== seen)
      return refuse('stale', { version: record.version }, { kind: 'stale' })
    return undefined
  }

  async function judgeAll<T>(
    cases: readonly (Omit<JudgedCase<T>, 'of'> & { readonly of?: RecordRef })[],
  ): Promise<Ruling<T>[]> {
    done.judged = true
    const checked = cases.map((one) => {
      const given = permission === undefined ? undefined : grantFor(call.actor, permission, one.record.reach)
      // Without a name of its own the grant stands for whatever the act records.
      if (one.of === undefined) grant = given
      else grants.set(`${one.of.kind}:${one.of.id}`, given)
      return { one, given, refusal: refusedBefore(one.record, one.seen, given) }
    })
    const { actor } = call
    const excluding = platform.separations.filter((separation) => separation.excludes === permission)
    const open = checked.filter(({ refusal }) => refusal === undefined)
    const acts =
      actor.kind === 'person'
        ? await whichDone(
            tx,
            open.flatMap(({ one }) => one.record.lineage ?? []),
            excluding.flatMap((separation) => separation.did),
            [actor.personId, ...new Set(open.flatMap(({ given }) => given?.delegatedFrom ?? []))],
          )
        : []
    return checked.map(({ one, refusal }) => {
      if (refusal !== undefined) return refusal
      const broken = excluding.find(({ did }) =>
        acts.some(
          ({ name, kind, id }) =>
            did.includes(name) && one.record.lineage?.some((ref) => ref.kind === kind && ref.id === id),
        ),
      )
      return broken === undefined ? one.rule() : forbid('duties-separated', { duty: broken.name })
    })
  }

  const act: OpenAct = {
    tx,
    actor: call.actor,
    now,
    policy: platform.policy,
    platform,
    language: call.language,
    done,
    newId: (jurisdiction) => newId(jurisdiction, now),
    nextNumber: (name, jurisdiction) => act.nextNumbers(name, jurisdiction, 1),
    async nextNumbers(name, jurisdiction, count) {
      const { text, values } = numbersTaken(name, jurisdiction, count, now)
      const row = await rowOf<{ value: bigint }>(tx, text, values)
      return { year: yearOfNumbers(now), value: Number(row?.value ?? 0n) - count + 1 }
    },
    async judge(record, rule) {
      const [ruling = absent()] = await judgeAll([{ record, seen: call.expectedVersion, rule }])
      return ruling
    },
    async judgeEach(cases) {
      const rulings = await judgeAll(cases)
      // Told one by one why not: nothing changed, so nothing is to be recorded.
      if (rulings.every((ruling) => !ruling.ok)) done.recorded = true
      return rulings
    },
    record(draft) {
      done.recorded = true
      pending.push({ draft, grant: grants.get(`${draft.of.kind}:${draft.of.id}`) ?? grant })
    },
    save(jurisdiction, statement) {
      saves.push({ jurisdiction, statement })
    },
    gather(batch, item) {
      const items = gathered.get(batch)
      if (items === undefined) gathered.set(batch, [item])
      else items.push(item)
    },
    async finish() {
      // A batch may gather for others while it is written.
      for (let [next] = gathered; next !== undefined; [next] = gathered) {
        const [batch, items] = next
        gathered.delete(batch)
        await batch.write(act, items as never[])
      }
      if (pending.length + saves.length > 0)
        await writeEvents(platform, tx, call.actor, now, call.correlation, pending.splice(0), saves.splice(0))
    },
  }
  return act
}

/** The permission name of an endpoint, or undefined where any caller may come as far as the action's own judgement. */
function permissionOf(endpoint: AnyEndpoint): string | undefined {
  return endpoint.access === 'public' || endpoint.access === 'signed-in' ? undefined : endpoint.access
}

/** Whether the actor may call the endpoint at all, before anything is loaded. */
export function mayCall(endpoint: AnyEndpoint, actor: Actor): Ruling<true> {
  if (actor.kind === 'system' || endpoint.access === 'public') return { ok: true, value: true }
  if (actor.kind === 'anonymous') return refuse('unauthenticated', {}, { kind: 'unauthenticated' })
  if (endpoint.access === 'signed-in' || holds(actor, endpoint.access)) return { ok: true, value: true }
  return forbid('forbidden')
}

/**
 * Binds a verb to its endpoint. The work runs in one transaction; a refusal rolls it back. An allowed work that never judged (where the
 * endpoint names a permission) or never recorded an event is a fault: nothing is allowed, and nothing goes unrecorded, by being forgotten.
 */
export function action<E extends AnyEndpoint>(
  endpoint: E,
  work: (act: Act, input: InputOf<E>) => Promise<Ruling<OutputOf<E>>>,
): Binding {
  return {
    endpoint,
    kind: 'action',
    async run(platform, call, input, around) {
      const permitted = mayCall(endpoint, call.actor)
      if (!permitted.ok) return permitted
      const ruling = await inTransaction(platform, async (tx) => {
        const inner = async () => {
          const act = makeAct(platform, call, tx, permissionOf(endpoint))
          const result = await work(act, input as InputOf<E>)
          if (result.ok && permissionOf(endpoint) !== undefined && !act.done.judged)
            throw new Error(`${endpoint.name}: nothing was judged`)
          if (result.ok && !act.done.recorded && !endpoint.anonymous)
            throw new Error(`${endpoint.name}: no event was recorded`)
          if (result.ok) await act.finish()
          return result
        }
        return around === undefined ? inner() : around(tx, inner)
      })
      if (ruling.ok) platform.wake()
      return ruling
    },
  }
}

/** Binds a read to its endpoint. No transaction; the work filters by `ask.scopes` or asks `ask.see(record)`. */
export function question<E extends AnyEndpoint>(
  endpoint: E,
  work: (ask: Ask, input: InputOf<E>) => Promise<Ruling<OutputOf<E>>>,
): Binding {
  const permission = permissionOf(endpoint)
  return {
    endpoint,
    kind: 'question',
    async run(platform, call, input) {
      const permitted = mayCall(endpoint, call.actor)
      if (!permitted.ok) return permitted
      return work(new Question(platform, call, permission), input as InputOf<E>)
    },
  }
}

class Question implements Ask {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Instant
  readonly policy: PolicyReader
  readonly platform: Platform
  readonly language: string
  readonly #permission: string | undefined

  constructor(platform: Platform, call: Call, permission: string | undefined) {
    this.tx = platform.database.reader
    this.actor = call.actor
    this.now = platform.clock.now()
    this.policy = platform.policy
    this.platform = platform
    this.language = call.language
    this.#permission = permission
  }

  see(record: Judged): Ruling<never> | undefined {
    if (this.#permission === undefined || may(this.actor, this.#permission, record.reach)) return undefined
    return record.reach.confidential ? absent() : forbid('forbidden')
  }

  get scopes(): Scopes {
    return this.#permission === undefined
      ? { divisions: [], organizations: [], departments: [] }
      : scopesOf(this.actor, this.#permission)
  }
}

/** An act of the program itself (timer, reaction): same transaction rules, no person, no permission. */
export async function systemAct<T>(
  platform: Platform,
  name: string,
  work: (act: Act) => Promise<Ruling<T>>,
): Promise<Ruling<T>> {
  const call: Call = { actor: { kind: 'system', name, grants: [] }, correlation: `system:${name}`, language: 'zh-CN' }
  let answer: Ruling<T> | undefined
  const ruling = await inTransaction(platform, async (tx) => {
    const act = makeAct(platform, call, tx, undefined)
    answer = await work(act)
    if (answer.ok) await act.finish()
    return answer
  })
  if (ruling.ok) platform.wake()
  return answer ?? (ruling as Ruling<T>)
}

/** Like systemAct inside a transaction that is already open (outbox delivery deletes its row in the same one). */
export async function actWithin(
  platform: Platform,
  tx: Tx,
  name: string,
  correlation: string,
  work: (act: Act) => Promise<void>,
): Promise<void> {
  const call: Call = { actor: { kind: 'system', name, grants: [] }, correlation, language: 'zh-CN' }
  const act = makeAct(platform, call, tx, undefined)
  await work(act)
  await act.finish()
}
