// A policy parameter as a domain declares it: default, unit, source; a county may set its own value, with history.

/** A policy parameter with its default; a county may set its own value, with history. */
export type PolicyParameter = {
  readonly key: string
  readonly value: number | string | Readonly<Record<string, unknown>> | readonly unknown[]
  readonly unit: 'working-day' | 'day' | 'count' | 'percent' | 'fen' | 'minute' | 'choice' | 'text' | 'table'
  /** Where the number comes from: the paper, a standard (with how sure), or ours. */
  readonly source: string
  readonly minimum?: number
  readonly maximum?: number
}
