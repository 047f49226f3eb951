// Which values a parameter takes.
import type { PolicyParameter } from '../../kit/parameter.ts'
import { allow, invalid, refuse, type Ruling } from '../../kit/ruling.ts'

/** A value must be of the default's kind and within its range; null (back to the value above) always is. Refuses parameter-unknown (404), or names the field. */
export function setParameter(
  parameter: PolicyParameter | undefined,
  value: unknown,
): Ruling<true, 'parameter-unknown' | 'invalid-input'> {
  if (parameter === undefined) return refuse('parameter-unknown', {}, { kind: 'absent' })
  if (value === null) return allow(true)
  if (typeof value !== typeof parameter.value || Array.isArray(value) !== Array.isArray(parameter.value)) {
    return invalid([{ path: 'body.value', code: 'parameter-wrong-kind' }])
  }
  if (typeof value === 'number') {
    const least = parameter.minimum ?? 0
    const most = parameter.maximum ?? Number.MAX_SAFE_INTEGER
    if (value < least || value > most || !Number.isInteger(value)) {
      return invalid([{ path: 'body.value', code: 'parameter-out-of-range', params: { least, most } }])
    }
  }
  return allow(true)
}
