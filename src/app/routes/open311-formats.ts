// The two formats of Open311: XML as the specification draws it, and the JSON that follows from it.
import { XMLBuilder } from 'fast-xml-parser'

export type Format = 'xml' | 'json'

/** Rows and how XML names them: root and the element of each row; a document with one record is `single`. */
export type Part = {
  readonly root: string
  readonly item: string
  readonly rows: readonly unknown[]
  readonly single: boolean
}

export function partOf(root: string, item: string, rows: readonly unknown[]): Part {
  return { root, item, rows, single: false }
}

/** The name and format of `requests.xml`; what has neither ending is answered in XML, which every client must read. */
export function formatOf(file: string): { readonly name: string; readonly format: Format; readonly known: boolean } {
  const match = /^(.*)\.(xml|json)$/.exec(file.split('?')[0] ?? '')
  return match === null
    ? { name: file, format: 'xml', known: false }
    : { name: match[1] ?? '', format: match[2] === 'json' ? 'json' : 'xml', known: true }
}

export function typeOf(format: Format): string {
  return format === 'xml' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8'
}

/** Characters that XML 1.0 cannot carry at all, escaped or not. */
const outsideXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Texts without what XML cannot carry; null and lists without rows become empty elements. */
function carried(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.replaceAll(outsideXml, '')
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map(carried)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, carried(inner)]))
  return value
}

const builder = new XMLBuilder({ format: true, ignoreAttributes: false, attributeNamePrefix: '@' })

/** The document with its declaration. */
export function openXml(part: Part): string {
  const content = part.single
    ? carried(part.rows[0])
    : part.rows.length === 0
      ? ''
      : { [part.item]: part.rows.map(carried) }
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ [part.root]: content })}`
}
