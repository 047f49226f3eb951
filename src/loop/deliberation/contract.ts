// Deliberation: neighbours decide together. States, shapes and endpoints of motions; statements and access stand beside.
import { z } from 'zod'
import { endpoint } from '../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../kit/id.ts'
import { instantWire } from '../../kit/instant.ts'
import { listQuery, pageOf } from '../../kit/listing.ts'
import { plainDate } from '../../kit/plain-date.ts'
import { actionView, recordAnswer } from '../../kit/record-view.ts'

export const motionStates = [
  'proposed',
  'admitted',
  'discussing',
  'voting',
  'adopted',
  'rejected',
  'no-quorum',
  'published',
  'executing',
  'reported',
  'closed',
  'declined',
  'withdrawn',
] as const
export type MotionState = (typeof motionStates)[number]

/** Who put it forward. */
export const motionOrigins = ['needs', 'residents', 'community', 'organization'] as const
export const motionResults = ['adopted', 'rejected', 'no-quorum'] as const
export type MotionResult = (typeof motionResults)[number]
export const sides = ['for', 'against'] as const
export const opinions = ['agree', 'disagree', 'pass'] as const

export const motionId = idOf('motion')
const byId = z.object({ id: motionId })
const sentence = z.string().trim().min(2).max(500)
const longText = z.string().trim().min(4).max(4000)

export const proposeMotion = endpoint({
  name: 'proposeMotion',
  method: 'POST',
  path: '/motions',
  access: 'deliberation.proposeMotion',
  body: z.object({
    title: z.string().trim().min(4).max(60),
    text: longText,
    division: divisionCode,
    /** In which capacity: a resident of the place, the community's committee, an organization. */
    as: z.enum(['resident', 'community', 'organization']).default('community'),
    organization: idOf('organization').optional(),
    /** Accepted needs of the community that it answers; only the community attaches them. */
    needs: z.array(idOf('need')).max(50).default([]),
    files: z.array(idOf('file')).max(9).default([]),
  }),
  output: recordAnswer,
  refusals: ['need-unknown', 'need-on-other-route', 'file-unknown', 'verified-residents-only'],
  summary: 'Puts a motion forward, from needs or by residents, the community or an organization.',
})

export const supportMotion = endpoint({
  name: 'supportMotion',
  method: 'POST',
  path: '/motions/:id/support',
  access: 'deliberation.supportMotion',
  params: byId,
  output: recordAnswer.extend({ supports: z.number().int(), verifiedSupports: z.number().int() }),
  refusals: ['already-supported'],
  summary: 'A neighbour supports a motion; enough verified supports admit it by themselves.',
})

export const admitMotion = endpoint({
  name: 'admitMotion',
  method: 'POST',
  path: '/motions/:id/admit',
  access: 'deliberation.admitMotion',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'The committee admits a motion.',
})

export const declineMotion = endpoint({
  name: 'declineMotion',
  method: 'POST',
  path: '/motions/:id/decline',
  access: 'deliberation.admitMotion',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: [],
  summary: 'The committee does not admit a motion and says why; its needs wait for another route.',
})

export const withdrawMotion = endpoint({
  name: 'withdrawMotion',
  method: 'POST',
  path: '/motions/:id/withdraw',
  access: 'deliberation.proposeMotion',
  params: byId,
  output: recordAnswer,
  refusals: ['not-proposer'],
  summary: 'Whoever proposed it takes it back before it is admitted.',
})

export const startDiscussion = endpoint({
  name: 'startDiscussion',
  method: 'POST',
  path: '/motions/:id/discuss',
  access: 'deliberation.runMotion',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'Opens the discussion: residents write short statements for and against.',
})

export const openMeeting = endpoint({
  name: 'openMeeting',
  method: 'POST',
  path: '/motions/:id/meeting',
  access: 'deliberation.runMotion',
  params: byId,
  body: z.object({
    date: plainDate,
    place: z.string().trim().min(2).max(60),
    /** How many may vote: residents of age, households or representatives, whichever form was chosen. */
    eligible: z.number().int().min(1).max(100_000),
    form: z.enum(['residents', 'households', 'representatives']),
  }),
  output: recordAnswer,
  refusals: ['secret-vote-running'],
  summary: 'Calls the meeting; quorum and majority are frozen as they are now.',
})

export const recordMeeting = endpoint({
  name: 'recordMeeting',
  method: 'POST',
  path: '/motions/:id/meeting/record',
  access: 'deliberation.recordMeeting',
  params: byId,
  body: z.object({
    attendance: z.number().int().min(0),
    for: z.number().int().min(0),
    against: z.number().int().min(0),
    abstain: z.number().int().min(0),
    minutes: longText,
    files: z.array(idOf('file')).max(20).default([]),
  }),
  output: recordAnswer,
  refusals: ['meeting-not-held', 'file-unknown', 'secret-vote-running'],
  summary: 'An officer records what the meeting decided: numbers and minutes.',
})

export const confirmMeeting = endpoint({
  name: 'confirmMeeting',
  method: 'POST',
  path: '/motions/:id/meeting/confirm',
  access: 'deliberation.confirmMeeting',
  params: byId,
  output: recordAnswer.extend({ result: z.enum(motionResults) }),
  refusals: ['duties-separated', 'nothing-recorded'],
  summary: 'A second officer confirms the record; the result follows from the numbers.',
})

export const sendBackMeeting = endpoint({
  name: 'sendBackMeeting',
  method: 'POST',
  path: '/motions/:id/meeting/send-back',
  access: 'deliberation.confirmMeeting',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['duties-separated', 'nothing-recorded'],
  summary: 'The second officer sends the record back with a remark.',
})

export const publishResolution = endpoint({
  name: 'publishResolution',
  method: 'POST',
  path: '/motions/:id/publish',
  access: 'deliberation.runMotion',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'Publishes the resolution; the notice period begins.',
})

export const objectToResolution = endpoint({
  name: 'objectToResolution',
  method: 'POST',
  path: '/motions/:id/objections',
  access: 'deliberation.addStatement',
  params: byId,
  body: z.object({ words: sentence }),
  output: recordAnswer,
  refusals: ['verified-residents-only', 'notice-over', 'objection-open'],
  summary: 'A verified resident of the place objects within the notice period; nothing goes on until it is decided.',
})

export const decideObjection = endpoint({
  name: 'decideObjection',
  method: 'POST',
  path: '/motions/:id/objections/decide',
  access: 'deliberation.decideObjection',
  params: byId,
  body: z.object({ upheld: z.boolean(), words: sentence }),
  output: recordAnswer,
  refusals: ['duties-separated', 'no-objection'],
  summary:
    'The township decides the objection: upheld, the motion goes back to discussion; dismissed, the notice runs on.',
})

export const reportMotion = endpoint({
  name: 'reportMotion',
  method: 'POST',
  path: '/motions/:id/report',
  access: 'deliberation.runMotion',
  params: byId,
  body: z.object({ words: longText, files: z.array(idOf('file')).max(20).default([]) }),
  output: recordAnswer,
  refusals: ['file-unknown'],
  summary: 'Reports what was done; needs that are still with this motion are answered with it.',
})

export const closeMotion = endpoint({
  name: 'closeMotion',
  method: 'POST',
  path: '/motions/:id/close',
  access: 'deliberation.admitMotion',
  params: byId,
  output: recordAnswer,
  refusals: [],
  summary: 'Closes a reported motion.',
})

export const motionRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(motionStates),
  origin: z.enum(motionOrigins),
  division: z.string(),
  divisionName: z.string().optional(),
  supports: z.number().int(),
  verifiedSupports: z.number().int(),
  createdAt: instantWire,
  meetingOn: z.string().optional(),
  /** Last moment of a secret vote at which tokens are given. */
  voteUntil: z.string().optional(),
  result: z.enum(motionResults).optional(),
  noticeUntil: z.string().optional(),
})

const meeting = z.object({
  on: z.string(),
  place: z.string(),
  form: z.enum(['residents', 'households', 'representatives']),
  eligible: z.number().int(),
  quorumPercent: z.number(),
  majorityPercent: z.number(),
  attendance: z.number().int().optional(),
  for: z.number().int().optional(),
  against: z.number().int().optional(),
  abstain: z.number().int().optional(),
  minutes: z.string().optional(),
  recorded: z.boolean(),
  confirmedAt: z.string().optional(),
  remark: z.string().optional(),
})

export const motionView = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  title: z.string(),
  text: z.string(),
  state: z.enum(motionStates),
  origin: z.enum(motionOrigins),
  division: z.string(),
  divisionName: z.string().optional(),
  needs: z.array(
    z.object({ id: z.string(), number: z.string().optional(), title: z.string().optional(), state: z.string() }),
  ),
  supports: z.number().int(),
  verifiedSupports: z.number().int(),
  admitAt: z.number().int(),
  supported: z.boolean(),
  history: z.array(z.object({ state: z.enum(motionStates), at: z.string() })),
  meeting: meeting.optional(),
  /** The secret vote, if that is how it is decided; its page is GET /votes/:id. */
  vote: z
    .object({
      id: z.string(),
      question: z.string(),
      form: z.enum(['residents', 'households']),
      eligible: z.number().int(),
      quorumPercent: z.number(),
      majorityPercent: z.number(),
      issueUntil: z.string(),
      castUntil: z.string(),
      frozen: z.boolean(),
      issued: z.number().int(),
      papers: z.number().int(),
      rollSize: z.number().int(),
      /** Casting is over and two officers count the paper ballots. */
      paperAwaited: z.boolean(),
      tally: z
        .object({
          issued: z.number().int(),
          papers: z.number().int(),
          cast: z.number().int(),
          counted: z.number().int(),
          for: z.number().int(),
          against: z.number().int(),
          abstain: z.number().int(),
        })
        .optional(),
    })
    .optional(),
  result: z.enum(motionResults).optional(),
  noticeUntil: z.string().optional(),
  objection: z
    .object({
      words: z.string(),
      at: z.string(),
      open: z.boolean(),
      upheld: z.boolean().optional(),
      decision: z.string().optional(),
    })
    .optional(),
  declined: z.string().optional(),
  report: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })),
  actions: z.array(actionView),
})

export const listMotions = endpoint({
  name: 'listMotions',
  method: 'GET',
  path: '/motions',
  access: 'public',
  query: listQuery(['newest'], { division: divisionCode, state: z.enum(motionStates).optional() }),
  output: pageOf(motionRow),
  refusals: [],
  exportable: true,
  summary: 'Motions of a place.',
})

export const listDeskMotions = endpoint({
  name: 'listDeskMotions',
  method: 'GET',
  path: '/motions/desk',
  access: 'deliberation.listDeskMotions',
  query: listQuery(['newest'], {
    division: divisionCode.optional(),
    state: z.enum(motionStates).optional(),
    q: z.string().max(100).optional(),
  }),
  output: pageOf(motionRow),
  refusals: [],
  exportable: true,
  summary: 'Motions of the places where I work.',
})

export const getMotion = endpoint({
  name: 'getMotion',
  method: 'GET',
  path: '/motions/:id',
  access: 'public',
  params: byId,
  output: motionView,
  refusals: [],
  summary: 'A motion with its meeting, resolution and objection.',
})
