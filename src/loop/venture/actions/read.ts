// Venture calls: lists and the views of calls and proposals; what is still secret stays out of every one of them.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { type Actor, holds, may } from '../../../kit/actor.ts'
import { countCap, type Page } from '../../../kit/listing.ts'
import { formatYuan } from '../../../kit/money.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { listNeeds } from '../../needs/public.ts'
import * as contract from '../contract.ts'
import * as judged from '../contract/judging.ts'
import * as proposed from '../contract/proposals.ts'
import * as rules from '../rules.ts'
import { panelLeft } from '../rules/award.ts'
import * as calls from '../store.ts'
import * as judging from '../store/judging.ts'
import * as lists from '../store/lists.ts'
import * as papers from '../store/proposals.ts'
import { splitId } from '../../../kit/id.ts'

type Bounded<T> = {
  readonly rows: (size: number, after: string | undefined) => Promise<T[]>
  readonly count: () => Promise<number>
}

async function pageOf<T extends { readonly id: string }, R>(
  { rows, count }: Bounded<T>,
  query: { readonly size: number; readonly cursor?: string },
  shown: (row: T) => R,
): Promise<Page<R>> {
  const after = readCursor(query.cursor, 1)?.[0]
  const found = await rows(query.size + 1, after)
  const page = found.slice(0, query.size)
  const last = page.at(-1)
  const n = after === undefined ? await count() : undefined
  return {
    rows: page.map(shown),
    next: found.length > query.size && last !== undefined ? cursorOf([splitId(last.id).uuid]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  }
}

type ListedCall = Awaited<ReturnType<typeof lists.listCallRows>>[number]

function callRow(call: ListedCall) {
  return {
    id: call.id,
    number: rules.shownNumber(call),
    title: call.title,
    state: call.state,
    division: call.division,
    divisionName: divisionName(call.division),
    ceiling: formatYuan(call.ceiling),
    total: formatYuan(call.total),
    proposalsUntil: call.proposalsUntil,
    voteUntil: call.voteUntil,
    updatedAt: call.updatedAt,
  }
}

function callPage(ask: Ask, filter: lists.CallFilter, query: { readonly size: number; readonly cursor?: string }) {
  return pageOf(
    {
      rows: (size, after) => lists.listCallRows(ask.tx, filter, size, after),
      count: () => lists.listCallCount(ask.tx, filter, countCap),
    },
    query,
    callRow,
  )
}

export const listCalls = question(contract.listCalls, async (ask, { query }) =>
  allow(await callPage(ask, { openOnly: true, place: query.division, state: query.state }, query)),
)

export const listDeskCalls = question(contract.listDeskCalls, async (ask, { query }) => {
  const { divisions } = ask.scopes
  const filter = { openOnly: false, divisions, keepers: divisions.flatMap(rules.keepersFor) }
  return allow(await callPage(ask, { ...filter, place: query.division, state: query.state }, query))
})

export const listMyVenturePanels = question(judged.listMyVenturePanels, async (ask, { query }) => {
  const me = ask.actor.kind === 'person' ? ask.actor.personId : ''
  return allow(await callPage(ask, { openOnly: true, panelist: me }, query))
})

function proposalRow(proposal: rules.Proposal, call: rules.Call | undefined) {
  return {
    id: proposal.id,
    number: rules.shownNumber(proposal),
    title: proposal.title,
    state: proposal.state,
    call: proposal.call,
    callTitle: call?.title,
    callState: call?.state,
    division: proposal.division,
    divisionName: divisionName(proposal.division),
    organization: proposal.organization,
    organizationName: proposal.organizationName,
    asked: formatYuan(proposal.asked),
  }
}

function proposalsOf(ask: Ask, filter: lists.ProposalFilter): Bounded<rules.Proposal> {
  return {
    rows: (size, after) => lists.listProposalRows(ask.tx, filter, size, after),
    count: () => lists.listProposalCount(ask.tx, filter, countCap),
  }
}

/** Whoever works on the call itself sees what was handed in. */
function isCallDesk(call: rules.Call, actor: Actor): boolean {
  return may(actor, 'venture.readProposal', { division: call.division })
}

export const listProposals = question(proposed.listProposals, async (ask, { params, query }) => {
  const call = await calls.findCall(ask.tx, params.id)
  if (call === undefined || !rules.mayReadCall(call, ask.actor)) return absent()
  const seen = isCallDesk(call, ask.actor) ? 'desk' : 'public'
  const bounded = proposalsOf(ask, { call: call.id, seen, state: query.state })
  return allow(await pageOf(bounded, query, (proposal) => proposalRow(proposal, call)))
})

export const listMyProposals = question(proposed.listMyProposals, async (ask, { query }) => {
  const bounded = proposalsOf(ask, { organizations: ask.scopes.organizations, seen: 'own', state: query.state })
  const page = await pageOf(bounded, query, (proposal) => proposal)
  const known = await calls.listCallsById(ask.tx, [...new Set(page.rows.map((proposal) => proposal.call))])
  const byId = new Map<string, rules.Call>(known.map((call) => [call.id, call]))
  return allow({ ...page, rows: page.rows.map((proposal) => proposalRow(proposal, byId.get(proposal.call))) })
})

function callActions(call: rules.Call, actor: Actor, awardsOpen: number): ActionView[] {
  const reach = rules.reachOfCall(call)
  const verbs = Object.entries(rules.callVerbPermissions) as [keyof typeof rules.callVerbPermissions, string][]
  const rulings: Record<string, Ruling<unknown>> = Object.fromEntries(
    verbs.map(([verb, permission]) => [
      verb,
      may(actor, permission, reach) ? rules.callStanding(call, verb, actor) : forbid('forbidden'),
    ]),
  )
  // Told before it is tried: the rule of closing looks at the awards.
  if (rulings['closeCall']?.ok && awardsOpen > 0) rulings['closeCall'] = refuse('awards-open', { count: awardsOpen })
  rulings['draftProposal'] = holds(actor, 'venture.propose')
    ? call.state === 'open'
      ? allow(true)
      : forbid('call-not-open')
    : forbid('forbidden')
  return actionsOf(rulings)
}

/** Best first; nothing before the announcement. */
function resultsOf(call: rules.Call, proposals: readonly rules.Proposal[]) {
  if (!rules.isAnnounced(call)) return []
  return proposals
    .flatMap((proposal) => {
      const { result } = proposal
      return result === undefined ? [] : [{ proposal, result }]
    })
    .toSorted((one, other) => one.result.rank - other.result.rank)
    .map(({ proposal, result }) => ({
      proposal: proposal.id,
      number: rules.shownNumber(proposal),
      title: proposal.title,
      organizationName: proposal.organizationName,
      state: proposal.state,
      asked: formatYuan(proposal.asked),
      rank: result.rank,
      votes: result.votes,
      voteScore: result.voteScore / 100,
      panelScore: result.panelScore / 100,
      score: result.score / 100,
      award: proposal.award === undefined ? undefined : formatYuan(proposal.award),
    }))
}

export const getCall = question(contract.getCall, async (ask, { params }) => {
  const call = await calls.findCall(ask.tx, params.id)
  if (call === undefined || !rules.mayReadCall(call, ask.actor)) return absent()
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const desk = isCallDesk(call, ask.actor)
  const onPanel = rules.isPanelist(call, ask.actor)
  const announced = rules.isAnnounced(call)
  const scoring = call.state === 'panel' && (desk || onPanel)
  const [counts, votes, sheets, proposals] = await Promise.all([
    papers.getProposalCounts(ask.tx, call.id),
    me === undefined ? [] : judging.listVotesOf(ask.tx, call.id, me),
    scoring || (announced && onPanel) ? judging.listSheets(ask.tx, call.id) : [],
    announced || scoring ? papers.listProposalsOfCall(ask.tx, call.id) : [],
  ])
  const of = proposals.filter((proposal) => proposal.state === 'voted').length * call.panel.length
  const waiting = scoring ? panelLeft(call, proposals, sheets).length : 0
  return allow({
    id: call.id,
    version: call.version,
    number: rules.shownNumber(call),
    state: call.state,
    division: call.division,
    divisionName: divisionName(call.division),
    title: call.title,
    theme: call.theme,
    places: call.places.map((code) => ({ code, name: divisionName(code) ?? code })),
    categories: [...call.categories],
    ceiling: formatYuan(call.ceiling),
    total: formatYuan(call.total),
    source: call.source,
    purchaseItem: call.purchaseItem,
    criteria: [...call.criteria],
    voteWeight: call.voteWeight,
    panelWeight: call.panelWeight,
    proposalsUntil: call.proposalsUntil,
    voteUntil: call.voteUntil,
    scoreUntil: call.scoreUntil,
    terms: call.terms,
    admitted: counts.admitted,
    undecided: desk ? counts.submitted : undefined,
    myVotes: votes,
    draw:
      call.commitment === undefined || call.draw === undefined
        ? undefined
        : {
            commitment: call.commitment,
            listHash: call.draw.listHash,
            // The secret decides ties too: both stay closed until the result stands.
            ...(announced ? { seed: call.draw.seed, secret: call.secret } : {}),
          },
    mySheets: sheets
      .filter((sheet) => sheet.panelist === me)
      .map(({ proposal, points, note }) => ({ proposal, points: [...points], note })),
    onPanel,
    sheets:
      desk && call.state === 'panel' && call.panel.length > 0
        ? { done: Math.min(sheets.length, of - waiting), of }
        : undefined,
    results: resultsOf(call, proposals),
    awarded: call.awarded === undefined ? undefined : formatYuan(call.awarded),
    endReason: call.endReason,
    history: [...call.history],
    actions: callActions(call, ask.actor, proposals.filter((proposal) => proposal.state === 'awarded').length),
  })
})

function proposalActions(
  proposal: rules.Proposal,
  call: rules.Call,
  ask: Ask,
  voted: boolean,
  left: boolean,
): ActionView[] {
  const { actor, now } = ask
  const verbs = Object.entries(rules.proposalVerbPermissions) as [keyof typeof rules.proposalVerbPermissions, string][]
  return actionsOf(
    Object.fromEntries(
      verbs.map(([verb, permission]): [string, Ruling<unknown>] => {
        const reach =
          verb === 'castVentureVote'
            ? rules.judgedVote(proposal, call).reach
            : verb === 'coachProposal'
              ? rules.judgedCoaching(proposal, call, actor).reach
              : rules.reachOfProposal(proposal, call)
        if (!may(actor, permission, reach)) return [verb, forbid('forbidden')]
        const standing = rules.proposalStanding(proposal, call, verb, actor, now)
        if (verb === 'castVentureVote' && standing.ok && voted) return [verb, forbid('voted-before')]
        if (verb === 'castVentureVote' && standing.ok && !left) {
          return [verb, { ...forbid('votes-used'), params: { most: call.terms?.votesEach ?? 1 } }]
        }
        return [verb, standing]
      }),
    ),
  )
}

export const getProposal = question(proposed.getProposal, async (ask, { params }) => {
  const proposal = await papers.findProposal(ask.tx, params.id)
  const call = proposal === undefined ? undefined : await calls.findCall(ask.tx, proposal.call)
  if (proposal === undefined || call === undefined || !rules.mayReadProposal(proposal, call, ask.actor)) return absent()
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const inside = rules.isOwn(proposal, ask.actor) || rules.isDesk(proposal, call, ask.actor)
  const [needs, votes, notes] = await Promise.all([
    listNeeds(ask.tx, proposal.needs),
    me === undefined ? [] : judging.listVotesOf(ask.tx, call.id, me),
    inside ? papers.listCoaching(ask.tx, proposal.id) : [],
  ])
  const coaches =
    notes.length === 0 ? undefined : await listPeople(ask.tx, [...new Set(notes.map((note) => note.person))])
  const voted = votes.some((each) => each === proposal.id)
  const result = rules.isAnnounced(call) ? proposal.result : undefined
  return allow({
    id: proposal.id,
    version: proposal.version,
    number: rules.shownNumber(proposal),
    state: proposal.state,
    call: {
      id: call.id,
      number: rules.shownNumber(call),
      title: call.title,
      state: call.state,
      ceiling: formatYuan(call.ceiling),
    },
    organization: proposal.organization,
    organizationName: proposal.organizationName,
    title: proposal.title,
    division: proposal.division,
    divisionName: divisionName(proposal.division),
    targetGroup: proposal.targetGroup,
    goals: proposal.goals,
    needs: needs.filter((need) => need.visibility === 'public').map(({ id, number, title }) => ({ id, number, title })),
    activities: [...proposal.activities],
    results: [...proposal.results],
    start: proposal.start,
    end: proposal.end,
    budgetLines: proposal.budgetLines.map((line) => ({
      ...line,
      unitPrice: formatYuan(line.unitPrice),
      amount: formatYuan(line.amount),
    })),
    asked: formatYuan(proposal.asked),
    own: proposal.own === undefined ? undefined : formatYuan(proposal.own),
    partners: [...proposal.partners],
    strengths: proposal.strengths,
    reason: inside ? proposal.reason : undefined,
    result:
      result === undefined
        ? undefined
        : {
            rank: result.rank,
            votes: result.votes,
            voteScore: result.voteScore / 100,
            panelScore: result.panelScore / 100,
            score: result.score / 100,
          },
    award: proposal.award === undefined ? undefined : formatYuan(proposal.award),
    project: proposal.project,
    voted,
    coaching: notes.map((note) => ({ words: note.words, at: note.at, by: coaches?.get(note.person)?.officialName })),
    history: [...proposal.history],
    actions: proposalActions(proposal, call, ask, voted, votes.length < (call.terms?.votesEach ?? 1)),
  })
})
