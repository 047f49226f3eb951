// Reading tables that people upload: what a cell shows, and files that are made to hurt.
import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { granted } from '../../kit/ruling.ts'
import { readTable } from './read-table.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A zip file of these entries, packed. */
function zip(entries: readonly (readonly [string, Buffer])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, data] of entries) {
    const packed = deflateRawSync(data)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(packed.length, 18)
    // The size that it says it has is a lie.
    head.writeUInt32LE(10, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(10, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

test('a small book that unpacks to gigabytes is not read, whatever sizes it says it has', async () => {
  const bytes = zip([
    ['[Content_Types].xml', Buffer.from('<Types/>')],
    ['xl/workbook.xml', Buffer.alloc(60 * 1024 * 1024, 'a')],
  ])
  expect(bytes.length).toBeLessThan(200_000)
  expect(await readTable(bytes, xlsx, 10)).toMatchObject({ ok: false, code: 'table-unreadable' })
})

test('cells are what they show: results of formulas, texts of links and of formatted text, days', async () => {
  const book = new ExcelJS.Workbook()
  book
    .addWorksheet('一')
    .addRow([
      13_900_001_234,
      { formula: '1+1', result: 2 },
      { text: '联动', hyperlink: 'https://example.org/' },
      { richText: [{ text: '路' }, { text: '灯' }] },
      new Date('2026-11-23T00:00:00Z'),
      "'=1+1",
      null,
      true,
    ])
  const rows = granted(await readTable(Buffer.from(await book.xlsx.writeBuffer()), xlsx, 10))
  expect(rows).toEqual([{ line: 1, cells: ['13900001234', '2', '联动', '路灯', '2026-11-23', '=1+1', '', 'true'] }])
})

test('rows that hold nothing are left out, the others keep their number; one too many is refused', async () => {
  const csv = Buffer.from('\uFEFFa,b\n,\n1,"2\n3"\n4,5\n')
  expect(granted(await readTable(csv, 'text/csv', 2))).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['1', '2\n3'] },
    { line: 4, cells: ['4', '5'] },
  ])
  expect(await readTable(csv, 'text/csv', 1)).toMatchObject({ ok: false, code: 'table-too-long' })
  expect(await readTable(Buffer.from('a,"b\n'), 'text/csv', 5)).toMatchObject({ ok: false, code: 'table-unreadable' })
})
