// An outside client of Open311 as the specification's text lets anybody write one: HTTP, forms, JSON and XML, nothing of ours.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import type { TestApp } from '../support/app.ts'

export type Schema = 'services' | 'service-definition' | 'posted' | 'token' | 'requests' | 'errors' | 'discovery'
export type Row = Readonly<Record<string, unknown>>

const schemas = new Map<Schema, z.ZodType>()

/** The schema that the answers are held against (tests/standards/open311). */
export function schemaOf(name: Schema): z.ZodType {
  const known = schemas.get(name)
  if (known !== undefined) return known
  const text = readFileSync(join(import.meta.dirname, 'open311', `${name}.json`), 'utf8')
  const made = z.fromJSONSchema(JSON.parse(text))
  schemas.set(name, made)
  return made
}

const lists: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  errors: 'error',
  attributes: 'attribute',
  endpoints: 'endpoint',
  formats: 'format',
}
const booleans = new Set(['metadata', 'variable', 'required'])
const numbers = new Set(['lat', 'long', 'order'])

/** The Spark convention backwards: what the JSON of this element would be. */
function spark(name: string, value: unknown): unknown {
  const item = lists[name]
  if (item !== undefined) {
    const inner = value === '' ? [] : (value as Record<string, unknown>)[item]
    return (Array.isArray(inner) ? inner : [inner]).filter((row) => row !== undefined).map((row) => spark(item, row))
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spark(key, inner)]))
  if (value === '') return null
  if (booleans.has(name)) return value === 'true'
  if (numbers.has(name)) return Number(value)
  return value
}

/** The rows of an XML document, its root named as expected; errors carry numbers as codes. */
export function rowsOfXml(text: string, root: string): unknown {
  if (!text.startsWith('<?xml version="1.0" encoding="utf-8"?>')) throw new Error('no XML declaration')
  if (XMLValidator.validate(text) !== true) throw new Error('not well-formed')
  const parsed = new XMLParser({ parseTagValue: false, ignoreDeclaration: true, trimValues: true }).parse(text)
  if (Object.keys(parsed).join() !== root) throw new Error(`root is ${Object.keys(parsed).join()}`)
  const made = spark(root, parsed[root])
  return root === 'errors' ? (made as Row[]).map((row) => ({ ...row, code: Number(row['code']) })) : made
}

export type Reply<T> = {
  readonly status: number
  readonly value: T
  readonly headers: Readonly<Record<string, unknown>>
}

/** GET of a resource in both formats: each held against the schema, and both must say the same. */
export async function get<T = Row[]>(app: TestApp, path: string, schema: Schema, root: string): Promise<Reply<T>> {
  const [resource = '', query = ''] = path.split('?')
  const json = await app.server.inject({ method: 'GET', url: `/open311/${resource}.json?${query}` })
  const xml = await app.server.inject({ method: 'GET', url: `/open311/${resource}.xml?${query}` })
  const failed = json.statusCode >= 400
  const shape = schemaOf(failed ? 'errors' : schema)
  const value = shape.parse(JSON.parse(json.body)) as T
  const fromXml = shape.parse(rowsOfXml(xml.body, failed ? 'errors' : root))
  if (JSON.stringify(fromXml) !== JSON.stringify(value))
    throw new Error(`XML and JSON differ: ${xml.body} ${json.body}`)
  if (xml.statusCode !== json.statusCode) throw new Error('XML and JSON have other statuses')
  if (xml.headers['content-type'] !== 'text/xml; charset=utf-8') throw new Error('XML of another type')
  if (json.headers['content-type'] !== 'application/json; charset=utf-8') throw new Error('JSON of another type')
  return { status: json.statusCode, value, headers: json.headers }
}

/** POST of a form. */
export async function post(
  app: TestApp,
  form: Readonly<Record<string, string>>,
  options: { readonly format?: 'json' | 'xml'; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Reply<Row[]>> {
  const format = options.format ?? 'json'
  const answer = await app.server.inject({
    method: 'POST',
    url: `/open311/v2/requests.${format}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...options.headers },
    payload: new URLSearchParams(form).toString(),
  })
  const failed = answer.statusCode >= 400
  const said =
    format === 'json' ? JSON.parse(answer.body) : rowsOfXml(answer.body, failed ? 'errors' : 'service_requests')
  return {
    status: answer.statusCode,
    value: schemaOf(failed ? 'errors' : 'posted').parse(said) as Row[],
    headers: answer.headers,
  }
}
