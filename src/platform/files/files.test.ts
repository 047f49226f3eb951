// Files: judged by their bytes, images without their secrets, attached once and by their owner only.
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateSync, crc32 } from 'node:zlib'
import ExcelJS from 'exceljs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Jurisdiction } from '../../kit/id.ts'
import { granted } from '../../kit/ruling.ts'
import type { Call } from '../action.ts'
import { openTestPlatform } from '../jobs/test-platform.fixture.ts'
import { rowsOf } from '../database.ts'
import type { Platform } from '../platform.ts'
import { largestFile, looseFileCleanup, openFileStore } from './disk-store.ts'
import type { FileStore } from './file-store.ts'
import { fileTypeOf, plainName } from './file-type.ts'
import { fileHeaders, receiveFile } from './receive.ts'

const jurisdiction = '320505' as Jurisdiction
const owner = '320000-0199f000-0000-7000-8000-000000000001'
const other = '320000-0199f000-0000-7000-8000-000000000002'
const need = { kind: 'need', id: '320506-0199f000-0000-7000-8000-000000000009' }

let open: Awaited<ReturnType<typeof openTestPlatform>>
let folder: string
let files: FileStore
let platform: Platform

beforeAll(async () => {
  open = await openTestPlatform()
  folder = mkdtempSync(join(tmpdir(), 'files-'))
  files = openFileStore(open.platform.database, folder)
  platform = { ...open.platform, files }
})

afterAll(async () => {
  await open?.close()
  rmSync(folder, { recursive: true, force: true })
})

const put = (name: string, bytes: Buffer) => files.put(platform.database.reader, { jurisdiction, owner, name, bytes })
const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a33' } })
    .withExif({ IFD0: { Artist: 'LU JIANGUO' }, IFD3: { GPSLatitude: '31/1 18/1 0/1' } })
    .jpeg()
    .toBuffer()

test('a table saved as GB18030 is kept as UTF-8; bytes of neither encoding are refused', async () => {
  const gb18030 = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0, 0x0a])
  const stored = granted(await put('名单.csv', gb18030))
  expect(stored.type).toBe('text/csv')
  expect((await buffer(await files.read(stored.id))).toString('utf8')).toBe('姓名,电话\n')
  expect((await put('名单.txt', gb18030)).ok).toBe(false)
  expect((await put('名单.csv', Buffer.from([0xff, 0xff, 0x00]))).ok).toBe(false)
})

test('a photo loses who took it and where, stands upright and is at most 2560 pixels', async () => {
  const bytes = await photo(4000, 1000)
  expect(bytes.includes('LU JIANGUO')).toBe(true)
  const stored = granted(await put('IMG_1.HEIC', bytes))
  expect(stored.name).toBe('IMG_1.jpg')
  const kept = await buffer(await files.read(stored.id))
  expect(kept.length).toBe(stored.size)
  expect(kept.includes('LU JIANGUO')).toBe(false)
  const read = await sharp(kept).metadata()
  expect(read).toMatchObject({ format: 'jpeg', width: 2560, height: 640 })
  expect(read.exif).toBeUndefined()
})

test('what looks like an image and is none, or unpacks to too much, is refused', async () => {
  expect(await put('a.png', Buffer.from('89504e470d0a1a0a0000', 'hex'))).toMatchObject({ ok: false, code: 'file-type' })
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const check = Buffer.alloc(4)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(30_000, 0)
  head.writeUInt32BE(30_000, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const bomb = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
  expect(await put('a.png', bomb)).toMatchObject({ ok: false, code: 'file-type' })
})

test('types are found in the bytes, whatever the name says', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('表').addRow(['甲'])
  const xlsx = Buffer.from(await book.xlsx.writeBuffer())
  expect(fileTypeOf(xlsx, 'a.exe')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  expect(fileTypeOf(Buffer.from('%PDF-1.7\n'), 'a')).toBe('application/pdf')
  expect(fileTypeOf(Buffer.from('姓名,电话\n'), '名单.CSV')).toBe('text/csv')
  expect(fileTypeOf(Buffer.from('<script>alert(1)</script>'), 'a.html')).toBe('text/plain')
  for (const [bytes, name] of [
    [Buffer.from('4d5a900003000000', 'hex'), 'a.pdf'],
    [Buffer.from('504b030414000000', 'hex'), 'a.docx'],
    [Buffer.from([0xff, 0xfe, 0x41]), 'a.txt'],
    [Buffer.alloc(0), 'a.txt'],
  ] as const) {
    expect(fileTypeOf(bytes, name)).toBeUndefined()
  }
})

test('names are made harmless', () => {
  expect(plainName('..\\..\\etc/合同‮fdp.exe', 'application/pdf')).toBe('合同fdp.pdf')
  expect(plainName('\u0000\n', 'image/png')).toBe('附件.png')
  expect(
    fileHeaders({ id: 'x' as never, name: "合同'1.pdf", type: 'application/pdf', size: 3, sha256: '' })[
      'content-disposition'
    ],
  ).toBe("inline; filename*=UTF-8''%E5%90%88%E5%90%8C%271.pdf")
})

test('a file is attached once, by its owner; the record then lists its files in the order given', async () => {
  const [first, second] = [
    granted(await put('甲.txt', Buffer.from('甲'))),
    granted(await put('乙.txt', Buffer.from('乙'))),
  ]
  const tx = platform.database.reader
  expect(await files.attach(tx, other, [first.id], need)).toMatchObject({ ok: false, code: 'file-unknown' })
  expect(await files.attach(tx, owner, [first.id, 'nonsense'], need)).toMatchObject({ ok: false, code: 'file-unknown' })
  expect(
    granted(
      await platform.database.transaction((inner) => files.attach(inner, owner, [second.id, first.id], need)),
    ).map((file) => file.name),
  ).toEqual(['乙.txt', '甲.txt'])
  expect((await files.listOf(tx, need)).map((file) => file.id)).toEqual([second.id, first.id])
  expect(await files.attach(tx, owner, [first.id], { ...need, id: need.id.replace(/9$/, '8') })).toMatchObject({
    ok: false,
    code: 'file-unknown',
  })
  expect(await files.find(tx, first.id)).toMatchObject({ owner, record: need, name: '甲.txt' })
  expect(await files.find(tx, '320505-0199f000-0000-7000-8000-00000000ffff')).toBeUndefined()
})

test('a file over 20 MB is refused while it is still coming in, a stranger before', async () => {
  const call: Call = {
    actor: { kind: 'person', personId: owner as never, sessionId: 's', verified: true, adult: true, grants: [] },
    correlation: 'c',
    language: 'zh-CN',
  }
  let sent = 0
  const endless = Readable.from(
    (function* () {
      for (;;) {
        sent += 1
        yield Buffer.alloc(1024 * 1024, 65)
      }
    })(),
  )
  expect(await receiveFile(platform, call, { name: 'a.txt', stream: endless })).toMatchObject({
    ok: false,
    code: 'file-size',
  })
  expect(sent).toBeLessThan(largestFile / 1024 / 1024 + 20)
  expect(endless.destroyed).toBe(true)
  const none = await receiveFile(
    platform,
    { ...call, actor: { kind: 'anonymous', grants: [] } },
    { name: 'a.txt', stream: Readable.from(['甲']) },
  )
  expect(none).toMatchObject({ ok: false, code: 'unauthenticated' })
  expect(
    granted(await receiveFile(platform, call, { name: 'a.txt', stream: Readable.from([Buffer.from('甲')]) })).size,
  ).toBe(3)
})

test('loose files go after two days, with bytes that nobody else has', async () => {
  const alone = granted(await put('丙.txt', Buffer.from('丙')))
  const shared = [granted(await put('丁.txt', Buffer.from('丁'))), granted(await put('丁.txt', Buffer.from('丁')))]
  granted(await files.attach(platform.database.reader, owner, [shared[0]?.id ?? ''], need))
  const path = (sha256: string) => join(folder, 'files', sha256.slice(0, 2), sha256)
  for (const { sha256 } of [alone, ...shared]) utimesSync(path(sha256), new Date(0), new Date(0))
  await rowsOf(platform.database.reader, "UPDATE platform.file SET created_at = now() - interval '3 days'")
  await looseFileCleanup(folder).run(platform)
  expect(existsSync(path(alone.sha256))).toBe(false)
  expect(existsSync(path(shared[0]?.sha256 ?? ''))).toBe(true)
  expect(await files.find(platform.database.reader, alone.id)).toBeUndefined()
  expect(readdirSync(join(folder, 'files')).every((name) => name.length === 2)).toBe(true)
})
