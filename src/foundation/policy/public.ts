// The reader of parameters that every action is handed: values in memory, the nearest ancestor's first.
import type { DivisionCode } from '../../kit/id.ts'
import type { PolicyParameter } from '../../kit/parameter.ts'
import type { Database } from '../../platform/database.ts'
import type { PolicyReader } from '../../platform/platform.ts'
import { listNewestValues } from './store.ts'

/** Loads the values of a database. Asking for a key that no domain declares is a fault. */
export async function openPolicy(database: Database, parameters: readonly PolicyParameter[]): Promise<PolicyReader> {
  const declared = new Map(parameters.map((parameter) => [parameter.key, parameter]))
  let values = new Map<string, Map<string, unknown>>()
  const read = async () => {
    const next = new Map<string, Map<string, unknown>>()
    for (const row of await listNewestValues(database.reader)) {
      if (row.value === null) continue
      const byDivision = next.get(row.key) ?? new Map<string, unknown>()
      byDivision.set(row.division, row.value)
      next.set(row.key, byDivision)
    }
    values = next
  }
  // One after the other: of two readings at once the earlier could be the last to answer, and what it read would stay.
  let reading = read()
  const reload = () => {
    reading = reading.catch(() => undefined).then(read)
    return reading
  }
  await reading
  const valueAt = (key: string, division: DivisionCode): { value: unknown; setAt?: string } => {
    const parameter = declared.get(key)
    if (parameter === undefined) throw new Error(`parameter ${key} is not declared`)
    const byDivision = values.get(key)
    if (byDivision !== undefined) {
      for (let length = division.length; length >= 2; length -= 1) {
        const ancestor = division.slice(0, length)
        if (byDivision.has(ancestor)) return { value: byDivision.get(ancestor), setAt: ancestor }
      }
    }
    return { value: parameter.value }
  }
  return {
    valueAt,
    reload,
    number(key, division) {
      const { value } = valueAt(key, division)
      if (typeof value !== 'number') throw new Error(`parameter ${key} is not a number`)
      return value
    },
    text(key, division) {
      const { value } = valueAt(key, division)
      if (typeof value !== 'string') throw new Error(`parameter ${key} is not a text`)
      return value
    },
    data: (key, division) => valueAt(key, division).value,
  }
}
