// What the server refuses or fails with (RFC 9457), as the web sees it.

export type FieldProblem = { readonly path: string; readonly message: string }

export type Problem = {
  /** HTTP status; 0 when no answer came (no network). */
  readonly status: number
  /** Code of the refusal, kebab-case; `no-network` and `fault` are the web's own. */
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly fields?: readonly FieldProblem[]
  /** Verbs that are possible now (409). */
  readonly possible?: readonly string[]
}

/** Thrown by `call` for every answer that is not 2xx. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** The problem inside whatever was thrown; unknown errors become `fault`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return { status: 500, code: 'fault', title: '' }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Reads a problem document leniently: a broken proxy page must not break the page that reports it. */
export function readProblem(status: number, body: unknown): Problem {
  const raw = isRecord(body) ? body : {}
  const fields = Array.isArray(raw['fields']) ? raw['fields'].filter(isRecord) : []
  const possible = Array.isArray(raw['possible']) ? raw['possible'].map(String) : undefined
  return {
    status,
    code: textOf(raw['code']) ?? (status === 401 ? 'unauthenticated' : 'fault'),
    title: textOf(raw['title']) ?? '',
    detail: textOf(raw['detail']),
    fields: fields.map((field) => ({ path: textOf(field['path']) ?? '', message: textOf(field['message']) ?? '' })),
    possible,
  }
}
