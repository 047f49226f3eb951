// Evaluation: visits on the spot, put on record with what they found or that they found nothing; their lists and pages.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listMembers, listPeople } from '../../../foundation/identity/public.ts'
import { notify } from '../../../foundation/notices/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow } from '../../../kit/ruling.ts'
import { action, type Ask, question } from '../../../platform/action.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import { lookUpContract } from '../../contracts/public.ts'
import * as contract from '../contract/inspections.ts'
import * as rules from '../rules/inspections.ts'
import { findingsInserted, listFindingsOfInspection } from '../store/findings.ts'
import * as store from '../store/inspections.ts'
import { getCount, listContractsEvaluatedBy } from '../store.ts'
import { freshFinding, inspectorsOf, recordFindingEvent } from './findings.ts'

const refOf = (inspection: rules.Inspection) => ({ kind: 'inspection', id: inspection.id })

export const recordInspection = action(contract.recordInspection, async (act, { body }) => {
  const card = await lookUpContract(act.tx, body.contract)
  if (card === undefined) return absent()
  const ruling = await act.judge({ reach: await inspectorsOf(act, card) }, () =>
    rules.recordInspection(card, act.now, body),
  )
  if (!ruling.ok) return ruling
  const inspection: rules.Inspection = {
    id: act.newId<'inspection'>(jurisdictionOf(card.division)),
    division: card.division,
    contract: card.id,
    project: card.project,
    organization: card.organization,
    number: card.number,
    title: card.title,
    visitedAt: body.visitedAt,
    announced: body.announced,
    place: body.place,
    looked: body.looked,
    words: body.words,
    findings: body.findings.length,
    inspector: act.actor.kind === 'person' ? act.actor.personId : 'system',
    createdAt: act.now,
  }
  const findings = body.findings.map((said) => freshFinding(act, card, said, inspection.id))
  act.save(jurisdictionOf(card.division), store.inspectionInserted(inspection))
  if (findings.length > 0) act.save(jurisdictionOf(card.division), findingsInserted(findings))
  const result = rules.resultOf(inspection)
  act.record({
    name: 'evaluation.recordInspection',
    of: refOf(inspection),
    division: inspection.division,
    organization: inspection.organization,
    state: { to: result },
    links: [{ kind: 'contract', id: inspection.contract }],
    data: { contract: inspection.contract, findings: findings.length, announced: inspection.announced },
  })
  for (const finding of findings) recordFindingEvent(act, 'recordFinding', undefined, finding)
  notify(act, {
    persons: await listMembers(act.tx, card.organization, 'organization-administrator'),
    kind: result === 'found' ? 'evaluation.inspection-found' : 'evaluation.inspection-clean',
    of: refOf(inspection),
    params: { contract: card.number, day: today(inspection.visitedAt), count: String(findings.length) },
  })
  return allow({ id: inspection.id, findings: findings.map((finding) => finding.id) })
})

async function rowsOf(ask: Ask, inspections: readonly rules.Inspection[]) {
  const organizations = await listOrganizations(ask.tx, [...new Set(inspections.map((each) => each.organization))])
  const people = await listPeople(ask.tx, [...new Set(inspections.map((each) => each.inspector))])
  return inspections.map((each) => {
    const inspector = people.get(each.inspector)
    return {
      id: each.id,
      contract: each.contract,
      contractNumber: each.number,
      title: each.title,
      division: each.division,
      divisionName: divisionName(each.division),
      organization: each.organization,
      organizationName: organizations.get(each.organization)?.name,
      visitedAt: each.visitedAt,
      announced: each.announced,
      place: each.place,
      looked: each.looked,
      result: rules.resultOf(each),
      words: each.words,
      findings: each.findings,
      inspectorName: inspector?.officialName ?? inspector?.maskedName ?? '—',
    }
  })
}

export const listInspections = question(contract.listInspections, async (ask, { query }) => {
  const { personId } = ask.scopes
  const evaluated = personId === undefined ? [] : await listContractsEvaluatedBy(ask.tx, personId)
  const filter = { ...query, evaluated }
  const { rows, next } = await store.listInspections(ask.tx, ask.scopes, filter)
  const count = query.cursor === undefined ? await getCount(ask.tx, 'inspection', ask.scopes, filter) : undefined
  return allow({ rows: await rowsOf(ask, rows), next, count })
})

export const getInspection = question(contract.getInspection, async (ask, { params }) => {
  const inspection = await store.findInspection(ask.tx, params.id)
  if (inspection === undefined) return absent()
  const hidden = ask.see({ reach: rules.reachOfInspection(inspection) })
  if (hidden !== undefined) return hidden
  const [row] = await rowsOf(ask, [inspection])
  if (row === undefined) return absent()
  const made = await listFindingsOfInspection(ask.tx, inspection.id)
  return allow({
    ...row,
    recordedAt: inspection.createdAt,
    made: made.map(({ id, state, kind, serious, words }) => ({ id, state, kind, serious, words })),
  })
})
