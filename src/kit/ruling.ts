// The answer of every rule: allowed with a value, or refused with a code that a person can be told.

/** Why a refusal happened decides the HTTP answer: conflict 409, forbidden 403, absent 404, invalid 422, stale 412. */
export type RefusalKind = 'conflict' | 'forbidden' | 'absent' | 'invalid' | 'stale' | 'limited' | 'unauthenticated'

/** A faulty field: where it stands in the input and which text tells what is wrong. */
export type FieldFault = {
  readonly path: string
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

export type Allow<T> = { readonly ok: true; readonly value: T }

export type Refusal<C extends string = string> = {
  readonly ok: false
  readonly code: C
  readonly kind: RefusalKind
  /** Values for the text; never personal data. */
  readonly params: Readonly<Record<string, string | number>>
  /** Verbs that would be allowed now (409). */
  readonly possible?: readonly string[]
  readonly fields?: readonly FieldFault[]
}

export type Ruling<T, C extends string = string> = Allow<T> | Refusal<C>

/** The rule allows; the value is the record as it will be saved, or whatever the rule decides. */
export function allow<T>(value: T): Allow<T> {
  return { ok: true, value }
}

/** The rule refuses because of the record's state or a duty: the caller gets 409 unless another kind is named. */
export function refuse<C extends string>(
  code: C,
  params: Readonly<Record<string, string | number>> = {},
  more: { kind?: RefusalKind; possible?: readonly string[] } = {},
): Refusal<C> {
  return { ok: false, code, kind: more.kind ?? 'conflict', params, possible: more.possible }
}

/** The actor has no right to this (403). */
export function forbid<C extends string>(code: C, params: Readonly<Record<string, string | number>> = {}): Refusal<C> {
  return refuse(code, params, { kind: 'forbidden' })
}

/** There is no such record for this actor (404): also used where even existence is confidential. */
export function absent(): Refusal<'not-found'> {
  return refuse('not-found', {}, { kind: 'absent' })
}

/** The input is faulty (422): every faulty field at once. */
export function invalid(fields: readonly FieldFault[]): Refusal<'invalid-input'> {
  return { ok: false, code: 'invalid-input', kind: 'invalid', params: {}, fields }
}

/** Unwraps a ruling that must be an allow (makers of tests and demo); throws a fault that names the refusal's code. */
export function granted<T>(ruling: Ruling<T>): T {
  if (ruling.ok) return ruling.value
  const fields = ruling.fields?.map((field) => `${field.path}: ${field.code}`).join(', ')
  throw new Error(`refused: ${ruling.code} ${JSON.stringify(ruling.params)}${fields ? ` [${fields}]` : ''}`)
}
