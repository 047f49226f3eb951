// The independent redraw of a survey's sample from what GET /api/surveys/<id>/draw answers: written apart from the server's own code.
import { z } from 'zod'
import { drawn, same, sm3 } from './recompute.ts'

/** What is published of a survey's draw once it ended. */
export const surveyDrawFile = z.object({
  survey: z.string(),
  number: z.string(),
  title: z.string(),
  terms: z.object({ all: z.number().int(), sample: z.number().int() }),
  commitment: z.string(),
  secret: z.string(),
  /** The evaluator's number and the seed; absent where all were asked. */
  nonce: z.string().optional(),
  seed: z.string().optional(),
  populationHash: z.string(),
  list: z.array(z.string()),
  asked: z.array(z.string()),
})
export type SurveyDrawFile = z.output<typeof surveyDrawFile>

/** What the evaluator's browser kept of the draw when it was made. */
export const witnessFile = z.object({
  survey: z.string(),
  commitment: z.string(),
  populationHash: z.string(),
  nonce: z.string(),
  population: z.number().int(),
  size: z.number().int(),
})
export type Witness = z.output<typeof witnessFile>

export const surveyFaultSentences = {
  'secret-differs': 'the secret is not the one that was committed to when the evaluation was planned',
  'commitment-differs': 'the commitment is not the one that you noted: it was exchanged afterwards',
  'list-not-in-order':
    'the list of beneficiaries is not in its order, or names somebody twice: it is not the frozen one',
  'list-differs': 'the list does not give the published hash: somebody was added, left out or exchanged',
  'number-missing': 'a sample was to be drawn, and the number of the evaluator is not there',
  'seed-differs': 'the seed does not follow from secret, the evaluator’s number and list',
  'size-differs': 'not as many were asked as the terms say',
  'not-drawn': 'somebody was asked whom the seed did not draw',
  'left-out': 'somebody was drawn and not asked',
  'order-differs': 'those who were asked do not stand in the order that the seed draws',
  'witness-elsewhere': 'the evaluator’s receipt belongs to another survey',
  'witness-commitment': 'the evaluator’s receipt holds another commitment: the secret was exchanged afterwards',
  'witness-list': 'the evaluator’s receipt holds the hash of another list: it was changed after it was frozen',
  'witness-number': 'the evaluator’s receipt holds another number: the draw was made again',
  'witness-size': 'the evaluator’s receipt holds another size',
  'own-missing': 'your own entry is not on the list: you were left out',
} as const
export type SurveyFault = { readonly what: keyof typeof surveyFaultSentences; readonly which?: string }

/** A receipt of one's own as people type it. */
const readReceipt = (typed: string) => typed.replaceAll(/[\s-]/g, '').toLowerCase()

export type SurveyRedraw = {
  readonly faults: SurveyFault[]
  readonly listHash: string
  /** Absent where all are asked. */
  readonly seed?: string
  /** Who was to be asked, in the order drawn. */
  readonly order: string[]
  /** For each receipt of one's own: its entry, and its place among those drawn, from 1. */
  readonly own: { readonly entry: string; readonly place?: number }[]
}

/** Everything that does not agree, with list hash, seed and sample as they come out of the published data. */
export function redrawSurvey(
  file: SurveyDrawFile,
  given: {
    readonly witnesses?: readonly Witness[]
    readonly own?: readonly string[]
    readonly commitment?: string
  } = {},
): SurveyRedraw {
  const { list, asked, terms, commitment, secret, nonce } = file
  const faults: SurveyFault[] = []
  const listHash = sm3(list.join('\n'))
  const all = list.length <= terms.all
  const seed = all || nonce === undefined ? undefined : sm3([secret, nonce, listHash].join('\n'))
  const size = all ? list.length : Math.min(terms.sample, list.length)
  const order = all ? list : seed === undefined ? [] : drawn(list, seed).slice(0, size)
  if (given.commitment !== undefined && given.commitment !== commitment) faults.push({ what: 'commitment-differs' })
  if (sm3(secret) !== commitment) faults.push({ what: 'secret-differs' })
  if (!same([...new Set(list)].toSorted(), list)) faults.push({ what: 'list-not-in-order' })
  if (listHash !== file.populationHash) faults.push({ what: 'list-differs' })
  if (asked.length !== size) faults.push({ what: 'size-differs', which: `${asked.length}, ${size}` })
  if (!all && nonce === undefined) faults.push({ what: 'number-missing' })
  if (seed !== file.seed) faults.push({ what: 'seed-differs' })
  // Where the seed differs, so does everybody drawn: told once.
  else faults.push(...sampleFaults(order, asked))
  for (const witness of given.witnesses ?? []) faults.push(...witnessFaults(file, witness))
  const own = (given.own ?? []).map((receipt) => {
    const entry = sm3(readReceipt(receipt))
    const at = asked.indexOf(entry)
    if (!list.includes(entry)) faults.push({ what: 'own-missing', which: entry })
    return { entry, place: at < 0 ? undefined : at + 1 }
  })
  return { faults, listHash, seed, order, own }
}

function sampleFaults(order: readonly string[], asked: readonly string[]): SurveyFault[] {
  const faults: SurveyFault[] = [
    ...asked.filter((each) => !order.includes(each)).map((which) => ({ what: 'not-drawn', which }) as const),
    ...order.filter((each) => !asked.includes(each)).map((which) => ({ what: 'left-out', which }) as const),
  ]
  return faults.length === 0 && !same(order, asked) ? [{ what: 'order-differs' }] : faults
}

function witnessFaults(file: SurveyDrawFile, witness: Witness): SurveyFault[] {
  if (witness.survey !== file.survey) return [{ what: 'witness-elsewhere', which: witness.survey }]
  const faults: SurveyFault[] = []
  if (witness.commitment !== file.commitment) faults.push({ what: 'witness-commitment' })
  if (witness.populationHash !== file.populationHash) faults.push({ what: 'witness-list' })
  if (witness.nonce !== file.nonce) faults.push({ what: 'witness-number' })
  if (witness.population !== file.list.length || witness.size !== file.asked.length)
    faults.push({ what: 'witness-size' })
  return faults
}
