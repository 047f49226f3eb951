// Participation: who took part in what, as counts of residents that may be told.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode } from '../../kit/id.ts'

export const participationActs = ['any', 'raised', 'supported', 'spoke', 'voted', 'rated'] as const
export type ParticipationAct = (typeof participationActs)[number]

/** The groups of adults, and all of them. */
export const tellingGroups = ['all', '18-35', '36-59', '60+'] as const
export type TellingGroup = (typeof tellingGroups)[number]

export const participationPermissions = {
  'participation.getParticipation': [
    'community-worker',
    'community-head',
    'township-reviewer',
    'county-civil-affairs',
    'county-overseer',
  ],
} as const satisfies PermissionTable

const group = z.enum(tellingGroups)
const place = { division: z.string(), divisionName: z.string(), year: z.string(), asOf: z.string().optional() }

/** Absent: fewer than five, or it would reveal fewer than five. */
const told = z.number().int().optional()

export const getParticipation = endpoint({
  name: 'getParticipation',
  method: 'GET',
  path: '/participation/desk',
  access: 'participation.getParticipation',
  query: z.object({ division: divisionCode.optional() }),
  output: z.object({
    division: z.string(),
    divisionName: z.string(),
    /** One place: its acts and age groups. Places below the asked one are listed each with all who took part, at most 300. */
    places: z.array(z.object({ ...place, persons: told, adults: told, share: told })),
    community: z
      .object({
        ...place,
        adults: z.array(z.object({ group, count: told })),
        acts: z.array(
          z.object({ act: z.enum(participationActs), cells: z.array(z.object({ group, persons: told, share: told })) }),
        ),
      })
      .optional(),
  }),
  refusals: [],
  summary:
    'Residents who raised, supported, spoke, voted and rated: distinct persons and shares of adults by age group and place, never fewer than five.',
})

export const getParticipationShares = endpoint({
  name: 'getParticipationShares',
  method: 'GET',
  path: '/participation',
  access: 'public',
  query: z.object({ division: divisionCode }),
  output: z.object({
    ...place,
    shares: z.array(z.object({ act: z.enum(participationActs), share: told })),
    ages: z.array(z.object({ group, share: told })),
  }),
  refusals: ['not-a-community'],
  summary: 'Shares of the adults of a community who took part, in whole percents; no counts.',
})
