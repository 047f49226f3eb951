// How an action hands a session token to http without it ever standing in an answer's body.

export type CookieInstruction = { readonly token: string; readonly maxAgeSeconds: number }

const instructions = new WeakMap<object, CookieInstruction>()

/** The same answer, marked so that http sets (or, with an empty token, clears) the session cookie. */
export function withSession<T extends object>(answer: T, token: string, maxAgeSeconds: number): T {
  instructions.set(answer, { token, maxAgeSeconds })
  return answer
}

/** What http is to do with the session cookie for this answer. */
export function sessionOf(answer: unknown): CookieInstruction | undefined {
  return typeof answer === 'object' && answer !== null ? instructions.get(answer) : undefined
}

const unkeptAnswers = new WeakSet<object>()

/** The same answer, marked as carrying a secret or personal text: Idempotency-Key keeps no copy of it, a repetition acts anew. */
export function unkept<T extends object>(answer: T): T {
  unkeptAnswers.add(answer)
  return answer
}

/** Whether an answer may be kept for repetitions: neither a session nor a secret goes with it. */
export function mayBeKept(answer: unknown): boolean {
  return (
    sessionOf(answer) === undefined && !(typeof answer === 'object' && answer !== null && unkeptAnswers.has(answer))
  )
}
