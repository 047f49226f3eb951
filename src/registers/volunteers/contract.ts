// The register of volunteers: shapes, states, endpoints, permissions and parameters.
import { z } from 'zod'
import type { PermissionTable } from '../../kit/actor.ts'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'

export const volunteerStates = ['active', 'withdrawn'] as const
export type VolunteerState = (typeof volunteerStates)[number]

/** What a volunteer can do for neighbours; a person chooses any of them, or none. */
export const skills = [
  'company',
  'escort',
  'teaching',
  'phones',
  'repairs',
  'health',
  'law',
  'arts',
  'environment',
  'driving',
  'order',
] as const
export type Skill = (typeof skills)[number]

const chosen = z.array(z.enum(skills)).max(skills.length).default([])
const sums = { minutes: z.number().int(), shifts: z.number().int() }

export const becomeVolunteer = endpoint({
  name: 'becomeVolunteer',
  method: 'POST',
  path: '/volunteers',
  access: 'volunteers.serve',
  body: z.object({
    skills: chosen,
    /** Consent to be in the register, to the hours kept there, and that offers name the place. */
    agreed: z.literal(true),
  }),
  output: recordAnswer,
  refusals: ['not-verified', 'too-young', 'no-residence', 'already-volunteer'],
  summary: 'A verified adult resident becomes a volunteer, by consent.',
})

export const changeSkills = endpoint({
  name: 'changeSkills',
  method: 'POST',
  path: '/volunteers/mine/skills',
  access: 'volunteers.serve',
  body: z.object({ skills: chosen }),
  output: recordAnswer,
  refusals: ['not-volunteer'],
  summary: 'A volunteer says what they can do.',
})

export const withdrawVolunteer = endpoint({
  name: 'withdrawVolunteer',
  method: 'POST',
  path: '/volunteers/mine/withdraw',
  access: 'volunteers.serve',
  output: recordAnswer,
  refusals: ['not-volunteer'],
  summary: 'A volunteer withdraws the consent; places taken are given back, hours that were confirmed stay theirs.',
})

const proofView = z.object({
  id: z.string(),
  number: z.string(),
  code: z.string(),
  ...sums,
  issuedAt: instantWire,
})

export const getMyVolunteering = endpoint({
  name: 'getMyVolunteering',
  method: 'GET',
  path: '/volunteers/mine',
  access: 'volunteers.serve',
  output: z.object({
    /** Absent: never a volunteer. */
    volunteer: z
      .object({
        id: z.string(),
        version: z.number().int(),
        state: z.enum(volunteerStates),
        skills: z.array(z.enum(skills)),
        since: instantWire,
        divisionName: z.string().optional(),
        ...sums,
        stars: z.number().int(),
        /** Minutes that the next star asks for; absent with five. */
        nextStar: z.number().int().optional(),
      })
      .optional(),
    proofs: z.array(proofView),
    actions: z.array(actionView),
  }),
  refusals: [],
  summary: 'My entry as a volunteer: skills, hours, stars, proofs.',
})

export const listMyHours = endpoint({
  name: 'listMyHours',
  method: 'GET',
  path: '/volunteers/mine/hours',
  access: 'volunteers.serve',
  query: listQuery(['newest'], {}),
  output: pageOf(
    z.object({
      shift: z.string(),
      title: z.string(),
      place: z.string(),
      divisionName: z.string().optional(),
      organizationName: z.string().optional(),
      from: instantWire,
      until: instantWire,
      minutes: z.number().int(),
      /** Noted by a worker because nobody checked out (or in) by code. */
      byWorker: z.boolean(),
    }),
  ),
  refusals: [],
  summary: 'My confirmed hours, newest first.',
})

export const issueHoursProof = endpoint({
  name: 'issueHoursProof',
  method: 'POST',
  path: '/volunteers/mine/proofs',
  access: 'volunteers.serve',
  output: z.object({ id: z.string(), number: z.string(), code: z.string() }),
  refusals: ['not-volunteer', 'no-hours', 'proof-is-current'],
  summary: 'Makes a proof of all my confirmed hours, with a number and a code by which anybody checks it.',
})

export const checkHoursProof = endpoint({
  name: 'checkHoursProof',
  method: 'GET',
  path: '/volunteer-proofs',
  access: 'public',
  query: z.object({ code: z.string().trim().toUpperCase().max(40) }),
  output: z.object({
    number: z.string(),
    maskedName: z.string(),
    ...sums,
    from: instantWire,
    until: instantWire,
    issuedAt: instantWire,
    divisionName: z.string().optional(),
  }),
  refusals: ['proof-unknown'],
  limit: { max: 30, seconds: 300 },
  summary: 'Whoever holds a proof’s code sees whether it is true: number, masked name, hours.',
})

export const listVolunteers = endpoint({
  name: 'listVolunteers',
  method: 'GET',
  path: '/volunteers',
  access: 'volunteers.readVolunteers',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(volunteerStates).optional(),
    skill: z.enum(skills).optional(),
  }),
  output: pageOf(
    z.object({
      id: z.string(),
      /** Masked. */
      maskedName: z.string(),
      state: z.enum(volunteerStates),
      skills: z.array(z.enum(skills)),
      division: z.string(),
      divisionName: z.string().optional(),
      since: instantWire,
      ...sums,
    }),
  ),
  refusals: [],
  summary: 'Volunteers of the places where I work, newest first, names masked.',
})

export const volunteersPermissions = {
  /** By consent and the register, not by a role: a phone would have to switch roles to take a shift. */
  'volunteers.serve': ['resident'],
  'volunteers.readVolunteers': ['community-worker', 'community-head', 'township-reviewer', 'county-civil-affairs'],
} as const satisfies PermissionTable

/** Hours of the five stars. */
const starHours = [100, 300, 600, 1000, 1500] as const

export const volunteersParameters: readonly PolicyParameter[] = starHours.map((value, index) => ({
  key: `volunteers.star-${index + 1}-hours`,
  value,
  unit: 'count',
  source: 'measures on recording voluntary service (second-hand)',
  minimum: 1,
  maximum: 100_000,
}))
