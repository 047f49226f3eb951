// JSON Schemas of endpoints: for the serializer, openapi.json and the web's forms. Made once at start.
import { z } from 'zod'

type JsonSchema = Record<string, unknown>

/** The schema of what a client sends or reads (the side before transforms). */
export function wireSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'throw' }) as JsonSchema
  return rest
}

/** The serializer's view: formats are dropped, since fast-json-stringify would re-format date-times that are already text. */
export function serializerSchema(schema: z.ZodType): JsonSchema {
  return strip(wireSchema(schema)) as JsonSchema
}

function strip(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strip)
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(
    ([key, value]) => !(['format', 'pattern', 'default', 'record'].includes(key) && typeof value !== 'object'),
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, strip(value)]))
}
