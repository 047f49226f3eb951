// Exports: what stands in the file, that it stays small in memory however long, and that it ends with its reader.
import { PassThrough, Writable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { ExportCancelled, streamCsv, streamXlsx, type Column } from './stream-table.ts'

const columns: Column[] = [
  { key: 'title', label: '事项' },
  { key: 'amount', label: '金额(元)' },
  { key: 'count', label: '支持人数' },
  { key: 'open', label: '公开' },
]
const meta = { title: '需求/清单', watermark: '2026-11-23 09:00 导出,编号 7f3a' }

async function* pagesOf(...pages: Record<string, unknown>[][]) {
  yield* pages
}

async function* manyPages(rows: number, seen?: { pages: number; ended: boolean }) {
  try {
    for (let at = 0; at < rows; at += 100) {
      if (seen !== undefined) seen.pages += 1
      // A real list waits for the database between pages.
      await new Promise((resume) => setImmediate(resume))
      yield Array.from({ length: 100 }, (_, place) => ({
        title: `老旧小区加装电梯的第 ${at + place} 条诉求,盼社区协调`,
        amount: `${at + place}.50`,
        count: at,
        open: true,
      }))
    }
  } finally {
    if (seen !== undefined) seen.ended = true
  }
}

const dangerous = ['=HYPERLINK("http://x","点")', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1']

async function bookOf(pages: AsyncIterable<Record<string, unknown>[]>): Promise<ExcelJS.Workbook> {
  const sink = new PassThrough()
  const [bytes] = await Promise.all([buffer(sink), streamXlsx(columns, pages, sink, meta)])
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
  return book
}

test('an Excel file has head, rows, amounts as numbers, and says who exported it', async () => {
  const book = await bookOf(
    pagesOf(
      [{ title: '电梯', amount: '80400.00', count: 12, open: true, hidden: 'x' }],
      [{ title: '停车', amount: '-3.20', count: 0, open: false }],
    ),
  )
  const sheet = book.worksheets[0]
  expect(sheet?.name).toBe('需求 清单')
  expect(sheet?.getRow(1).values).toEqual([undefined, '事项', '金额(元)', '支持人数', '公开'])
  expect(sheet?.getRow(2).values).toEqual([undefined, '电梯', 80400, 12, '是'])
  expect(sheet?.getCell('B3').value).toBe(-3.2)
  expect(sheet?.getCell('B2').numFmt).toBe('#,##0.00')
  expect(sheet?.getCell('A4').value).toBe(meta.watermark)
})

test('no text becomes a formula, in Excel or CSV', async () => {
  const book = await bookOf(pagesOf(dangerous.map((title) => ({ title }))))
  dangerous.forEach((title, place) => {
    const cell = book.worksheets[0]?.getCell(place + 2, 1)
    expect(cell?.type).toBe(ExcelJS.ValueType.String)
    expect(String(cell?.value).startsWith("'")).toBe(true)
    expect(String(cell?.value)).toContain(title.trim().slice(1))
  })
  const sink = new PassThrough()
  const [csv] = await Promise.all([
    text(sink),
    streamCsv(columns, pagesOf(dangerous.map((title) => ({ title }))), sink),
  ])
  for (const line of csv.split('\r\n').slice(1, -1)) expect(line.replace(/^"/, '').startsWith("'")).toBe(true)
})

test('CSV is UTF-8 with mark, quoted as RFC 4180 says; amounts and long numbers keep their digits', async () => {
  const sink = new PassThrough()
  const rows = [
    { title: '他说:"好",\n就这样', amount: '-3.20', count: -5, open: null },
    { title: '320505199001011234', amount: '1234567890123456.00' },
  ]
  const [bytes] = await Promise.all([buffer(sink), streamCsv(columns, pagesOf(rows), sink)])
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
  expect(bytes.subarray(3).toString()).toBe(
    '事项,金额(元),支持人数,公开\r\n"他说:""好"",\n就这样",-3.20,-5,\r\n320505199001011234,1234567890123456.00,,\r\n',
  )
})

test('200,000 rows go through a slow reader in constant memory', { timeout: 120_000 }, async () => {
  let bytes = 0
  let most = 0
  const sink = new Writable({
    highWaterMark: 64 * 1024,
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      most = Math.max(most, process.memoryUsage().rss)
      setImmediate(done)
    },
  })
  await streamXlsx(columns, manyPages(2000), new PassThrough().resume(), meta)
  const before = process.memoryUsage().rss
  await streamXlsx(columns, manyPages(200_000), sink, meta)
  expect(bytes).toBeGreaterThan(2_000_000)
  expect((most - before) / 1024 / 1024).toBeLessThan(200)
})

test.each(['xlsx', 'csv'])('when the reader goes away the %s export stops asking for rows', async (kind) => {
  const seen = { pages: 0, ended: false }
  const sink = new PassThrough({ highWaterMark: 1024 })
  sink.once('data', () => sink.destroy())
  const written =
    kind === 'csv'
      ? streamCsv(columns, manyPages(500_000, seen), sink)
      : streamXlsx(columns, manyPages(500_000, seen), sink, meta)
  await expect(written).rejects.toThrow(ExportCancelled)
  expect(seen.ended).toBe(true)
  expect(seen.pages).toBeLessThan(2500)
})

test('a fault while rows are read is told to the caller', async () => {
  async function* broken() {
    yield [{ title: '一' }]
    throw new Error('database gone')
  }
  await expect(streamXlsx(columns, broken(), new PassThrough().resume(), meta)).rejects.toThrow('database gone')
})
