// Chinese identifiers: credit codes, organization codes, citizen numbers and mobile numbers, checked, read and masked.
import { z } from 'zod'
import { type PlainDate, parsePlainDate } from './plain-date.ts'

/** Unified social credit code (GB 32100-2015), 18 characters in upper case, check character right. */
export type Uscc = string & { readonly __brand: 'uscc' }
/** Organization code (GB 11714-1997), 9 characters in upper case without hyphen, check character right. */
export type OrgCode = string & { readonly __brand: 'org-code' }
/** Citizen identity number (GB 11643-1999), 18 characters, a possible birth date, check character right (X in upper case). */
export type CitizenId = string & { readonly __brand: 'citizen-id' }
/** A mainland mobile number: 11 digits starting with 13–19, without country code. */
export type Phone = string & { readonly __brand: 'phone' }

export type Sex = 'male' | 'female'

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const
const USCC_PATTERN = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/
const ORG_CODE_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORG_CODE_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const
const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CITIZEN_CHECKS = '10X98765432'
const PHONE_PATTERN = /^1[3-9]\d{9}$/

/**
 * Text as it is typed or pasted, brought to the form that is stored: full-width letters and digits to plain ones, spaces
 * and hyphens out, upper case. It does not check anything.
 */
export function plainIdentifier(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .toUpperCase()
}

/** plainIdentifier for phone numbers: a leading +86, 0086 or 86 is left out as well. */
export function plainPhone(text: string): string {
  return plainIdentifier(text).replace(/^(?:\+86|0086|86(?=1\d{10}$))/, '')
}

/** Takes exactly the stored form; anything written otherwise goes through plainIdentifier first. */
export function isUscc(text: string): text is Uscc {
  return USCC_PATTERN.test(text) && text.at(17) === usccCheck(text.slice(0, 17))
}

/** The 18th character for the first 17, or undefined when one of them is not in the alphabet (it lacks I O S V Z). */
export function usccCheck(first17: string): string | undefined {
  const total = weighted(first17, USCC_ALPHABET, USCC_WEIGHTS)
  return total === undefined ? undefined : USCC_ALPHABET.at((31 - (total % 31)) % 31)
}

/** What a credit code says: who registered it, as what, where, and the organization code within. */
export type UsccParts = {
  /** 1 character; 5 is civil affairs. */
  readonly authority: string
  /** With authority 5: 1 association, 2 service institution, 3 foundation, 9 other. */
  readonly category: string
  /** 6 digits, of the day of registration; may be retired since. */
  readonly division: string
  /** 9 characters; its own check is not asked for, older codes were carried over as they were. */
  readonly orgCode: string
}

/** undefined when it is no credit code. */
export function parseUscc(text: string): UsccParts | undefined {
  if (!isUscc(text)) return undefined
  return {
    authority: text.slice(0, 1),
    category: text.slice(1, 2),
    division: text.slice(2, 8),
    orgCode: text.slice(8, 17),
  }
}

/**
 * A valid credit code from its parts, for demo and test data. orgBody: the first 8 characters of the organization code.
 * Throws a RangeError on parts outside the alphabet or of another length.
 */
export function makeUscc(parts: { authority: string; category: string; division: string; orgBody: string }): Uscc {
  const first16 = `${parts.authority}${parts.category}${parts.division}${parts.orgBody}`
  const first17 = `${first16}${orgCodeCheck(parts.orgBody) ?? '?'}`
  const code = `${first17}${usccCheck(first17) ?? '?'}`
  if (!isUscc(code)) throw new RangeError(`no credit code from ${first16}`)
  return code
}

export function isOrgCode(text: string): text is OrgCode {
  return /^[0-9A-Z]{8}[0-9X]$/.test(text) && text.at(8) === orgCodeCheck(text.slice(0, 8))
}

/** The 9th character for the first 8, or undefined when one of them is neither digit nor capital letter. */
export function orgCodeCheck(first8: string): string | undefined {
  const total = weighted(first8, ORG_CODE_ALPHABET, ORG_CODE_WEIGHTS)
  if (total === undefined) return undefined
  return '0X987654321'.at(total % 11)
}

/**
 * Takes exactly the stored form. Checks length, birth date and check character; the place code is never held against
 * today's list: cards keep the codes of places that were renamed, merged or belong to other provinces. Whether the date
 * lies in the future is the caller's question, who knows what day it is.
 */
export function isCitizenId(text: string): text is CitizenId {
  return parseCitizenId(text) !== undefined
}

/** The 18th character for the first 17 digits, or undefined when they are no 17 digits. */
export function citizenIdCheck(first17: string): string | undefined {
  const total = weighted(first17, '0123456789', CITIZEN_WEIGHTS)
  return total === undefined ? undefined : CITIZEN_CHECKS.at(total % 11)
}

/** What a citizen number says; undefined when it is none. Place: 6 digits, of the first registration. */
export function parseCitizenId(
  text: string,
): { readonly place: string; readonly birth: PlainDate; readonly sex: Sex } | undefined {
  if (!/^[1-9]\d{5}(?:18|19|20)\d{9}[\dX]$/.test(text)) return undefined
  if (text.at(17) !== citizenIdCheck(text.slice(0, 17))) return undefined
  const birth = parsePlainDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)
  if (birth === undefined) return undefined
  return { place: text.slice(0, 6), birth, sex: Number(text.at(16)) % 2 === 1 ? 'male' : 'female' }
}

/**
 * A valid citizen number for demo and test data. place: 6 digits; sequence: 0–999, odd for men. Throws a RangeError when
 * the result would be none.
 */
export function makeCitizenId(parts: { place: string; birth: PlainDate; sequence: number }): CitizenId {
  const first17 = `${parts.place}${parts.birth.replaceAll('-', '')}${String(parts.sequence).padStart(3, '0')}`
  const number = `${first17}${citizenIdCheck(first17) ?? '?'}`
  if (!isCitizenId(number)) throw new RangeError(`no citizen number from ${first17}`)
  return number
}

/** Takes exactly the stored form; anything written otherwise goes through plainPhone first. */
export function isPhone(text: string): text is Phone {
  return PHONE_PATTERN.test(text)
}

/** A name as others see it: first and last character, stars between; of two characters the first; of one nothing. */
export function maskName(name: string): string {
  const characters = [...name.trim()]
  const [first = '', last = ''] = [characters.at(0), characters.at(-1)]
  if (characters.length === 0) return ''
  if (characters.length === 1) return '*'
  if (characters.length === 2) return `${first}*`
  return `${first}${'*'.repeat(characters.length - 2)}${last}`
}

/** The first three and the last four characters of an identity number; shorter text is all stars. */
export function maskCitizenId(number: string): string {
  return withStarsBetween(number, 3, 4)
}

/** 138****5678; shorter text is all stars. */
export function maskPhone(phone: string): string {
  return withStarsBetween(phone, 3, 4)
}

/** A citizen number or mobile number found in free text: where it starts and ends (UTF-16 units, end excluded). */
export type FoundNumber = { readonly kind: 'citizen-id' | 'phone'; readonly start: number; readonly end: number }

/**
 * Finds citizen and mobile numbers in what people write, also with full-width digits, spaces or hyphens between groups.
 * For the warning before a public text is sent: a run of digits with a wrong check is left alone, so it may miss typing errors.
 */
export function findPersonalNumbers(text: string): FoundNumber[] {
  const found: FoundNumber[] = []
  for (const match of text.matchAll(
    /(?<![0-9０-９A-Za-z])[0-9０-９](?:[ \-－]?[0-9０-９]){10,18}(?:[ \-－]?[XxＸｘ])?(?![0-9０-９])/g,
  )) {
    const plain = plainIdentifier(match[0])
    const kind = isCitizenId(plain) ? 'citizen-id' : isPhone(plainPhone(plain)) ? 'phone' : undefined
    if (kind !== undefined) found.push({ kind, start: match.index, end: match.index + match[0].length })
  }
  return found
}

const typed = z.string().overwrite(plainIdentifier)

/** A credit code in a request (the transforms of these schemas only brand); spaces, full-width and lower case are put right before it is checked. */
export const uscc = typed
  .refine(isUscc)
  .meta({ format: 'uscc' })
  .transform((text) => text as Uscc)
/** An organization code in a request; written with or without the hyphen. */
export const orgCode = typed
  .refine(isOrgCode)
  .meta({ format: 'org-code' })
  .transform((text) => text as OrgCode)
/** A citizen number in a request. */
export const citizenId = typed
  .refine(isCitizenId)
  .meta({ format: 'citizen-id' })
  .transform((text) => text as CitizenId)
/** A mainland mobile number in a request. */
export const phone = z
  .string()
  .overwrite(plainPhone)
  .refine(isPhone)
  .meta({ format: 'phone' })
  .transform((text) => text as Phone)

/** The sum of value times weight; undefined on another length or a character outside the alphabet. */
function weighted(text: string, alphabet: string, weights: readonly number[]): number | undefined {
  if (text.length !== weights.length) return undefined
  let total = 0
  for (const [position, weight] of weights.entries()) {
    const value = alphabet.indexOf(text.charAt(position))
    if (value < 0) return undefined
    total += value * weight
  }
  return total
}

function withStarsBetween(text: string, head: number, tail: number): string {
  if (text.length <= head + tail) return '*'.repeat(text.length)
  return `${text.slice(0, head)}${'*'.repeat(text.length - head - tail)}${text.slice(-tail)}`
}
