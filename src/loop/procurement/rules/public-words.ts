// Procurement: what everybody will read carries no phone or identity number. Pure.
import { findPersonalNumbers } from '../../../kit/chinese-ids.ts'
import { invalid, type Refusal } from '../../../kit/ruling.ts'

/** Every text by the name of its field, with the first number found in it; undefined where all are clean. */
export function personalNumbers(
  texts: Readonly<Record<string, string | undefined>>,
): Refusal<'invalid-input'> | undefined {
  const faults = Object.entries(texts).flatMap(([field, text]) => {
    const found = findPersonalNumbers(text ?? '')[0]
    if (found === undefined) return []
    return [{ path: `body.${field}`, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }]
  })
  return faults.length > 0 ? invalid(faults) : undefined
}
