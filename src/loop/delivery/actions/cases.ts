// Delivery: opening a case, and opening one in an emergency.
import { hasFreshSecondFactor, listMembers, listPeople } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { addMinutes } from '../../../kit/instant.ts'
import { isBefore, today } from '../../../kit/plain-date.ts'
import { absent, allow, forbid, invalid, refuse } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import { together } from '../../../platform/together.ts'
import { workerOfPerson } from '../../../registers/social-workers/public.ts'
import { lookUpContract } from '../../contracts/public.ts'
import * as contract from '../contract/cases.ts'
import { linesOf } from '../rules/case-notes.ts'
import * as rules from '../rules/cases.ts'
import { reachOf } from '../rules.ts'
import * as store from '../store/cases.ts'
import { findPlan } from '../store.ts'
import { caseAnswer, caseRef, recordCase, sealedAt, sealedNote, tellOfCase } from './case-changes.ts'

export const openCase = action(contract.openCase, async (act, { body }) => {
  const card = await lookUpContract(act.tx, body.contract)
  if (card === undefined || act.actor.kind !== 'person') return absent()
  const me = act.actor.personId
  const worker = await workerOfPerson(act.tx, me)
  const allowed = await act.judge({ reach: reachOf(card) }, () => {
    if (worker === undefined || !card.team.some((member) => member.worker === worker.id)) return forbid('not-on-team')
    if (!worker.active || isBefore(worker.certificateValidUntil, today(act.now))) return forbid('certificate-over')
    return card.state === 'active'
      ? allow(worker)
      : refuse('not-in-this-state', { state: card.state, verb: 'openCase' })
  })
  if (!allowed.ok) return allowed
  if ((await findPlan(act.tx, card.id)) === undefined) return refuse('delivery-not-started')
  const supervisors = await listMembers(act.tx, card.organization, 'social-work-supervisor')
  const supervisor = rules.supervisorFault(body.supervisor, me, supervisors)
  const people = body.person === undefined ? undefined : await listPeople(act.tx, [body.person])
  const faults = [
    ...rules.beneficiaryFaults(body),
    ...(supervisor === undefined ? [] : [supervisor]),
    ...(people !== undefined && people.size === 0 ? [{ path: 'body.person', code: 'person-unknown' }] : []),
  ]
  if (faults.length > 0) return invalid(faults)
  const jurisdiction = jurisdictionOf(card.division)
  const id = act.newId<'case'>(jurisdiction)
  const { person, fullName: name, phone } = body
  const file: rules.Case = {
    id,
    number: await act.nextNumber('case', jurisdiction),
    division: card.division,
    state: 'intake',
    version: 1,
    contract: card.id,
    organization: card.organization,
    worker: allowed.value.id,
    workerPerson: me,
    supervisor: body.supervisor,
    topic: body.topic,
    source: body.source,
    underFourteen: body.underFourteen,
    beneficiary: await act.platform.cipher.seal(
      act.tx,
      id,
      sealedAt.beneficiary(id),
      JSON.stringify({ person, name, phone }),
    ),
    goalCount: 0,
    awaiting: false,
    sessions: 0,
    retention: 'none',
    createdAt: act.now,
    history: [{ state: 'intake', at: act.now }],
  }
  await store.insertCase(act.tx, file)
  await together(act.tx, [
    await sealedNote(act, file, 'intake', linesOf({ problem: body.problem }, { source: body.source })),
  ])
  recordCase(act, 'openCase', undefined, file)
  tellOfCase(act, file, [file.supervisor], 'case-opened')
  return allow(caseAnswer(file))
})

const typed = /(\d{4})-(\d+)$/

export const openCaseInEmergency = action(contract.openCaseInEmergency, async (act, { body }) => {
  if (act.actor.kind !== 'person') return absent()
  const me = act.actor.personId
  // Before anything is looked up: the question for the factor must not tell that there is such a case.
  const fresh = hasFreshSecondFactor(act.actor, act.platform)
  if (!fresh.ok) return fresh
  const [, year, value] = typed.exec(body.number) ?? []
  const file = await store.findCaseByNumberForUpdate(act.tx, jurisdictionOf(body.division), {
    year: Number(year),
    value: Number(value),
  })
  if (file === undefined) return absent()
  const openings = await store.listOpenings(act.tx, file.id)
  const ruling = await act.judge({ reach: { ...rules.reachOfCase(file), organizations: [] } }, () =>
    rules.openCaseInEmergency(file, openings, me, act.now),
  )
  if (!ruling.ok) return ruling
  const id = act.newId<'case-opening'>(jurisdictionOf(file.division))
  const until = addMinutes(act.now, act.policy.number('delivery.emergency-minutes', file.division))
  await store.insertOpening(act.tx, {
    id,
    case: file.id,
    person: me,
    reason: body.reason,
    words: await act.platform.cipher.seal(act.tx, file.id, sealedAt.opening(id), body.circumstances),
    at: act.now,
    until,
  })
  act.record({
    name: 'delivery.openCaseInEmergency',
    of: caseRef(file),
    division: file.division,
    data: { reason: body.reason, until },
  })
  notify(act, {
    persons: [file.workerPerson, file.supervisor],
    kind: 'delivery.case-emergency',
    of: caseRef(file),
    params: { case: rules.shownCaseNumber(file), reason: body.reason },
  })
  return allow({ ...caseAnswer(file), until })
})
