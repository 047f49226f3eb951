// Venture calls: residents' votes, the panel's draw and scores, and the announcement.
import { listAssignmentsOf, listHolders } from '../../../foundation/identity/public.ts'
import { ancestorAt, jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, refuse } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { listStaffPersons } from '../../../registers/organizations/public.ts'
import { listEmployedPersons } from '../../../registers/social-workers/public.ts'
import * as callContract from '../contract.ts'
import * as contract from '../contract/judging.ts'
import * as rules from '../rules.ts'
import * as award from '../rules/award.ts'
import * as calls from '../store.ts'
import * as store from '../store/judging.ts'
import * as papers from '../store/proposals.ts'
import { recordCall, recordProposal, sm3, tellAuthors, tellOfCall } from './recording.ts'

export const castVentureVote = action(contract.castVentureVote, async (act, { params }) => {
  const proposal = await papers.findProposal(act.tx, params.id)
  const call = proposal === undefined ? undefined : await calls.findCallForShare(act.tx, proposal.call)
  if (proposal === undefined || call === undefined || !rules.isPublic(proposal)) return absent()
  const ruling = await act.judge(rules.judgedVote(proposal, call), () =>
    rules.proposalStanding(proposal, call, 'castVentureVote', act.actor, act.now),
  )
  if (!ruling.ok) return ruling
  if (act.actor.kind !== 'person') return absent()
  const person = act.actor.personId
  const most = call.terms?.votesEach ?? 1
  if (!(await store.insertVote(act.tx, { call: call.id, proposal: proposal.id, person, at: act.now })))
    return refuse('voted-before')
  const used = await store.saveVoter(act.tx, call.id, person, most)
  if (used === undefined) return refuse('votes-used', { most })
  // For which proposal stays out of the event: histories and figures would tell the running result.
  act.record({
    name: 'venture.castVentureVote',
    of: { kind: 'venture-vote', id: act.newId<'venture-vote'>(jurisdictionOf(call.division)) },
    division: call.division,
    data: { call: call.id },
  })
  return allow({ id: proposal.id, left: most - used })
})

/** Persons who belong to one of the organizations by office, assignment or employment, or wrote one of the proposals. */
async function tiedPersons(
  act: Act,
  among: readonly string[],
  proposals: readonly rules.Proposal[],
): Promise<Set<string>> {
  const organizations = [...new Set(proposals.map((proposal) => proposal.organization))]
  const tied = new Set<string>(proposals.flatMap((proposal) => proposal.authors))
  for (const { organization, person } of await listAssignmentsOf(act.tx, among)) {
    if (organization !== undefined && organizations.includes(organization)) tied.add(person)
  }
  const staff = await listStaffPersons(act.tx, organizations)
  const employed = await listEmployedPersons(act.tx, organizations)
  for (const person of [...[...staff.values()].flat(), ...employed]) tied.add(person)
  return tied
}

export const appointPanel = action(callContract.appointPanel, async (act, { params }) => {
  const call = await calls.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const proposals = (await papers.listProposalsOfCall(act.tx, call.id)).filter((each) => each.state === 'voted')
  const county = ancestorAt(call.division, 'county') ?? call.division
  const experts = call.state === 'panel' ? await listHolders(act.tx, 'panelist', county) : []
  const tied = await tiedPersons(act, experts, proposals)
  const candidates = experts.filter((expert) => !tied.has(expert))
  const ruling = await act.judge(rules.judgedCall(call), () =>
    award.appointPanel(call, act.actor, act.now, candidates, proposals, sm3),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  act.save(jurisdictionOf(next.division), calls.callSaved(next, act.now))
  recordCall(act, 'appointVenturePanel', call, next, {
    data: { listHash: next.draw?.listHash, size: next.panel.length },
  })
  return allow({ id: next.id, version: next.version, state: next.state })
})

/** Those who were drawn hear of it right after the act. */
export async function tellPanel(act: Act, id: string): Promise<void> {
  const call = await calls.findCall(act.tx, id)
  if (call !== undefined) tellOfCall(act, call, call.panel, 'drawn')
}

export const leavePanel = action(contract.leaveVenturePanel, async (act, { params }) => {
  const call = await calls.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const { proposals, sheets } = await store.listScored(act.tx, call.id)
  const ruling = await act.judge(rules.judgedCall(call), () => award.leavePanel(call, act.actor, act.now, sheets))
  if (!ruling.ok) return ruling
  const next = ruling.value
  await calls.saveCall(act.tx, next, act.now)
  recordCall(act, 'leaveVenturePanel', call, next, { panelLeft: award.panelLeft(next, proposals, sheets) })
  tellOfCall(
    act,
    next,
    next.panel.filter((person) => !call.panel.includes(person)),
    'drawn',
  )
  return allow({ id: next.id, version: next.version, state: next.state })
})

export const scoreProposal = action(contract.scoreProposal, async (act, { params, body }) => {
  // Locked: who fills in the last sheet is known, and what waits is right.
  const call = await calls.findCallOfProposalForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const { proposals, sheets } = await store.listScored(act.tx, call.id)
  const proposal = proposals.find((each) => each.id === params.id)
  if (proposal === undefined) return absent()
  const me = act.actor.kind === 'person' ? act.actor.personId : ''
  const tied = rules.isPanelist(call, act.actor) ? await tiedPersons(act, [me], [proposal]) : new Set<string>()
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    award.scoreProposal(proposal, call, act.actor, act.now, body, [...tied]),
  )
  if (!ruling.ok) return ruling
  const sheet = { proposal: proposal.id, panelist: me, points: body.points, note: body.note, at: act.now }
  if (!(await store.insertSheet(act.tx, call.id, sheet))) return refuse('scored-before')
  const left = award.panelLeft(call, proposals, [...sheets, sheet])
  // The points stay out of the event: nobody sees them before all are in.
  recordProposal(act, 'scoreProposal', proposal, proposal, call)
  recordCall(act, 'sheetHandedIn', call, call, { panelLeft: left })
  return allow({ id: proposal.id, version: proposal.version, state: proposal.state })
})

export const announceCall = action(callContract.announceCall, async (act, { params }) => {
  const call = await calls.findCallForUpdate(act.tx, params.id)
  if (call === undefined) return absent()
  const { proposals, sheets } = await store.listScored(act.tx, call.id)
  const lineage = [call, ...proposals].map(({ id }, index) => ({
    kind: index === 0 ? 'venture-call' : 'venture-proposal',
    id,
  }))
  const ruling = await act.judge({ ...rules.judgedCall(call), lineage }, () =>
    award.announceCall(call, act.actor, act.now, proposals, sheets, sm3),
  )
  if (!ruling.ok) return ruling
  const { call: next, proposals: ranked } = ruling.value
  await calls.saveCall(act.tx, next, act.now)
  await papers.saveResults(act.tx, jurisdictionOf(call.division), ranked, act.now)
  recordCall(act, 'announceCall', call, next, {
    data: { proposals: ranked.length, awarded: ranked.filter((each) => each.award !== undefined).length },
    amount: next.awarded,
  })
  const before = new Map<string, rules.Proposal>(proposals.map((proposal) => [proposal.id, proposal]))
  for (const proposal of ranked) {
    const won = proposal.award !== undefined
    recordProposal(act, won ? 'awardProposal' : 'passOverProposal', before.get(proposal.id), proposal, next, {
      data: { rank: proposal.result?.rank, score: proposal.result?.score },
      amount: proposal.award,
    })
    tellAuthors(act, proposal, won ? 'awarded' : 'not-awarded')
  }
  return allow({ id: next.id, version: next.version, state: next.state })
})
