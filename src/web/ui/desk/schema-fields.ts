// Reads the JSON Schema of an endpoint's body into the fields of a form. Pure.

export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly (string | number | null)[]
  readonly const?: string | number | boolean
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
  readonly default?: unknown
  readonly description?: string
  /** Of `record-id`: the kind of record, e.g. "organization". */
  readonly record?: string
}

export type FieldKind =
  | 'text'
  | 'long-text'
  | 'number'
  | 'flag'
  | 'choice'
  | 'choices'
  | 'date'
  | 'moment'
  | 'money'
  | 'division'
  | 'record'
  | 'file'
  | 'files'
  | 'texts'
  | 'list'
  | 'group'

export type FormField = {
  readonly name: string
  readonly kind: FieldKind
  readonly required: boolean
  readonly schema: JsonSchema
  readonly options?: readonly string[]
  /** Fields of a group or of each item of a list. */
  readonly fields?: readonly FormField[]
}

/** Follows $ref and takes the null out of nullable unions. */
export function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    const target = root.$defs?.[name]
    return target ? resolved({ ...target, ...schema, $ref: undefined }, root) : {}
  }
  const union = schema.anyOf ?? schema.oneOf
  if (union) {
    const real = union.filter((each) => each.type !== 'null')
    const [only] = real
    if (only && real.length === 1) return resolved({ ...only, default: schema.default }, root)
    const constants = real.flatMap((each) =>
      each.const !== undefined ? [String(each.const)] : (each.enum ?? []).map(String),
    )
    if (constants.length > 0) return { type: 'string', enum: constants, default: schema.default }
  }
  if (schema.allOf)
    return schema.allOf.reduce<JsonSchema>((all, each) => ({ ...all, ...resolved(each, root) }), {
      ...schema,
      allOf: undefined,
    })
  return schema
}

function textKind(schema: JsonSchema): FieldKind {
  switch (schema.format) {
    case 'date':
      return 'date'
    case 'date-time':
      return 'moment'
    case 'money':
      return 'money'
    case 'division':
      return 'division'
    case 'record-id':
      return schema.record === 'file' ? 'file' : 'record'
    case 'file':
      return 'file'
    default:
      return (schema.maxLength ?? 0) > 200 ? 'long-text' : 'text'
  }
}

function field(name: string, raw: JsonSchema, required: boolean, root: JsonSchema): FormField {
  const schema = resolved(raw, root)
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((each) => each !== 'null')
  if (schema.enum)
    return { name, kind: 'choice', required, schema, options: schema.enum.filter((each) => each !== null).map(String) }
  if (type === 'boolean') return { name, kind: 'flag', required, schema }
  if (type === 'number' || type === 'integer') return { name, kind: 'number', required, schema }
  if (type === 'object' && schema.properties)
    return { name, kind: 'group', required, schema, fields: fieldsOf(schema, root) }
  if (type === 'array' && schema.items) {
    const items = resolved(schema.items, root)
    if (items.enum) return { name, kind: 'choices', required, schema, options: items.enum.map(String) }
    if (items.properties) return { name, kind: 'list', required, schema, fields: fieldsOf(items, root) }
    if (items.format === 'file' || items.record === 'file') return { name, kind: 'files', required, schema }
    return { name, kind: 'texts', required, schema }
  }
  return { name, kind: textKind(schema), required, schema }
}

/** The fields of an object schema, in the order in which the contract names them. */
export function fieldsOf(schema: JsonSchema, root: JsonSchema = schema): FormField[] {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).map(([name, each]) => field(name, each, required.has(name), root))
}

/** "body.lines.0.name", "/lines/0/name" or "lines[0].name" -> ['lines', 0, 'name']. */
export function pathOf(text: string): (string | number)[] {
  const parts = text.split(/[./[\]]+/).filter(Boolean)
  if (parts[0] === 'body') parts.shift()
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** What is sent: empty texts and absent values left out, so that "not filled in" is absent and never an empty string. */
export function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned).filter((each) => each !== undefined)
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).flatMap(([key, each]) => {
      const kept = cleaned(each)
      return kept === undefined ? [] : [[key, kept] as const]
    })
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  }
  if (value === '' || value === null) return undefined
  return typeof value === 'string' ? value.trim() : value
}

/** Amounts of a form as the wire wants them, with two decimals whatever was typed: "80000" and "80000.5" become "80000.00" and "80000.50". */
export function withMoney(fields: readonly FormField[], values: unknown): unknown {
  if (typeof values !== 'object' || values === null) return values
  const known = new Map(fields.map((each) => [each.name, each]))
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const own = known.get(name)
      if (own?.kind === 'group') return [name, withMoney(own.fields ?? [], value)]
      if (own?.kind === 'list' && Array.isArray(value))
        return [name, value.map((each) => withMoney(own.fields ?? [], each))]
      if (own?.kind !== 'money' || typeof value !== 'string') return [name, value]
      const match = /^(\d{1,13})(?:\.(\d{0,2}))?$/.exec(value.replace(/[,，\s]/g, ''))
      return [name, match ? `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}` : value]
    }),
  )
}
