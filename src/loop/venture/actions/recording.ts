// Venture calls: what every verb does after its rule: the event with what waits and what the clock will do, who is told, policy values.
import { createHash } from 'node:crypto'
import { notify } from '../../../foundation/notices/public.ts'
import type { DivisionCode, RecordRef } from '../../../kit/id.ts'
import type { Fen } from '../../../kit/money.ts'
import type { Act } from '../../../platform/action.ts'
import { type Call, type CallTerms, type Proposal, shownNumber } from '../rules.ts'
import { timersOfCall, waitingOfCall, waitingOfProposal } from '../waiting.ts'

/** SM3 (GB/T 32905-2016) of UTF-8 text, as hex. */
export function sm3(text: string): string {
  return createHash('sm3').update(text, 'utf8').digest('hex')
}

/** Policy values in force at a place, before a call freezes them. */
export function termsOf(act: Pick<Act, 'policy'>, division: DivisionCode): CallTerms {
  const number = (key: string) => act.policy.number(`venture.${key}`, division)
  return {
    votesEach: number('votes-each'),
    proposalsEach: number('proposals-each'),
    mostProposals: number('most-proposals'),
    panelSize: number('panel-size'),
    leastScore: number('least-score'),
    coachingNotes: number('coaching-notes'),
  }
}

export function me(act: Pick<Act, 'actor'>): string {
  return act.actor.kind === 'person' ? act.actor.personId : 'system'
}

/** The event of a call's verb. `panelLeft`: members who have a sheet to fill in. */
export function recordCall(
  act: Act,
  verb: string,
  before: Call | undefined,
  after: Call,
  more: {
    readonly data?: Readonly<Record<string, unknown>>
    readonly amount?: Fen
    readonly panelLeft?: readonly string[]
  } = {},
): void {
  act.record({
    name: `venture.${verb}`,
    of: { kind: 'venture-call', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    amount: more.amount,
    data: { categories: after.categories, source: after.source, ...more.data },
    waiting: waitingOfCall(after, more.panelLeft),
    timers: timersOfCall(after),
  })
}

/** The event of a proposal's verb; what waits for the call stays with the call. */
export function recordProposal(
  act: Act,
  verb: string,
  before: Proposal | undefined,
  after: Proposal,
  call: Call,
  more: {
    readonly data?: Readonly<Record<string, unknown>>
    readonly links?: readonly RecordRef[]
    readonly amount?: Fen
  } = {},
): void {
  act.record({
    name: `venture.${verb}`,
    of: { kind: 'venture-proposal', id: after.id },
    division: after.division,
    organization: after.organization,
    state: { from: before?.state, to: after.state },
    amount: more.amount,
    links: more.links ?? (before === undefined ? [{ kind: 'venture-call', id: call.id }] : undefined),
    data: { call: call.id, ...more.data },
    waiting: waitingOfProposal(after, call),
  })
}

/** Tells those who wrote a proposal. */
export function tellAuthors(act: Act, proposal: Proposal, what: string): void {
  notify(act, {
    persons: [...proposal.authors],
    kind: `venture.${what}`,
    of: { kind: 'venture-proposal', id: proposal.id },
    params: { number: shownNumber(proposal) },
  })
}

/** Tells persons of a call as a whole. */
export function tellOfCall(act: Act, call: Call, persons: readonly string[], what: string): void {
  notify(act, {
    persons: [...new Set(persons)],
    kind: `venture.${what}`,
    of: { kind: 'venture-call', id: call.id },
    params: { number: shownNumber(call) },
  })
}
