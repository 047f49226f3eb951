// Figures of divisions: shapes and endpoints.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { moneyWire } from '../../kit/money.ts'
import { parsePeriod, type Period } from './rules.ts'

export const units = ['count', 'fen', 'percent', 'days', 'persons'] as const
export const kinds = ['count', 'sum', 'ratio', 'distinct', 'duration'] as const

/** '2026-11-23', '2026-11', '2026-Q4' or '2026'. */
export const period = z
  .string()
  .refine((text) => parsePeriod(text) !== undefined)
  .meta({ format: 'period' })
  .transform((text) => text as Period)

const indicatorName = z.string().regex(/^[a-z][a-z-]{0,39}\.[a-z][a-z0-9-]{0,59}$/)
const yes = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

/** How many figures one question may ask for. */
export const mostNames = 20

const names = z
  .string()
  .max(1500)
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .pipe(z.array(indicatorName).min(1).max(mostNames))

export const listIndicators = endpoint({
  name: 'listIndicators',
  method: 'GET',
  path: '/indicators',
  access: 'public',
  output: z.object({
    rows: z.array(
      z.object({
        name: z.string(),
        domain: z.string(),
        domainName: z.string(),
        label: z.string(),
        unit: z.enum(units),
        kind: z.enum(kinds),
        /** Medians come from fixed buckets: say "about". */
        approximate: z.boolean(),
        open: z.boolean(),
      }),
    ),
  }),
  refusals: [],
  summary: 'The figures that are counted',
})

const cell = z.object({
  /** Whole numbers, money in fen, percent or days with one decimal. Absent: nothing to tell (no whole, no case), or hidden. */
  value: z.number().optional(),
  /** Of money: as text to show. */
  amount: moneyWire.optional(),
  /** 1 to 4 persons, or a neighbour of such a figure, stay hidden. */
  hidden: z.boolean(),
})

export const figureView = z.object({
  name: z.string(),
  label: z.string(),
  unit: z.enum(units),
  kind: z.enum(kinds),
  approximate: z.boolean(),
  now: cell,
  before: cell,
  /** Difference to the period before, in the figure's own unit; absent where one of the two is. */
  change: z.number().optional(),
  /** The last 12 periods, oldest first, this one last. */
  spark: z.array(cell.extend({ period: z.string() })),
  rank: z.object({ place: z.number().int(), of: z.number().int() }).optional(),
  children: z.array(cell.extend({ division: z.string(), divisionName: z.string() })).optional(),
})

export type FigureView = z.input<typeof figureView>

export const getValues = endpoint({
  name: 'getValues',
  method: 'GET',
  path: '/indicators/values',
  access: 'public',
  query: z.object({ names, division: divisionCode, period: period.optional(), children: yes }),
  output: z.object({
    division: z.string(),
    divisionName: z.string(),
    period: z.string(),
    figures: z.array(figureView),
  }),
  refusals: [],
  summary:
    'Figures of a division in a period, with the period before, the last 12 periods, rank among siblings and the children',
})

export const listRowsBehind = endpoint({
  name: 'listRowsBehind',
  method: 'GET',
  path: '/indicators/:name/rows',
  access: 'signed-in',
  params: z.object({ name: indicatorName }),
  query: z.object({ division: divisionCode, period: period.optional() }),
  output: z.object({
    rows: z.array(
      z.object({
        of: z.object({ kind: z.string(), id: z.string() }),
        kindName: z.string(),
        number: z.string().optional(),
        title: z.string().optional(),
        state: z.string(),
        stateName: z.string(),
        division: z.string(),
        divisionName: z.string(),
        at: instantWire,
        amount: moneyWire.optional(),
      }),
    ),
    /** How many of the newest 100 the caller may not read. */
    closed: z.number().int(),
  }),
  refusals: [],
  summary: 'The newest records behind a figure that the caller may read (of the newest 100 events)',
})

export const indicatorsPermissions: PermissionTable = {}
