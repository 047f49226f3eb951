// A worker with lists to import, for the tests of imports: real Excel books, uploaded as the desk uploads them.
import ExcelJS from 'exceljs'
import { expect } from 'vitest'
import { places, startApp } from '../../../tests/support/app.ts'
import { upload as uploadAs } from '../../../tests/support/upload.ts'
import * as imports from './contract/imports.ts'

export const head = ['来源编号', '需求内容', '类别', '具体位置', '姓名', '手机号码', '是否公开']
export type Cells = readonly (string | number | Date | object | null)[]

/** An Excel book of one sheet. */
export async function book(rows: readonly Cells[], heads: Cells = head): Promise<Buffer> {
  const made = new ExcelJS.Workbook()
  made.addWorksheet('名单').addRows([[...heads], ...rows.map((row) => [...row])])
  return Buffer.from(await made.xlsx.writeBuffer())
}

export const body = (file: string) => ({ body: { division: places.community, file } })

let numbers = 0
function next(): number {
  numbers += 1
  return numbers
}
export const phone = () => `1370000${String(next()).padStart(4, '0')}`
/** A row that can be imported. */
export const good = (number = `A-${next()}`): Cells => [
  number,
  '小区东门的路灯坏了一周，晚上看不清路',
  '道路与照明',
  '东门',
  '王小明',
  phone(),
  '是',
]

/** The cells of a line as text. */
export const texts = (sheet: ExcelJS.Worksheet, line: number) =>
  Array.from({ length: sheet.columnCount }, (_, place) => sheet.getRow(line).getCell(place + 1).text)

/** Starts the program with two workers of one community. Close `app` afterwards. */
export async function openDesk() {
  const app = await startApp()
  const worker = await app.person('community-worker', { name: '周敏' })
  const colleague = await app.person('community-worker')

  const upload = (bytes: Buffer, name = '名单.xlsx', who = worker) => uploadAs(app, who, bytes, name)
  const preview = (file: string, who = worker) => app.ok(who, imports.previewNeedImport, body(file))
  const faultsIn = async (rows: readonly Cells[], heads: Cells = head) =>
    (await preview(await upload(await book(rows, heads)))).rows.map((row) =>
      row.faults.map((fault) => `${fault.column} ${fault.message}`),
    )
  /** An export as the sheet that it is. */
  async function exported(path: string, who = worker): Promise<ExcelJS.Worksheet> {
    const answer = await app.server.inject({ url: `/api${path}`, headers: { cookie: who.cookie } })
    expect(answer.statusCode, answer.body).toBe(200)
    const made = new ExcelJS.Workbook()
    await made.xlsx.load(Uint8Array.from(answer.rawPayload).buffer)
    const [sheet] = made.worksheets
    if (sheet === undefined) throw new Error('no sheet')
    return sheet
  }
  return { app, worker, colleague, upload, preview, faultsIn, exported }
}
