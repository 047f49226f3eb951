// Venture calls: an organization's proposal from the draft to the project, with screening and coaching.
import { jurisdictionOf } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { getOrganization, qualificationOf } from '../../../registers/organizations/public.ts'
import { listNeeds } from '../../needs/public.ts'
import * as projects from '../../projects/public.ts'
import * as contract from '../contract/proposals.ts'
import * as rules from '../rules.ts'
import * as proposing from '../rules/proposals.ts'
import * as calls from '../store.ts'
import * as store from '../store/proposals.ts'
import { me, recordProposal, sm3, tellAuthors } from './recording.ts'

function answerOf(proposal: rules.Proposal) {
  return allow({
    id: proposal.id,
    version: proposal.version,
    state: proposal.state,
    number: rules.shownNumber(proposal),
  })
}

type Loaded = { readonly proposal: rules.Proposal; readonly call: rules.Call }

function load(act: Act, id: string): Promise<Loaded | undefined> {
  return store.findProposalForUpdate(act.tx, id)
}

async function keep(
  act: Act,
  verb: string,
  { proposal, call }: Loaded,
  ruling: Ruling<rules.Proposal>,
  data?: Readonly<Record<string, unknown>>,
) {
  if (!ruling.ok) return ruling
  await store.saveProposal(act.tx, ruling.value, act.now)
  recordProposal(act, verb, proposal, ruling.value, call, { data })
  return answerOf(ruling.value)
}

export const draftProposal = action(contract.draftProposal, async (act, { params, body }) => {
  const call = await calls.findCallForShare(act.tx, params.id)
  if (call === undefined || call.openedAt === undefined) return absent()
  const { organization, ...content } = body
  const counts = await store.getProposalCounts(act.tx, call.id, organization)
  const standing = await qualificationOf(act.tx, organization, today(act.now))
  const needs = await listNeeds(act.tx, content.needs)
  const ruling = await act.judge(
    { reach: { division: call.division, organizations: [organization] } },
    () =>
      proposing.mayDraft(call, act.now, standing, counts.own) ??
      proposing.checkProposal(content, call) ??
      proposing.checkNeeds(content, needs) ??
      allow(true),
  )
  if (!ruling.ok) return ruling
  const card = await getOrganization(act.tx, organization)
  const jurisdiction = jurisdictionOf(call.division)
  const proposal: rules.Proposal = {
    ...content,
    id: act.newId<'venture-proposal'>(jurisdiction),
    call: call.id,
    number: await act.nextNumber('venture', jurisdiction),
    state: 'draft',
    version: 1,
    organization,
    organizationName: card.name,
    authors: [me(act)],
    coachings: 0,
    createdAt: act.now,
    history: [{ state: 'draft', at: act.now }],
  }
  await store.insertProposal(act.tx, proposal, act.now)
  recordProposal(act, 'draftProposal', undefined, proposal, call, { amount: proposal.asked })
  return answerOf(proposal)
})

export const editProposal = action(contract.editProposal, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const needs = await listNeeds(act.tx, body.needs)
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    proposing.editProposal(proposal, call, act.actor, act.now, body, needs),
  )
  return keep(act, 'editProposal', loaded, ruling)
})

export const submitProposal = action(contract.submitProposal, async (act, { params }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const counts = await store.getProposalCounts(act.tx, call.id)
  const standing = await qualificationOf(act.tx, proposal.organization, today(act.now))
  const needs = await listNeeds(act.tx, proposal.needs)
  const hash = sm3(`${proposal.id}\n${proposal.title}\n${proposal.asked}\n${store.designText(proposal)}`)
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    proposing.submitProposal(proposal, call, act.actor, act.now, standing, needs, counts.handed, hash),
  )
  if (!ruling.ok) return ruling
  await store.saveProposal(act.tx, ruling.value, act.now)
  recordProposal(act, 'submitProposal', proposal, ruling.value, call, {
    data: { hash },
    links: proposal.needs.map((id) => ({ kind: 'need', id })),
    amount: proposal.asked,
  })
  return answerOf(ruling.value)
})

export const takeBackProposal = action(contract.takeBackProposal, async (act, { params }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    proposing.takeBackProposal(proposal, call, act.actor, act.now),
  )
  return keep(act, 'takeBackProposal', loaded, ruling)
})

export const withdrawProposal = action(contract.withdrawProposal, async (act, { params }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    rules.decideProposal(proposal, call, 'withdrawProposal', act.actor, act.now),
  )
  return keep(act, 'withdrawProposal', loaded, ruling)
})

export const admitProposal = action(contract.admitProposal, async (act, { params }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    proposing.admitProposal(proposal, call, act.actor, act.now),
  )
  if (ruling.ok) tellAuthors(act, ruling.value, 'admitted')
  return keep(act, 'admitProposal', loaded, ruling)
})

export const turnAwayProposal = action(contract.turnAwayProposal, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    rules.decideProposal(proposal, call, 'turnAwayProposal', act.actor, act.now, { reason: body.reason }),
  )
  if (ruling.ok) tellAuthors(act, ruling.value, 'turned-away')
  return keep(act, 'turnAwayProposal', loaded, ruling)
})

export const coachProposal = action(contract.coachProposal, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const ruling = await act.judge(rules.judgedCoaching(proposal, call, act.actor), () =>
    rules.decideProposal(proposal, call, 'coachProposal', act.actor, act.now, { coachings: proposal.coachings + 1 }),
  )
  if (!ruling.ok) return ruling
  const note = act.newId<'coaching'>(jurisdictionOf(call.division))
  await store.insertCoaching(act.tx, proposal.id, note, { person: me(act), words: body.words, at: act.now })
  tellAuthors(act, ruling.value, 'coached')
  return keep(act, 'coachProposal', loaded, ruling, { notes: ruling.value.coachings })
})

export const declineAward = action(contract.declineAward, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    rules.decideProposal(proposal, call, 'declineAward', act.actor, act.now, { reason: body.reason }),
  )
  return keep(act, 'declineAward', loaded, ruling)
})

export const makeVentureProject = action(contract.makeVentureProject, async (act, { params, body }) => {
  const loaded = await load(act, params.id)
  if (loaded === undefined) return absent()
  const { proposal, call } = loaded
  const ruling = await act.judge(rules.judgedProposal(proposal, call), () =>
    proposing.makeVentureProject(proposal, call, act.actor, act.now, body),
  )
  if (!ruling.ok) return ruling
  const { title, targetGroup, goals, activities, results, start, end, budgetLines, partners, asked } = proposal
  const project = await projects.makeVentureProject(act, {
    design: {
      ...{ title, targetGroup, goals, activities, results, start, end, budgetLines, partners },
      categories: call.categories,
      needs: body.needs,
      steps: [],
      budget: asked,
      mode: 'venture-call',
      source: call.source,
      purchaseItem: call.purchaseItem,
    },
    division: proposal.division,
    venture: {
      undertaker: proposal.organization,
      proposal: proposal.id,
      award: proposal.award ?? asked,
      publicVotes: proposal.result?.votes ?? 0,
    },
  })
  if (!project.ok) return project
  const next: rules.Proposal = { ...ruling.value, project: project.value.id }
  act.save(jurisdictionOf(call.division), store.proposalSaved(next, act.now))
  recordProposal(act, 'makeVentureProject', proposal, next, call, {
    data: { project: project.value.id },
    amount: asked,
  })
  tellAuthors(act, next, 'project-made')
  return answerOf(next)
})
