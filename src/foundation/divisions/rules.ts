// When a division may end and which one may succeed it.
import type { PlainDate } from '../../kit/plain-date.ts'
import { allow, refuse, type Ruling } from '../../kit/ruling.ts'

export type Division = { readonly code: string; readonly level: number; readonly validTo: string | null }

/** A division ends once, in favour of a living one of the same level that is not itself. Refuses division-ended, successor-unfit. */
export function succeedDivision(
  division: Division,
  successor: Division | undefined,
  since: PlainDate,
): Ruling<{ validTo: PlainDate }, 'division-ended' | 'successor-unfit'> {
  if (division.validTo !== null) return refuse('division-ended', { since: division.validTo })
  if (
    successor === undefined ||
    successor.code === division.code ||
    successor.level !== division.level ||
    successor.validTo !== null
  ) {
    return refuse('successor-unfit')
  }
  return allow({ validTo: since })
}
