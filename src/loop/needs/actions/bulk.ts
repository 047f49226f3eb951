// Needs: the desk's bulk acts. Each need is judged alone with the version that was seen; whatever is allowed is saved together.
import { getPerson, listHolders } from '../../../foundation/identity/public.ts'
import type { Id } from '../../../kit/id.ts'
import { absent, allow, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { may } from '../../../kit/actor.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type Act, action } from '../../../platform/action.ts'
import type { Language } from '../../../platform/words.ts'
import * as bulk from '../contract/bulk.ts'
import * as rules from '../rules/desk.ts'
import {
  judgedNeed,
  mayRead,
  type Need,
  needVerbPermissions,
  type NeedVerb,
  reachOf,
  shownNumber,
  standing,
} from '../rules.ts'
import { listNeedsForUpdate, saveNeeds } from '../store.ts'
import { saveCounts, saveRootOfAll } from '../store/supports.ts'
import { proposalOnRecord } from './categories.ts'
import { myself, type Worker } from './desk.ts'
import { lockedClusters } from './merge.ts'
import { recordNeed, responseOf, tell, tellPersons, termsOf } from './recording.ts'

type Answer = OutputOf<typeof bulk.acceptNeeds>
type Seen = { readonly id: string; readonly version: number }
type Turned = { readonly before: Need; readonly after: Need }

/** The verbs that the worker may do to a need as it is now. */
function possibleFor(act: Act, need: Need): string[] {
  return (Object.entries(needVerbPermissions) as [NeedVerb, string][]).flatMap(([verb, permission]) =>
    may(act.actor, permission, reachOf(need)) && standing(need, verb, act.actor, act.now).ok ? [verb] : [],
  )
}

function conflictOf(act: Act, id: string, need: Need | undefined, refusal: Ruling<never>): Answer['conflicts'] {
  if (refusal.ok) return []
  const { code, params } = refusal
  // The list beside shows it as it is now: nobody has to load anything again.
  const text = code === 'stale' ? 'moved-on' : code
  const detail = act.platform.words.say(act.language as Language, 'needs', `refusals.${text}`, params)
  if (need === undefined || code === 'not-found' || code === 'forbidden') return [{ id, code, detail, possible: [] }]
  const { version, state, holder } = need
  return [
    {
      id,
      code,
      detail,
      number: shownNumber(need),
      version,
      state,
      holder: holder?.name,
      possible: possibleFor(act, need),
    },
  ]
}

/**
 * Judges the asked needs among the locked ones, each by itself. `turned`: those that the rule allows, in the order of the question;
 * `answer`: what is told when they are saved.
 */
async function judgeAsked(
  act: Act,
  asked: readonly Seen[],
  locked: readonly Need[],
  rule: (need: Need, at: number) => Ruling<Need>,
): Promise<{ turned: Turned[]; answer: Answer }> {
  const byId = new Map<string, Need>(locked.map((need) => [need.id, need]))
  const cases = asked.flatMap(({ id, version }, at) => {
    const need = byId.get(id)
    if (need === undefined || !mayRead(need, act.actor)) return []
    return [
      { of: { kind: 'need', id: need.id }, record: judgedNeed(need), seen: version, rule: () => rule(need, at), need },
    ]
  })
  const rulings = await act.judgeEach(cases)
  const ruled = new Map(cases.map(({ need }, at) => [need.id as string, { need, ruling: rulings[at] ?? absent() }]))
  const turned: Turned[] = []
  const answer: Answer = { done: [], conflicts: [] }
  for (const { id } of asked) {
    const { need, ruling } = ruled.get(id) ?? { need: undefined, ruling: absent() }
    if (ruling.ok && need !== undefined) {
      turned.push({ before: need, after: ruling.value })
      answer.done.push({ id, version: ruling.value.version, state: ruling.value.state })
    } else if (!ruling.ok) answer.conflicts.push(...conflictOf(act, id, need, ruling))
  }
  return { turned, answer }
}

type Turn = {
  readonly verb: NeedVerb
  readonly rule: (need: Need, at: number) => Ruling<Need>
  readonly data?: (turned: Turned) => Record<string, unknown>
  readonly afterwards: (turned: Turned) => void
}

/** Locks, judges, saves and records a verb on many needs: a fixed number of statements, however many there are. */
async function changeEach(act: Act, asked: readonly Seen[], turn: Turn): Promise<Ruling<Answer>> {
  const { cipher } = act.platform
  const locked = await listNeedsForUpdate(
    act.tx,
    cipher,
    asked.map(({ id }) => id),
  )
  const { turned, answer } = await judgeAsked(act, asked, locked, turn.rule)
  await saveNeeds(act.tx, cipher, turned, act.now)
  for (const one of turned) {
    recordNeed(act, turn.verb, one.before, one.after, turn.data?.(one))
    turn.afterwards(one)
  }
  return allow(answer)
}

export const acceptNeeds = action(bulk.acceptNeeds, async (act, { body }) => {
  const by = await myself(act)
  return changeEach(act, body.needs, {
    verb: 'acceptNeed',
    rule: (need, at) =>
      rules.acceptNeed(
        need,
        act.actor,
        act.now,
        { category: body.needs[at]?.category ?? need.category, routeHint: body.routeHint, by },
        termsOf(act, need.division),
      ),
    data: ({ before, after }) => ({
      ...responseOf(before, act.now),
      routeHint: after.routeHint,
      categoryBefore: before.category,
      ...proposalOnRecord(before, act.policy.number('needs.classifier-threshold', before.division)),
    }),
    afterwards: ({ after }) => tellPersons(act, after, [after.resident], 'accepted'),
  })
})

export const declineNeeds = action(bulk.declineNeeds, (act, { body: { needs, reason, words } }) =>
  changeEach(act, needs, {
    verb: 'declineNeed',
    rule: (need) => rules.declineNeed(need, act.actor, act.now, { reason, words }, termsOf(act, need.division)),
    data: ({ before }) => ({ ...responseOf(before, act.now), reason, final: before.appealedAt !== undefined }),
    afterwards: ({ after }) =>
      tellPersons(act, after, [after.resident], after.appealedAt === undefined ? 'declined' : 'declined-final'),
  }),
)

/** The places at which a person works on needs, with the name by which the person acts there. */
async function colleague(
  act: Act,
  person: Id<'person'>,
  needs: readonly Need[],
): Promise<{ readonly places: ReadonlySet<string>; readonly worker: Worker }> {
  // The head's own community, and those whose codes it took over: a handful, whatever the number of needs.
  const divisions = [...new Set(needs.map((need) => need.division))].filter((division) =>
    may(act.actor, 'needs.assignNeed', { division }),
  )
  const places = await Promise.all(
    divisions.map(async (division) => {
      const [workers, heads] = await Promise.all([
        listHolders(act.tx, 'community-worker', division),
        listHolders(act.tx, 'community-head', division),
      ])
      return [...workers, ...heads].includes(person) ? [division] : []
    }),
  )
  const card = await getPerson(act.tx, person)
  return { places: new Set(places.flat()), worker: { id: card.id, name: card.officialName ?? card.maskedName } }
}

export const assignNeeds = action(bulk.assignNeeds, async (act, { body }) => {
  const { cipher } = act.platform
  const ids = body.needs.map(({ id }) => id)
  const locked = await listNeedsForUpdate(act.tx, cipher, ids)
  const found = await colleague(act, body.to, locked)
  if (found.places.size === 0 && locked.some((need) => may(act.actor, 'needs.assignNeed', reachOf(need))))
    return invalid([{ path: 'body.to', code: 'not-a-worker-here' }])
  const { turned, answer } = await judgeAsked(act, body.needs, locked, (need) =>
    found.places.has(need.division)
      ? rules.assignNeed(need, act.actor, act.now, found.worker)
      : refuse('not-a-worker-here'),
  )
  await saveNeeds(act.tx, cipher, turned, act.now)
  for (const { before, after } of turned) {
    recordNeed(act, 'assignNeed', before, after, { holder: body.to, from: before.holder?.id })
    tellPersons(act, after, [body.to], 'given-to-you')
  }
  return allow(answer)
})

export const takeOverNeeds = action(bulk.takeOverNeeds, async (act, { body }) => {
  const by = await myself(act)
  return changeEach(act, body.needs, {
    verb: 'takeOverNeed',
    rule: (need) => rules.takeOverNeed(need, act.actor, act.now, by),
    data: ({ before }) => ({ holder: by.id, from: before.holder?.id, reason: body.reason }),
    afterwards: ({ before, after }) =>
      tellPersons(act, after, before.holder === undefined ? [] : [before.holder.id], 'taken-over'),
  })
})

export const mergeNeeds = action(bulk.mergeNeeds, async (act, { body }) => {
  const { cipher } = act.platform
  const cluster = await lockedClusters(act, [...body.needs.map(({ id }) => id), body.into])
  const target = cluster.find((member) => member.id === body.into)
  if (target === undefined || !mayRead(target, act.actor)) return refuse('target-not-open', { state: 'unknown' })
  const { turned, answer } = await judgeAsked(act, body.needs, cluster, (need) =>
    rules.mergeNeed(need, target, act.actor, act.now),
  )
  if (turned.length === 0) return allow(answer)
  await saveNeeds(act.tx, cipher, turned, act.now)
  await saveRootOfAll(
    act.tx,
    turned.map(({ before }) => before.id),
    target.id,
  )
  const counts = await saveCounts(act.tx, target.id, act.now)
  for (const { before, after } of turned) {
    recordNeed(act, 'mergeNeed', before, after, { ...responseOf(before, act.now), into: target.id })
    recordNeed(
      act,
      'receiveMerge',
      target,
      { ...target, ...counts },
      { from: before.id, supports: counts.supports },
      true,
    )
  }
  tell(act, target, 'merged')
  return allow(answer)
})
