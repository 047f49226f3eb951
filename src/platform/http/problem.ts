// RFC 9457 problems from refusals and faults, worded in the reader's language. The only place that maps refusals to HTTP.
import type { Refusal, RefusalKind } from '../../kit/ruling.ts'
import type { Language, Words } from '../words.ts'

export const problemType = 'application/problem+json; charset=utf-8'

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly fields?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
  readonly possible?: readonly string[]
  readonly requestId: string
}

const statusOf: Readonly<Record<RefusalKind, number>> = {
  conflict: 409,
  forbidden: 403,
  absent: 404,
  invalid: 422,
  stale: 412,
  limited: 429,
  unauthenticated: 401,
}

/** The problem of a refusal. `domain` is the namespace whose words are asked first. */
export function problemOf(
  refusal: Refusal,
  words: Words,
  language: Language,
  domain: string,
  requestId: string,
): Problem {
  const text = words.say(language, domain, `refusals.${refusal.code}`, refusal.params)
  return {
    type: `urn:liandong:refusal:${refusal.code}`,
    title: words.say(language, 'platform', `kinds.${refusal.kind}`),
    status: statusOf[refusal.kind],
    code: refusal.code,
    detail: text,
    params: Object.keys(refusal.params).length > 0 ? refusal.params : undefined,
    fields: refusal.fields?.map((field) => ({
      path: field.path,
      code: field.code,
      message: words.say(language, domain, `refusals.${field.code}`, field.params),
    })),
    possible: refusal.possible,
    requestId,
  }
}

/** The problem of a fault: says nothing of its cause; the log has it under the request id. */
export function faultProblem(words: Words, language: Language, requestId: string): Problem {
  return {
    type: 'urn:liandong:fault',
    title: words.say(language, 'platform', 'kinds.fault'),
    status: 500,
    code: 'fault',
    detail: words.say(language, 'platform', 'refusals.fault'),
    requestId,
  }
}
