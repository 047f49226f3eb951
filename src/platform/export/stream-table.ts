// Tables as Excel or CSV of any length in constant memory: page by page, no formulas, ended when the reader goes away.
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import ExcelJS from 'exceljs'

export type Column = { readonly key: string; readonly label: string }
export type Pages = AsyncIterable<readonly Readonly<Record<string, unknown>>[]>
export type TableMeta = {
  /** Name of the sheet. */
  readonly title: string
  /** Who exported and when; stands in the page footer and in the last row, so that a leaked table names its way. */
  readonly watermark: string
}

/** The reader closed the connection: nothing is wrong, there is only nobody left to write for. */
export class ExportCancelled extends Error {
  constructor() {
    super('the reader of the export is gone')
    this.name = 'ExportCancelled'
  }
}

/** Money on the wire: '80400.00'. Nothing else in our answers has this form with exactly two decimals. */
const moneyPattern = /^-?\d{1,15}\.\d{2}$/

/** Excel keeps 15 digits of a number; longer amounts stay text rather than change. */
const mostDigits = 15

/** A text that a spreadsheet could take for a formula gets an apostrophe in front, which it shows as text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

type Cell = { readonly kind: 'money' | 'number' | 'text'; readonly text: string; readonly number?: number }

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return { kind: 'text', text: '' }
  if (typeof value === 'number') return { kind: 'number', text: String(value), number: value }
  if (typeof value === 'bigint') return { kind: 'text', text: String(value) }
  if (typeof value === 'string') {
    const digits = value.replaceAll(/\D/g, '').length
    if (moneyPattern.test(value) && digits <= mostDigits) return { kind: 'money', text: value, number: Number(value) }
    return { kind: 'text', text: harmless(value.replaceAll(/[^\P{Cc}\t\r\n]/gu, '')) }
  }
  if (typeof value === 'boolean') return { kind: 'text', text: value ? '是' : '否' }
  return { kind: 'text', text: harmless(JSON.stringify(value)) }
}

/** Excel holds 1,048,576 rows a sheet; the next sheet goes on below a head of its own. */
const mostRows = 1_000_000
const longestCell = 32_000
const longestSheetName = 28

function watch(sink: Writable): { check(): void; drained(): Promise<void>; gone: Promise<never> } {
  let lost = sink.destroyed
  let tell: (error: Error) => void = () => {}
  const gone = new Promise<never>((_, reject) => {
    tell = reject
  })
  // Awaited only in races; alone it must not count as unhandled.
  gone.catch(() => {})
  const leave = () => {
    if (sink.writableFinished) return
    lost = true
    tell(new ExportCancelled())
  }
  sink.once('close', leave)
  sink.once('error', leave)
  return {
    gone,
    check() {
      if (lost) throw new ExportCancelled()
    },
    async drained() {
      if (sink.writableNeedDrain) await Promise.race([once(sink, 'drain'), gone])
      if (lost) throw new ExportCancelled()
    },
  }
}

/**
 * Writes pages of rows as an Excel book and ends the sink. Amounts ('80400.00') and numbers become numbers; all other values text. Throws
 * ExportCancelled when the sink closes before the end (the pages are then returned, so that no query runs on), else what the pages throw.
 */
export async function streamXlsx(
  columns: readonly Column[],
  pages: Pages,
  sink: Writable,
  meta: TableMeta,
): Promise<void> {
  const state = watch(sink)
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false })
  const sheetName =
    meta.title
      .replaceAll(/[*?:\\/[\]]/g, ' ')
      .slice(0, longestSheetName)
      .trim() || '表'
  const addSheet = (position: number) => {
    const sheet = book.addWorksheet(position === 1 ? sheetName : `${sheetName}-${position}`, {
      views: [{ state: 'frozen', ySplit: 1 }],
      headerFooter: { oddFooter: `&L${meta.watermark.replaceAll('&', '&&')}&R&P / &N` },
    })
    sheet.columns = columns.map(({ key, label }) => ({ key, width: Math.min(Math.max(label.length * 2 + 4, 12), 40) }))
    const head = sheet.addRow(columns.map((column) => harmless(column.label)))
    head.font = { bold: true }
    head.commit()
    return sheet
  }
  let sheets = 1
  let sheet = addSheet(sheets)
  let rows = 0
  for await (const page of pages) {
    state.check()
    for (const record of page) {
      if (rows === mostRows) {
        sheet.commit()
        sheets += 1
        sheet = addSheet(sheets)
        rows = 0
      }
      const cells = columns.map((column) => cellOf(record[column.key]))
      const row = sheet.addRow(cells.map((cell) => cell.number ?? cell.text.slice(0, longestCell)))
      cells.forEach((cell, position) => {
        if (cell.kind === 'money') row.getCell(position + 1).numFmt = '#,##0.00'
      })
      row.commit()
      rows += 1
    }
    await state.drained()
    // The writer compresses in its own turn of the loop; without this pause its input piles up in memory.
    await new Promise((resume) => setImmediate(resume))
  }
  const mark = sheet.addRow([harmless(meta.watermark)])
  mark.font = { italic: true, color: { argb: 'FF888888' } }
  mark.commit()
  sheet.commit()
  await Promise.race([book.commit(), state.gone])
  if (!sink.writableEnded) sink.end()
  await Promise.race([finished(sink, { readable: false }), state.gone])
}

function csvCell(cell: Cell): string {
  return /[",\r\n]/.test(cell.text) ? `"${cell.text.replaceAll('"', '""')}"` : cell.text
}

/** Writes pages of rows as CSV (RFC 4180, UTF-8 with the mark that Excel needs) and ends the sink; refusals and faults as streamXlsx. */
export async function streamCsv(columns: readonly Column[], pages: Pages, sink: Writable): Promise<void> {
  const state = watch(sink)
  const line = (cells: readonly Cell[]) => `${cells.map(csvCell).join(',')}\r\n`
  sink.write(`\uFEFF${line(columns.map((column) => cellOf(column.label)))}`)
  for await (const page of pages) {
    state.check()
    sink.write(page.map((record) => line(columns.map((column) => cellOf(record[column.key])))).join(''))
    await state.drained()
  }
  sink.end()
  await Promise.race([finished(sink, { readable: false }), state.gone])
}
