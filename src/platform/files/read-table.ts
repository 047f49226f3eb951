// Tables that people upload: CSV and Excel as rows of text, bounded in rows, columns and unpacked size.
import { Readable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { allow, refuse, type Ruling } from '../../kit/ruling.ts'

/** A row with its place in the file, counted from 1 as spreadsheets show it. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] }

const mostColumns = 40
const longestCell = 4000
/** What an Excel book may unpack to; a book of some thousand rows has one or two megabytes. */
const mostUnpacked = 40 * 1024 * 1024

/** Unpacks every entry to see that they are no larger than they say, all together: a small file can hold gigabytes. */
function unpacksWell(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || end + 22 > bytes.length) return false
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  let left = mostUnpacked
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length) return false
    const [method, packed, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ]
    if (local + 30 > bytes.length) return false
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const data = bytes.subarray(from, from + packed)
    left -= method === 0 ? data.length : inflateRawSync(data, { maxOutputLength: Math.max(1, left) }).length
    if (left <= 0) return false
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return true
}

/** What a cell shows: of a formula its last result, of a link and of rich text the text. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value && Array.isArray(value.richText))
    return value.richText.map((part: { text?: unknown }) => textOf(part.text)).join('')
  if ('result' in value) return textOf(value.result)
  if ('text' in value) return textOf(value.text)
  return ''
}

/** Trimmed, without the apostrophe by which our exports show what looks like a formula as text. */
function plain(value: unknown): string {
  return textOf(value)
    .replaceAll(/[^\P{Cc}\t\r\n]/gu, '')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
    .slice(0, longestCell)
}

async function sheetOf(bytes: Buffer, type: string): Promise<ExcelJS.Worksheet | undefined> {
  const book = new ExcelJS.Workbook()
  if (type === 'text/csv') {
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
    // Texts stay texts: the reader's own mapping would make dates and numbers of them.
    return book.csv.read(Readable.from([text]), { map: (value: unknown) => value } as Partial<ExcelJS.CsvReadOptions>)
  }
  if (!unpacksWell(bytes)) return undefined
  await book.xlsx.load(Uint8Array.from(bytes).buffer)
  return book.worksheets[0]
}

/**
 * The rows of a CSV (UTF-8) or of an Excel book's first sheet that hold anything, cells as text, at most 40 columns of 4,000 characters.
 * Refuses table-unreadable (also a book that unpacks beyond 40 MB) and table-too-long (more than `most` rows beside the first).
 */
export async function readTable(bytes: Buffer, type: string, most: number): Promise<Ruling<TableRow[]>> {
  const rows: TableRow[] = []
  try {
    const sheet = await sheetOf(bytes, type)
    if (sheet === undefined) return refuse('table-unreadable', {}, { kind: 'invalid' })
    sheet.eachRow((row, line) => {
      if (rows.length > most + 1) return
      const cells = Array.from({ length: Math.min(row.cellCount, mostColumns) }, (_, place) =>
        plain(row.getCell(place + 1).value),
      )
      if (cells.some((cell) => cell !== '')) rows.push({ line, cells })
    })
  } catch {
    // Whatever a file that is none makes the reader throw, the person is told the same.
    return refuse('table-unreadable', {}, { kind: 'invalid' })
  }
  return rows.length > most + 1 ? refuse('table-too-long', { most }, { kind: 'invalid' }) : allow(rows)
}
