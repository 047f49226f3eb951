// Needs: the figures counted from the needs' own events. Private needs count like all others.
import type { Indicator, IndicatorEntry } from '../../platform/declarations.ts'
import type { StoredEvent } from '../../platform/events.ts'
import { type NeedState, needStates } from './contract.ts'
import { needLifecycle } from './rules.ts'

const one: readonly IndicatorEntry[] = [{ amount: 1n }]

/** A count of the events of which `when` is true. */
function counted(
  name: string,
  hears: readonly string[],
  when: (event: StoredEvent) => boolean = () => true,
): Indicator {
  return { name, unit: 'count', kind: 'count', hears, entries: (event) => (when(event) ? one : []) }
}

const responses = ['needs.acceptNeed', 'needs.declineNeed', 'needs.mergeNeed']
const verdictIs = (value: string) => (event: StoredEvent) => event.data['verdict'] === value

/** Every event by which a need comes to a state: the verbs of the table, and its submission. */
const moves = [
  'needs.submitNeed',
  ...new Set(needStates.flatMap((state) => Object.keys(needLifecycle[state]).map((verb) => `needs.${verb}`))),
]

/** The indicator of how many needs stand in a state now. */
export function standingIn(state: NeedState): string {
  return `needs.standing-${state}`
}

/** How many needs stand in each state now; drafts are nobody's but their resident's. */
const standing = needStates
  .filter((state) => state !== 'draft')
  .map((state): Indicator => {
    const change = ({ stateFrom, stateTo }: StoredEvent) => BigInt(stateTo === state) - BigInt(stateFrom === state)
    return {
      name: standingIn(state),
      unit: 'count',
      kind: 'count',
      hears: moves,
      internal: true,
      entries: (event) => (change(event) === 0n ? [] : [{ amount: change(event) }]),
    }
  })

export const needsIndicators: readonly Indicator[] = [
  counted('needs.raised', ['needs.submitNeed']),
  counted('needs.accepted', ['needs.acceptNeed']),
  counted('needs.declined', ['needs.declineNeed']),
  counted('needs.responded', responses, (event) => event.data['first'] === true),
  counted(
    'needs.responded-within-days',
    responses,
    (event) => event.data['first'] === true && event.data['inTime'] === true,
  ),
  {
    name: 'needs.responded-in-time',
    unit: 'percent',
    kind: 'ratio',
    hears: [],
    of: { part: 'needs.responded-within-days', whole: 'needs.responded' },
  },
  // A reopened need that is answered again is one answered need.
  counted('needs.answered', ['needs.answerNeed'], (event) => event.data['again'] !== true),
  counted('needs.met', ['needs.giveVerdict'], verdictIs('met')),
  counted('needs.partly-met', ['needs.giveVerdict'], verdictIs('partly')),
  counted('needs.not-met', ['needs.giveVerdict'], verdictIs('not-met')),
  counted('needs.reopened', ['needs.reopenNeed']),
  counted('needs.unconfirmed', ['needs.closeUnconfirmed']),
  counted('needs.verified-verdicts', ['needs.giveVerdict'], (event) => event.data['verified'] === true),
  counted('needs.overdue', ['needs.raiseOverdue']),
  {
    name: 'needs.supports',
    unit: 'count',
    kind: 'count',
    hears: ['needs.supportNeed', 'needs.retractSupport'],
    // After a merge one person may take back supports of two needs at once.
    entries: (event) =>
      event.name === 'needs.supportNeed' ? one : [{ amount: -BigInt(Number(event.data['removed'] ?? 1)) }],
  },
  {
    name: 'needs.need-to-verdict',
    unit: 'days',
    kind: 'duration',
    hears: ['needs.giveVerdict'],
    entries: (event) => {
      const submitted = event.data['submittedAt']
      return typeof submitted === 'string' ? [{ durationMs: Date.parse(event.at) - Date.parse(submitted) }] : []
    },
  },
  ...standing,
]
