// Divisions as the world sees them: shapes and endpoints.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode } from '../../kit/id.ts'
import { plainDate } from '../../kit/plain-date.ts'

export const divisionRow = z.object({
  code: z.string(),
  name: z.string(),
  level: z.number().int(),
  parent: z.string().nullable(),
  /** Names from the county down to the division itself, for telling namesakes apart. */
  fullName: z.string(),
  validTo: z.string().nullable(),
  successors: z.array(z.string()),
})

export type DivisionRow = z.input<typeof divisionRow>

export const listDivisions = endpoint({
  name: 'listDivisions',
  method: 'GET',
  path: '/divisions',
  access: 'public',
  query: z.object({
    /** Children of this one; with `search` all descendants. */
    under: divisionCode.optional(),
    /** Name, full pinyin or initials. */
    search: z.string().trim().min(1).max(40).optional(),
    level: z.coerce.number().int().min(1).max(5).optional(),
    size: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({ rows: z.array(divisionRow) }),
  refusals: [],
  summary: 'Divisions below one, or found by name, pinyin or initials',
})

export const getDivision = endpoint({
  name: 'getDivision',
  method: 'GET',
  path: '/divisions/:code',
  access: 'public',
  params: z.object({ code: divisionCode }),
  output: z.object({ division: divisionRow, ancestors: z.array(divisionRow) }),
  refusals: [],
  summary: 'One division with its ancestors',
})

export const succeedDivision = endpoint({
  name: 'succeedDivision',
  method: 'POST',
  path: '/divisions/:code/succeed',
  access: 'divisions.succeed',
  params: z.object({ code: divisionCode }),
  body: z.object({ successor: divisionCode, since: plainDate }),
  output: z.object({ code: z.string(), successor: z.string() }),
  refusals: ['division-ended', 'successor-unfit'],
  summary:
    'Ends a division that was merged or renamed and names its successor; old records stay reachable by both codes',
})

export const divisionsPermissions: PermissionTable = { 'divisions.succeed': ['province-officer', 'city-officer'] }
