// Deliberation: the endpoints of a roll of households: each with the one voter it named, set by hand or from a file, until the first ballot is given.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { motionId } from '../contract.ts'
import { ballotStates, voteId } from './ballots.ts'

/** Rows of one file at most: what one act imports. */
export const mostRollRows = 2000

export const rollColumns = ['household', 'voterName', 'phone'] as const
export type RollColumn = (typeof rollColumns)[number]

/** What becomes of a row: a new household, one with another voter than before, one that stands so already, or it comes back. */
export const rollRowStates = ['new', 'changed', 'known', 'bad'] as const

const byId = z.object({ id: motionId })
const byLine = z.object({ id: motionId, line: z.coerce.number().int().min(1).max(1_000_000) })
/** Building, unit and room, as people write it. */
const household = z.string().trim().min(1).max(40)
const answer = z.object({ id: z.string(), version: z.number().int() })

const rollRow = z.object({
  line: z.number().int(),
  household: z.string(),
  voter: z.string().optional(),
  maskedName: z.string().optional(),
  verified: z.boolean().optional(),
  /** What was given to the household in the present vote. */
  state: z.enum(['none', ...ballotStates]),
})

export const listRoll = endpoint({
  name: 'listRoll',
  method: 'GET',
  path: '/motions/:id/roll',
  access: 'deliberation.runMotion',
  params: byId,
  query: listQuery(['line'], { unnamed: z.enum(['yes']).optional() }),
  output: pageOf(rollRow).extend({
    households: z.number().int(),
    named: z.number().int(),
    /** Since the first token or paper ballot nobody changes it. */
    lockedAt: z.string().optional(),
    /** Whether it can be changed now, and else why not. */
    open: z.object({ ok: z.boolean(), code: z.string().optional() }),
  }),
  refusals: [],
  summary: 'The roll of households of a motion, each with the voter it named.',
})

/** By POST: an address belongs into no log of addresses. */
export const findRollLine = endpoint({
  name: 'findRollLine',
  method: 'POST',
  path: '/motions/:id/roll/find',
  access: 'deliberation.runMotion',
  params: byId,
  body: z.object({ household }),
  output: z.object({ rows: z.array(rollRow).max(1) }),
  refusals: [],
  summary: 'The line of one household, by its address.',
})

export const setRollLine = endpoint({
  name: 'setRollLine',
  method: 'POST',
  path: '/motions/:id/roll',
  access: 'deliberation.runMotion',
  params: byId,
  body: z.object({ household, voter: idOf('person').optional() }),
  output: answer.extend({ line: z.number().int() }),
  refusals: ['roll-locked', 'voter-unknown', 'voter-elsewhere', 'voter-named-already', 'adults-only'],
  summary:
    'Puts a household on the roll, or another voter to it; without a voter it stands there and has named nobody yet.',
})

export const removeRollLine = endpoint({
  name: 'removeRollLine',
  method: 'POST',
  path: '/motions/:id/roll/:line/remove',
  access: 'deliberation.runMotion',
  params: byLine,
  output: answer,
  refusals: ['roll-locked'],
  summary: 'Takes a household off the roll.',
})

const source = z.object({ file: idOf('file') })
const fileRefusals = [
  'file-unknown',
  'not-a-table',
  'table-unreadable',
  'table-too-long',
  'table-empty',
  'columns-missing',
]
const counts = {
  fresh: z.number().int(),
  changed: z.number().int(),
  known: z.number().int(),
  bad: z.number().int(),
}
const fileRow = z.object({ household: z.string(), voterName: z.string(), phone: z.string() })

export const previewRoll = endpoint({
  name: 'previewRoll',
  method: 'POST',
  path: '/motions/:id/roll/preview',
  access: 'deliberation.runMotion',
  params: byId,
  body: source,
  output: z.object({
    ...counts,
    ignored: z.array(z.string()),
    rows: z
      .array(
        z.object({
          line: z.number().int(),
          state: z.enum(rollRowStates),
          household: z.string(),
          maskedName: z.string(),
          maskedPhone: z.string(),
          faults: z.array(z.object({ column: z.enum(rollColumns), message: z.string() })),
        }),
      )
      .max(mostRollRows),
  }),
  refusals: ['roll-locked', ...fileRefusals],
  summary: 'What each row of an uploaded roll would become, with every faulty field of the bad ones.',
})

export const importRoll = endpoint({
  name: 'importRoll',
  method: 'POST',
  path: '/motions/:id/roll/import',
  access: 'deliberation.runMotion',
  params: byId,
  body: source,
  output: answer.extend(counts),
  refusals: ['roll-locked', ...fileRefusals, 'nothing-to-import'],
  summary: 'Puts the good rows of an uploaded roll on record in one act; each voter is told.',
})

/** Its export is the file with the bad rows and the column that says why. */
export const listBadRollRows = endpoint({
  name: 'listBadRollRows',
  method: 'GET',
  path: '/motions/:id/roll/bad-rows',
  access: 'deliberation.runMotion',
  params: byId,
  query: listQuery(['line'], { file: idOf('file') }),
  output: pageOf(fileRow.extend({ why: z.string() })),
  refusals: ['roll-locked', ...fileRefusals],
  exportable: true,
  summary: 'The bad rows of a roll that I uploaded, with what is wrong.',
})

/** Its export is the template: the heads and one row as an example, which an import passes over. */
export const listRollExample = endpoint({
  name: 'listRollExample',
  method: 'GET',
  path: '/motions/roll/template',
  access: 'deliberation.runMotion',
  query: listQuery(['line'], {}),
  output: pageOf(fileRow),
  refusals: [],
  exportable: true,
  summary: 'The columns of a roll with an example.',
})

export const askHousehold = endpoint({
  name: 'askHousehold',
  method: 'POST',
  path: '/votes/:id/household',
  access: 'deliberation.issueBallot',
  params: z.object({ id: voteId }),
  body: z.object({ household }),
  output: z.object({
    /** `nobody`: the household is not on the roll, or has named nobody yet. */
    voter: z.enum(['me', 'other', 'nobody']),
    /** Whether the roll can still be completed. */
    open: z.boolean(),
  }),
  refusals: ['vote-over', 'not-by-households', 'residents-only'],
  // Enough for a family that writes its address in several ways; too little to walk through a building.
  limit: { max: 20, seconds: 3600 },
  summary: 'Whether my household’s voter is me, somebody else or nobody yet; who it is, is not told.',
})
