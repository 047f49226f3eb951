// Evaluation: surveys of the beneficiaries. Shapes, codes of links, endpoints.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { idOf } from '../../../kit/id.ts'
import { instantWire } from '../../../kit/instant.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { recordAnswer } from '../../../kit/record-view.ts'

/** `listed`: the list is frozen, its hash is public, and the evaluator's number that decides the draw is not there yet. */
export const surveyStates = ['preparing', 'listed', 'asking', 'closed'] as const
export type SurveyState = (typeof surveyStates)[number]

export const surveyId = idOf('survey')
const byId = z.object({ id: surveyId })

/** Points of an answer: 1 very dissatisfied … 5 very satisfied; 0 = cannot say, counts as no answer to the question. */
export const mostPoints = 5
/** Letters of a code: none that is taken for another one (Crockford's base 32). */
export const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Random part of a code, in letters: 80 bits. */
export const codeLength = 16

/** What is typed or scanned as it is meant: no dashes and spaces, capital letters, O as 0, I and L as 1. Undefined when it cannot be a code. */
export function readCode(typed: string): { readonly jurisdiction: string; readonly token: string } | undefined {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-—–_]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const match = new RegExp(`^(\\d{6})([${codeLetters}]{${codeLength}})$`).exec(plain)
  return match?.[1] === undefined || match[2] === undefined ? undefined : { jurisdiction: match[1], token: match[2] }
}

/** 320505-ABCD-EFGH-JKMN-PQRS. */
export function shownCode(jurisdiction: string, token: string): string {
  return [jurisdiction, ...(token.match(/.{1,4}/g) ?? [])].join('-')
}

const code = z.string().trim().min(8).max(60)
const sampleTerms = z.object({ all: z.number().int(), sample: z.number().int() })
const surveyItem = z.object({ name: z.string(), questions: z.array(z.string()) })

/** How an indicator stands once the survey ended. `margin`: finite-population margin of error in points at 95 %, the widest that the answers allow. */
const surveyedItem = z.object({
  name: z.string(),
  /** Absent where fewer answered than may be shown: the evaluator judges. */
  score: z.number().optional(),
  margin: z.number().optional(),
  questions: z.array(
    z.object({
      text: z.string(),
      /** How often 1, 2, 3, 4, 5 points were given; absent below five answers. */
      counts: z.array(z.number().int()).optional(),
    }),
  ),
})

export const openSurvey = endpoint({
  name: 'openSurvey',
  method: 'POST',
  path: '/evaluations/:id/survey',
  access: 'evaluation.openSurvey',
  params: z.object({ id: idOf('evaluation') }),
  output: recordAnswer.extend({ survey: z.string() }),
  refusals: ['nothing-to-survey', 'survey-opened'],
  summary:
    'Opens the survey of an evaluation: the list of beneficiaries on record is frozen; a small one is asked as a whole.',
})

const hash = z.string().regex(/^[0-9a-f]{64}$/)

export const drawSurvey = endpoint({
  name: 'drawSurvey',
  method: 'POST',
  path: '/evaluations/:id/survey/draw',
  access: 'evaluation.openSurvey',
  params: z.object({ id: idOf('evaluation') }),
  body: z.object({
    /** The hash of the frozen list as the evaluator saw it. */
    populationHash: hash,
    /** 32 random bytes of the evaluator's browser, hex: with the secret committed at planning they decide the draw, neither alone. */
    nonce: hash,
  }),
  output: recordAnswer.extend({ survey: z.string(), size: z.number().int() }),
  refusals: ['nothing-to-draw', 'list-differs'],
  summary: 'Draws the sample from the frozen list of a survey by the committed secret and a number of the evaluator.',
})

export const getSurvey = endpoint({
  name: 'getSurvey',
  method: 'GET',
  path: '/surveys/:id',
  access: 'public',
  params: byId,
  output: z.object({
    id: z.string(),
    state: z.enum(surveyStates),
    title: z.string(),
    number: z.string(),
    division: z.string(),
    divisionName: z.string().optional(),
    evaluation: z.string(),
    organizationName: z.string().optional(),
    until: instantWire.optional(),
    closedAt: instantWire.optional(),
    items: z.array(surveyItem),
    /** Beneficiaries on record when it opened, and how many of them are asked. */
    population: z.number().int().optional(),
    invited: z.number().int().optional(),
    /** As set when the evaluation was planned: up to `all` beneficiaries everybody is asked, else `sample` of them. */
    terms: sampleTerms,
    /** SM3 over the frozen list of marks. */
    populationHash: z.string().optional(),
    /** SM3 of the secret that was set when the evaluation was planned. */
    commitment: z.string().optional(),
    /** For the readers once it ended, for everybody once the evaluation is published; absent also when fewer than five answered. */
    result: z
      .object({
        answered: z.number().int(),
        /** Percent with one decimal. */
        responseRate: z.number(),
        onPaper: z.number().int(),
        items: z.array(surveyedItem),
      })
      .optional(),
    /** It ended with fewer than five answers: they were destroyed unread. */
    tooFew: z.boolean(),
  }),
  refusals: [],
  summary: 'A survey: what is asked, how many are asked, and once it ended how often each answer was given.',
})

export const getSurveyDraw = endpoint({
  name: 'getSurveyDraw',
  method: 'GET',
  path: '/surveys/:id/draw',
  access: 'public',
  params: byId,
  output: z.object({
    survey: z.string(),
    number: z.string(),
    title: z.string(),
    terms: sampleTerms,
    /** SM3 of the secret. */
    commitment: z.string(),
    secret: z.string(),
    /** The evaluator's number, and what follows from secret, number and list; absent where all were asked. */
    nonce: z.string().optional(),
    seed: z.string().optional(),
    populationHash: z.string(),
    /** The frozen list in its order: of each beneficiary the SM3 of a random receipt, which leads to nobody. */
    list: z.array(z.string()),
    /** Those who were asked, in the order drawn. */
    asked: z.array(z.string()),
  }),
  refusals: ['survey-runs'],
  summary: 'All that repeating the draw of a survey needs, once it ended.',
})

export const listSurveyReceipts = endpoint({
  name: 'listSurveyReceipts',
  method: 'GET',
  path: '/surveys/:id/receipts',
  access: 'evaluation.answerSurvey',
  params: byId,
  output: z.object({
    receipts: z.array(
      z.object({
        /** Its SM3 is the entry in the frozen list. Says nothing of any answer. */
        receipt: z.string(),
        guardian: z.boolean(),
        /** Whether it was drawn, once that is settled. */
        asked: z.boolean().optional(),
      }),
    ),
  }),
  refusals: ['survey-over'],
  summary:
    'By what I find myself, or children whom I stand for, in the frozen list of a survey, asked or not. Leaves no trace.',
})

export const takeSurveyLink = endpoint({
  name: 'takeSurveyLink',
  method: 'GET',
  path: '/surveys/:id/link',
  access: 'evaluation.answerSurvey',
  params: byId,
  output: z.object({ links: z.array(z.object({ code: z.string(), guardian: z.boolean() })) }),
  refusals: ['survey-over', 'survey-not-begun', 'not-asked'],
  summary: 'The links of a survey that I may use: my own, or those of children whom I stand for. Leaves no trace.',
})

export const openSurveyLink = endpoint({
  name: 'openSurveyLink',
  method: 'POST',
  path: '/survey-links/open',
  access: 'public',
  anonymous: true,
  body: z.object({ code }),
  output: z.object({
    /** `used`: this link has its answer; `over`: the survey ended. */
    state: z.enum(['open', 'used', 'over']),
    survey: z.string(),
    title: z.string(),
    organizationName: z.string().optional(),
    until: instantWire.optional(),
    /** Asked is a child: whoever has custody consents and answers. */
    guardian: z.boolean(),
    items: z.array(surveyItem),
  }),
  refusals: ['link-unknown'],
  summary: 'What a link of a survey asks, without a session.',
})

export const answerSurvey = endpoint({
  name: 'answerSurvey',
  method: 'POST',
  path: '/survey-links/answer',
  access: 'public',
  anonymous: true,
  body: z.object({
    code,
    /** `guardian`: I have custody of the child who is asked, I consent and answer for it. */
    as: z.enum(['self', 'guardian']),
    /** One for each question in their order: 1–5, or 0 for „cannot say“. */
    points: z.array(z.number().int().min(0).max(mostPoints)).min(1).max(30),
  }),
  output: z.object({ answered: z.literal(true) }),
  refusals: ['link-unknown', 'link-used', 'survey-over', 'guardian-needed', 'answers-missing', 'nothing-said'],
  summary: 'Answers a survey by a link, once, without a session; the same answer again changes nothing.',
})

export const listSurveyPapers = endpoint({
  name: 'listSurveyPapers',
  method: 'GET',
  path: '/surveys/:id/papers',
  access: 'evaluation.handSurveyPaper',
  params: byId,
  query: listQuery(['name'], {}),
  output: pageOf(
    z.object({
      id: z.string(),
      maskedName: z.string(),
      guardian: z.boolean(),
      /** The day on which the paper was last handed out. */
      onPaper: z.string().optional(),
    }),
  ),
  refusals: [],
  summary: 'Those who are asked and have no inbox, by masked name: they get their link on paper.',
})

export const handSurveyPaper = endpoint({
  name: 'handSurveyPaper',
  method: 'POST',
  path: '/surveys/:id/papers',
  access: 'evaluation.handSurveyPaper',
  params: byId,
  body: z.object({ invitation: z.uuid().optional(), person: idOf('person').optional() }),
  output: z.object({
    /** `receipt`: see listSurveyReceipts. */
    papers: z.array(z.object({ code: z.string(), guardian: z.boolean(), receipt: z.string().optional() })),
    title: z.string(),
    until: instantWire,
  }),
  refusals: ['survey-over', 'survey-not-begun', 'not-asked', 'one-to-hand'],
  summary:
    'Prints the link of somebody who is asked: of one without an inbox, or of a person found by the whole number.',
})
