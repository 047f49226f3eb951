// Evaluation: visits on the spot, with or without findings. Shapes and endpoints.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { contractId } from '../../contracts/contract.ts'
import { findingKinds, findingStates } from '../contract.ts'

export const inspectionId = idOf('inspection')
export const inspectionResults = ['nothing-found', 'found'] as const
export type InspectionResult = (typeof inspectionResults)[number]
/** Findings that one visit puts on record at most. */
export const mostFindings = 20

const text = (least: number, most: number) => z.string().trim().min(least).max(most)

export const inspectionRow = z.object({
  id: z.string(),
  contract: z.string(),
  contractNumber: z.string(),
  title: z.string(),
  division: z.string(),
  divisionName: z.string().optional(),
  organization: z.string(),
  organizationName: z.string().optional(),
  visitedAt: instantWire,
  announced: z.boolean(),
  place: z.string(),
  /** What was looked at. */
  looked: z.string(),
  result: z.enum(inspectionResults),
  /** What came of it, in words. */
  words: z.string(),
  findings: z.number().int(),
  /** Name in office. */
  inspectorName: z.string(),
})

export const recordInspection = endpoint({
  name: 'recordInspection',
  method: 'POST',
  path: '/inspections',
  access: 'evaluation.recordFinding',
  body: z.object({
    contract: contractId,
    visitedAt: instantWire,
    announced: z.boolean().default(false),
    place: text(2, 200),
    looked: text(4, 2000),
    /** Said outright: nobody finds nothing by leaving a list empty. */
    result: z.enum(inspectionResults),
    words: text(4, 2000),
    findings: z
      .array(z.object({ kind: z.enum(findingKinds), serious: z.boolean().default(false), words: text(4, 2000) }))
      .max(mostFindings)
      .default([]),
  }),
  output: z.object({ id: z.string(), findings: z.array(z.string()) }),
  refusals: ['contract-not-active', 'visit-in-future', 'findings-missing', 'findings-contradict'],
  summary:
    'Puts a visit to a running contract on record: when, where, what was looked at, and what was found, or that nothing was.',
})

export const listInspections = endpoint({
  name: 'listInspections',
  method: 'GET',
  path: '/inspections',
  access: 'evaluation.readEvaluation',
  query: listQuery(['newest'], { division: divisionCode.optional(), contract: contractId.optional() }),
  output: pageOf(inspectionRow),
  refusals: [],
  exportable: true,
  summary: 'Visits within the caller’s reach, newest first.',
})

export const getInspection = endpoint({
  name: 'getInspection',
  method: 'GET',
  path: '/inspections/:id',
  access: 'evaluation.readEvaluation',
  params: z.object({ id: inspectionId }),
  output: inspectionRow.extend({
    recordedAt: instantWire,
    made: z.array(
      z.object({
        id: z.string(),
        state: z.enum(findingStates),
        kind: z.enum(findingKinds),
        serious: z.boolean(),
        words: z.string(),
      }),
    ),
  }),
  refusals: [],
  summary: 'One visit with the findings that it made.',
})
