// Needs: what is asked beyond the text where a category makes it plain what the handler will want to know first.
import { z } from 'zod'
import type { CategoryCode } from './taxonomy.ts'

/** Every question; its sentence stands in the texts of the pages, its answer with the need's own texts. */
export const questionCodes = [
  'which-lift',
  'lift-fault',
  'which-building',
  'leak-now',
  'lamps-out',
  'which-bin',
  'noise-when',
  'danger-now',
  'charged-where',
  'elder-age',
  'which-meal',
  'which-entrance',
  'what-broke',
  'which-crossing',
] as const

export type QuestionCode = (typeof questionCodes)[number]

/** What was answered to the questions of the category. */
export const answers = z
  .array(z.object({ question: z.enum(questionCodes), answer: z.string().trim().min(1).max(60) }))
  .max(4)

export type Question = {
  readonly code: QuestionCode
  /** Answers to tap; without them the answer is typed. */
  readonly choices?: readonly string[]
}

const building: Question = { code: 'which-building' }
const elder: Question = { code: 'elder-age', choices: ['60s', '70s', '80s', '90s'] }
const danger: Question = { code: 'danger-now', choices: ['yes', 'no', 'unsure'] }

/** The questions of a category, at most two; all may be left open. */
export const questionsOf: Partial<Record<CategoryCode, readonly Question[]>> = {
  '0101': [elder],
  '0102': [{ code: 'which-meal', choices: ['lunch', 'dinner', 'both'] }, elder],
  '0103': [elder],
  '0106': [building, elder],
  '0301': [{ code: 'which-entrance' }],
  '0801': [{ code: 'which-lift' }, { code: 'lift-fault', choices: ['stopped', 'doors', 'shakes', 'none-yet'] }],
  '0802': [building, { code: 'leak-now', choices: ['still', 'rain', 'stopped'] }],
  '0803': [{ code: 'lamps-out', choices: ['one', 'some', 'all', 'no-lamp'] }],
  '0806': [building],
  '0901': [{ code: 'which-bin' }],
  '0903': [{ code: 'noise-when', choices: ['day', 'evening', 'night', 'always'] }],
  '1001': [building, danger],
  '1002': [{ code: 'charged-where' }, danger],
  '1003': [building, danger],
  '1201': [{ code: 'what-broke' }],
  '1502': [{ code: 'which-crossing' }],
}
