// zod issues as field faults: every faulty field at once, coded so that it can be worded in any language.
import type { z } from 'zod'
import type { FieldFault } from '../../kit/ruling.ts'

type Issue = z.core.$ZodIssue

function codeOf(issue: Issue): { code: string; params?: Record<string, string | number> } {
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.input === undefined || issue.input === null ? 'required' : 'wrong-type' }
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) === 1
          ? { code: 'required' }
          : { code: 'too-short', params: { least: Number(issue.minimum) } }
      if (issue.origin === 'array') return { code: 'too-few', params: { least: Number(issue.minimum) } }
      return { code: 'too-small', params: { least: Number(issue.minimum) } }
    case 'too_big':
      if (issue.origin === 'string') return { code: 'too-long', params: { most: Number(issue.maximum) } }
      if (issue.origin === 'array') return { code: 'too-many', params: { most: Number(issue.maximum) } }
      return { code: 'too-big', params: { most: Number(issue.maximum) } }
    case 'invalid_value':
      return { code: issue.input === undefined ? 'required' : 'not-a-choice' }
    case 'unrecognized_keys':
      return { code: 'unknown-field' }
    case 'custom':
      return { code: typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'wrong-format' }
    default:
      return { code: 'wrong-format' }
  }
}

/** Faults of one part of the request (`params`, `query`, `body`) with full paths such as `body.budgetLines.0.amount`. */
export function faultsOf(part: string, issues: readonly Issue[]): FieldFault[] {
  return issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined]
    return keys.map((key) => ({
      path: [part, ...issue.path.map(String), ...(key === undefined ? [] : [key])].join('.'),
      ...codeOf(issue),
    }))
  })
}
