// Deliberation: taking statements off in bulk, with a reason that everybody may read. Pure.
import { allow, invalid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { personalNumbers } from '../rules.ts'

type Removable = { readonly id: string; readonly removedReason?: string }

/**
 * Which of the statements found are taken off: those that nobody took off before. Refuses with statement-unknown when one that was asked for
 * does not stand under this motion, and with statement-removed when a colleague was faster with all of them.
 */
export function removeStatements<S extends Removable>(
  found: readonly S[],
  body: { readonly statements: readonly string[]; readonly words: string },
): Ruling<S[]> {
  const faults = personalNumbers('body.words', body.words)
  if (faults.length > 0) return invalid(faults)
  if (found.length < new Set(body.statements).size) return refuse('statement-unknown')
  const standing = found.filter((statement) => statement.removedReason === undefined)
  return standing.length === 0 ? refuse('statement-removed') : allow(standing)
}
