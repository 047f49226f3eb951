// Minimal inputs that an endpoint's schema accepts, made from the schema itself: enough to come as far as the judgement.
import type { Binding } from '../../src/platform/action.ts'
import { wireSchema } from '../../src/platform/http/schemas.ts'

type Schema = {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly record?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly default?: unknown
}

export type Known = {
  /** Ids by kind of record; a made-up one stands in for a kind that is not there. */
  readonly ids: Readonly<Record<string, string>>
  readonly division: string
}

const nobody = '0190f1c0-0000-7000-8000-000000000000'

function text(schema: Schema, known: Known): string {
  if (schema.format === 'record-id') return known.ids[schema.record ?? ''] ?? `320505-${nobody}`
  if (schema.format === 'division') return known.division
  if (schema.format === 'date') return '2027-03-01'
  if (schema.format === 'date-time') return '2027-03-01T00:00:00.000Z'
  if (schema.format === 'money') return '100.00'
  if (schema.format === 'department') return 'education'
  if (schema.format === 'purchase-item') return 'A01'
  for (const candidate of [
    '13800138000',
    '01',
    '000000',
    'a'.repeat(64),
    'https://example.org/',
    '100.00',
    'abc-def',
    '11010519491231002X',
    '5132050850001234XF',
    '2027-03-01',
  ]) {
    if (schema.pattern !== undefined && new RegExp(schema.pattern).test(candidate)) return candidate
  }
  return '虚构的样例文字'.repeat(Math.ceil((schema.minLength ?? 1) / 7)).slice(0, Math.max(schema.minLength ?? 4, 4))
}

/** A value that the schema accepts; optional fields are left out. */
export function sampleOf(schema: Schema, known: Known): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.default !== undefined && schema.type !== 'object') return schema.default
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice !== undefined) return sampleOf(choice, known)
  switch (schema.type) {
    case 'object': {
      const required = schema.required ?? []
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => required.includes(name))
          .map(([name, property]) => [name, sampleOf(property, known)]),
      )
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, known))
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1)
    case 'boolean':
      return true
    case 'string':
      return text(schema, known)
    default:
      return {}
  }
}

/** The whole input of an endpoint; the division stands in query and body wherever they take one. */
export function inputFor(binding: Binding, known: Known): { params?: unknown; query?: unknown; body?: unknown } {
  const part = (schema: Parameters<typeof wireSchema>[0] | undefined) =>
    schema === undefined ? undefined : sampleOf(wireSchema(schema) as Schema, known)
  return {
    params: part(binding.endpoint.params),
    query: part(binding.endpoint.query),
    body: part(binding.endpoint.body),
  }
}

/** The kind of record that the endpoint's path names, if any. */
export function recordKindOf(binding: Binding): string | undefined {
  if (binding.endpoint.params === undefined) return undefined
  const { properties = {} } = wireSchema(binding.endpoint.params) as Schema
  return properties['id']?.record
}
