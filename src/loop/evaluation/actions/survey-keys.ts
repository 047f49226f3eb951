// Evaluation: what a survey's own secret makes: tokens of links, marks that lead to nobody, sealed answers. All gone when the secret is destroyed.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { codeLength, codeLetters } from '../contract/surveys.ts'
import type { Survey } from '../rules/survey.ts'
import type { SealedAnswer } from '../store/surveys.ts'

/** SM3 (GB/T 32905) of UTF-8 text as hex: the hash of the draw. */
export const sm3 = (text: string): string => createHash('sm3').update(text).digest('hex')

/** 32 random bytes as hex. */
export const randomSecret = (): string => randomBytes(32).toString('hex')

const secretPlace = (survey: string) => ({ table: 'evaluation.survey', column: 'secret', row: survey })
const answerPlace = (mark: string) => ({ table: 'evaluation.survey_inbox', column: 'sealed', row: mark })
export const namePlace = (invitation: string) => ({
  table: 'evaluation.survey_invitation',
  column: 'who',
  row: invitation,
})

/** A fresh secret, sealed under the survey's data key, which is destroyed when the survey ends. */
export function sealSecret(platform: Platform, tx: Tx, survey: string): Promise<Buffer> {
  return platform.cipher.seal(tx, survey, secretPlace(survey), randomSecret())
}

/** Undefined once the survey ended. */
export async function openSecret(platform: Platform, tx: Tx, survey: Survey): Promise<string | undefined> {
  return survey.secret === undefined
    ? undefined
    : platform.cipher.open(tx, survey.id, secretPlace(survey.id), Buffer.from(survey.secret))
}

const keyed = (secret: string, use: string, text: string) =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(use).update('\0').update(text).digest()

/** The token of a link: 80 bits in letters. Made anew from the secret whenever it is asked for, stored nowhere. */
export function tokenOf(secret: string, invitation: string): string {
  return [...keyed(secret, 'token', invitation).subarray(0, codeLength)].map((byte) => codeLetters[byte & 31]).join('')
}

/** What is stored of a token. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Whoever may take a link from the inbox: nobody is found by it without the secret. */
export const holderMark = (secret: string, person: string): string =>
  keyed(secret, 'holder', person).toString('hex').slice(0, 32)

/** By which the answer of a token is found again. */
export const answerMark = (secret: string, token: string): string => keyed(secret, 'answer', token).toString('hex')

/** Answers are digits, one for each question: all of a survey are of one size. */
export async function sealAnswer(
  platform: Platform,
  tx: Tx,
  survey: string,
  mark: string,
  points: readonly number[],
): Promise<SealedAnswer> {
  return { mark, sealed: await platform.cipher.seal(tx, survey, answerPlace(mark), points.join('')) }
}

export async function openAnswer(
  platform: Platform,
  tx: Tx,
  survey: string,
  { mark, sealed }: SealedAnswer,
): Promise<number[]> {
  const text = await platform.cipher.open(tx, survey, answerPlace(mark), Buffer.from(sealed))
  if (text === undefined) throw new Error('the key of a running survey was destroyed')
  return [...text].map(Number)
}
