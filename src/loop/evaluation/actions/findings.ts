// Evaluation: findings of inspections, their rectification and verification.
import { listMembers } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, refuse, type Ruling } from '../../../kit/ruling.ts'
import { dueAt } from '../../../kit/working-days.ts'
import { type Act, action } from '../../../platform/action.ts'
import { lookUpContract } from '../../contracts/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules/findings.ts'
import * as store from '../store/findings.ts'
import { listEvaluatorsOf } from '../store.ts'
import { waitingOfFinding } from '../waiting.ts'

const refOf = (finding: rules.Finding) => ({ kind: 'finding', id: finding.id })
const answerOf = (finding: rules.Finding) => ({ id: finding.id, version: finding.version, state: finding.state })

function recordEvent(act: Act, verb: string, before: rules.Finding | undefined, after: rules.Finding): void {
  act.record({
    name: `evaluation.${verb}`,
    of: refOf(after),
    division: after.division,
    organization: after.organization,
    state: { from: before?.state, to: after.state },
    links: before === undefined ? [{ kind: 'contract', id: after.contract }] : undefined,
    data: { contract: after.contract, kind: after.kind, serious: after.serious },
    waiting: waitingOfFinding(after),
  })
}

export const recordFinding = action(contract.recordFinding, async (act, { body }) => {
  const card = await lookUpContract(act.tx, body.contract)
  if (card === undefined) return absent()
  // An evaluator of this very contract reaches it, no other does.
  const reach = { division: card.division, persons: await listEvaluatorsOf(act.tx, card.id) }
  const ruling = await act.judge({ reach }, () =>
    card.state === 'active' ? allow(card) : refuse('contract-not-active', { state: card.state }),
  )
  if (!ruling.ok) return ruling
  const finding: rules.Finding = {
    id: act.newId<'finding'>(jurisdictionOf(card.division)),
    division: card.division,
    state: 'open',
    version: 1,
    contract: card.id,
    project: card.project,
    organization: card.organization,
    number: card.number,
    title: card.title,
    kind: body.kind,
    serious: body.serious,
    words: body.words,
    foundBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    rectifyUntil: dueAt(act.now, act.policy.number('evaluation.rectify-days', card.division), act.platform.calendar).at,
    createdAt: act.now,
    history: [{ state: 'open', at: act.now }],
  }
  await store.insertFinding(act.tx, finding)
  recordEvent(act, 'recordFinding', undefined, finding)
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
  recordEvent(act, verb, before, ruling.value)
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
