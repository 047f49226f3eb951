// Evaluation: findings of inspections, their rectification and verification.
import { listMembers } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import type { Reach } from '../../../kit/actor.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import { type ContractCard, lookUpContract } from '../../contracts/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules/findings.ts'
import * as store from '../store/findings.ts'
import { listEvaluatorsOf } from '../store.ts'
import { waitingOfFinding } from '../waiting.ts'

const refOf = (finding: rules.Finding) => ({ kind: 'finding', id: finding.id })
const linksOf = (finding: rules.Finding) => [
  { kind: 'contract', id: finding.contract },
  ...(finding.inspection === undefined ? [] : [{ kind: 'inspection', id: finding.inspection }]),
]
const answerOf = (finding: rules.Finding) => ({ id: finding.id, version: finding.version, state: finding.state })

export function recordFindingEvent(
  act: Act,
  verb: string,
  before: rules.Finding | undefined,
  after: rules.Finding,
): void {
  act.record({
    name: `evaluation.${verb}`,
    of: refOf(after),
    division: after.division,
    organization: after.organization,
    state: { from: before?.state, to: after.state },
    links: before === undefined ? linksOf(after) : undefined,
    data: { contract: after.contract, kind: after.kind, serious: after.serious },
    waiting: waitingOfFinding(after),
  })
}

/** Who may look at a contract on the spot and in its records: of the evaluators those of this very contract, no others. */
export async function inspectorsOf(act: Act, card: ContractCard): Promise<Reach> {
  return { division: card.division, persons: await listEvaluatorsOf(act.tx, card.id) }
}

export function freshFinding(
  act: Act,
  card: ContractCard,
  said: { readonly kind: contract.FindingKind; readonly serious: boolean; readonly words: string },
  inspection?: string,
): rules.Finding {
  return {
    id: act.newId<'finding'>(jurisdictionOf(card.division)),
    division: card.division,
    state: 'open',
    version: 1,
    contract: card.id,
    project: card.project,
    organization: card.organization,
    number: card.number,
    title: card.title,
    kind: said.kind,
    serious: said.serious,
    words: said.words,
    foundBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    inspection,
    rectifyUntil: dueAt(act.now, act.policy.number('evaluation.rectify-days', card.division), act.platform.calendar).at,
    createdAt: act.now,
    history: [{ state: 'open', at: act.now }],
  }
}

export const recordFinding = action(contract.recordFinding, async (act, { body }) => {
  const card = await lookUpContract(act.tx, body.contract)
  if (card === undefined) return absent()
  const ruling = await act.judge({ reach: await inspectorsOf(act, card) }, () =>
    card.state === 'active' ? allow(card) : refuse('contract-not-active', { state: card.state }),
  )
  if (!ruling.ok) return ruling
  const finding = freshFinding(act, card, body)
  act.save(jurisdictionOf(finding.division), store.findingsInserted([finding]))
  recordFindingEvent(act, 'recordFinding', undefined, finding)
  notify(act, {
    persons: await listMembers(act.tx, card.organization, 'organization-administrator'),
    kind: 'evaluation.finding',
    of: refOf(finding),
    params: { contract: card.number },
  })
  return allow(answerOf(finding))
})

async function turn(
  act: Act,
  id: string,
  verb: rules.FindingVerb,
  rule: (before: rules.Finding) => Ruling<rules.Finding>,
) {
  const before = await store.findFindingForUpdate(act.tx, id)
  if (before === undefined) return absent()
  const ruling = await act.judge(rules.judgedFinding(before), () => rule(before))
  if (!ruling.ok) return ruling
  await store.saveFinding(act.tx, ruling.value, act.now)
  recordFindingEvent(act, verb, before, ruling.value)
  return allow(answerOf(ruling.value))
}

export const rectifyFinding = action(contract.rectifyFinding, (act, { params, body }) =>
  turn(act, params.id, 'rectifyFinding', (before) => rules.rectifyFinding(before, act.now, body.words)),
)

export const verifyFinding = action(contract.verifyFinding, (act, { params }) =>
  turn(act, params.id, 'verifyFinding', (before) => rules.verifyFinding(before, act.now)),
)

export const reopenFinding = action(contract.reopenFinding, (act, { params, body }) =>
  turn(act, params.id, 'reopenFinding', (before) => {
    const terms = {
      rectifyDays: act.policy.number('evaluation.rectify-days', before.division),
      calendar: act.platform.calendar,
    }
    return rules.reopenFinding(before, act.now, body.words, terms)
  }),
)
