// Policy parameters as the desk sees them: shapes and endpoints.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode } from '../../kit/id.ts'

const parameterValue = z.union([z.number(), z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())])

export const parameterRow = z.object({
  key: z.string(),
  /** The domain whose words name it: `parameters.<key>`. */
  domain: z.string(),
  unit: z.string(),
  source: z.string(),
  preset: parameterValue,
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** In force at the asked division. */
  value: parameterValue,
  /** Whose value that is; absent: the default. */
  setAt: z.object({ division: z.string(), divisionName: z.string() }).optional(),
})

export const listParameters = endpoint({
  name: 'listParameters',
  method: 'GET',
  path: '/policy/parameters',
  access: 'signed-in',
  query: z.object({ division: divisionCode }),
  output: z.object({ rows: z.array(parameterRow) }),
  refusals: [],
  summary: 'Parameters in force at a division',
})

export const listParameterHistory = endpoint({
  name: 'listParameterHistory',
  method: 'GET',
  path: '/policy/parameters/:key/history',
  access: 'signed-in',
  params: z.object({ key: z.string().max(80) }),
  query: z.object({ division: divisionCode }),
  output: z.object({
    rows: z.array(
      z.object({
        version: z.number().int(),
        value: parameterValue.nullable(),
        reason: z.string(),
        setBy: z.string(),
        setAt: z.string(),
      }),
    ),
  }),
  refusals: [],
  summary: 'What a division set for a parameter, newest first (at most 100)',
})

export const setParameter = endpoint({
  name: 'setParameter',
  method: 'POST',
  path: '/policy/parameters/:key',
  access: 'policy.set',
  params: z.object({ key: z.string().max(80) }),
  /** `value` null returns to the value above. */
  body: z.object({
    division: divisionCode,
    value: parameterValue.nullable(),
    reason: z.string().trim().min(4).max(500),
  }),
  output: z.object({ key: z.string(), division: z.string(), version: z.number().int() }),
  refusals: ['parameter-unknown', 'parameter-out-of-range', 'parameter-wrong-kind'],
  summary: "Sets a division's own value of a parameter, or returns to the value above; later processes use it",
})

export const policyPermissions: PermissionTable = {
  'policy.set': ['county-civil-affairs', 'city-officer', 'province-officer'],
}
