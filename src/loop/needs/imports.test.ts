// Importing lists through the endpoints, with real Excel books and CSV files: preview, import, bad rows back, the same file twice.
import { afterAll, describe, expect, it } from 'vitest'
import { type Person, places } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import { rowsOf } from '../../platform/database.ts'
import { importNeeds as importAction } from './actions/imports.ts'
import * as needs from './contract.ts'
import * as imports from './contract/imports.ts'
import { body, book, type Cells, good, head, openDesk, phone, texts } from './imports.fixture.ts'

const { app, worker, colleague, upload, preview, faultsIn, exported } = await openDesk()
afterAll(() => app.close())

describe('a list', () => {
  it('is previewed row by row, imported in one act, and its residents are told', async () => {
    const known = await app.person('resident')
    const knownPhone = await phoneOf(known)
    const file = await upload(
      await book([
        ['H-1', '小区东门的路灯坏了一周，晚上看不清路', '0803', '东门', '王小明', 13_700_009_001, '公开'],
        ['H-2', '家里老人需要有人上门照料', '居家照料', '', '李华', '+86 137-0000-9002', '不公开'],
        ['H-3', '希望暑假有人管孩子写作业', '课后与假期托管', '', '任意', knownPhone, ''],
        ['', '没有编号也能导入的一行需求', '道路与照明', '', '李华', '13700009002', ''],
      ]),
    )
    const seen = await preview(file)
    expect([seen.fresh, seen.known, seen.bad]).toEqual([4, 0, 0])
    expect(seen.rows[1]).toMatchObject({
      line: 3,
      state: 'new',
      sourceNumber: 'H-2',
      title: '家里老人需要有人上门照料',
      category: '0101',
      private: true,
      maskedName: '李*',
      maskedPhone: '137****9002',
    })
    const done = await app.ok(worker, imports.importNeeds, body(file))
    expect(done).toMatchObject({ fresh: 4, known: 0, bad: 0 })
    const rows = await rowsOf<Record<string, unknown>>(
      app.parts.platform.database.reader,
      `SELECT source, state, category, visibility, submitted_by, texts IS NULL AS sealed, number_value::int AS number, search IS NOT NULL AS found
       FROM needs.need WHERE source = 'import' ORDER BY number_value`,
      [],
    )
    expect(rows.map((row) => row['category'])).toEqual(['0803', '0101', '0201', '0803'])
    expect(rows.every((row) => row['submitted_by'] === worker.id && row['state'] === 'submitted')).toBe(true)
    expect(rows.map((row) => [row['sealed'], row['found']])).toEqual([
      [false, true],
      [true, false],
      [false, true],
      [false, true],
    ])
    expect(new Set(rows.map((row) => row['number'])).size).toBe(4)
    await app.settle()
    const notices = await app.ok(known, listNotices, { query: {} })
    expect(JSON.stringify(notices.rows[0])).toContain('工作人员替您反映了')
    const mine = await app.ok(known, needs.listMyNeeds, { query: {} })
    const need = await app.ok(known, needs.getNeed, { params: { id: mine.rows[0]?.id ?? '' } })
    expect([need.source, need.onBehalf, need.mine]).toEqual(['import', true, true])
    // One person with one number, however often the file names it.
    const people = await rowsOf(
      app.parts.platform.database.reader,
      'SELECT DISTINCT resident FROM needs.need WHERE source = $1',
      ['import'],
    )
    expect(people).toHaveLength(3)
  })

  it('a private row can be read by the desk again: its text was sealed under its resident’s key', async () => {
    const file = await upload(await book([['S-1', '想找人谈谈家里的难处', '心理健康', '', '钱云', phone(), '不公开']]))
    await app.ok(worker, imports.importNeeds, body(file))
    const listed = await app.ok(worker, needs.listDeskNeeds, { query: { category: '0602' } })
    expect(listed.rows[0]).toMatchObject({ private: true, title: '想找人谈谈家里的难处' })
    expect((await app.call('nobody', needs.getNeed, { params: { id: listed.rows[0]?.id ?? '' } })).status).toBe(404)
  })

  it('the same file twice, or its rows in another one, are there already and are not imported again', async () => {
    const rows = [good('T-1'), good('T-2'), ['', ...good().slice(1)]]
    await app.ok(worker, imports.importNeeds, body(await upload(await book(rows))))
    const again = await upload(await book([...rows, good('T-3')]), '另一份.xlsx', colleague)
    const seen = await preview(again, colleague)
    expect(seen.rows.map((row) => row.state)).toEqual(['known', 'known', 'known', 'new'])
    expect(await app.ok(colleague, imports.importNeeds, body(again))).toMatchObject({ fresh: 1, known: 3 })
    const refused = await app.call(colleague, imports.importNeeds, body(again))
    expect([refused.status, refused.problem.code]).toEqual([409, 'nothing-to-import'])
  })

  it('two workers who import the same list at once make one need of each row', async () => {
    const bytes = await book([good('C-1'), good('C-2'), good('C-3')])
    const [one, two] = [await upload(bytes), await upload(bytes, '名单.xlsx', colleague)]
    const answers = await Promise.all([
      app.call(worker, imports.importNeeds, body(one)),
      app.call(colleague, imports.importNeeds, body(two)),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    const rows = await rowsOf(
      app.parts.platform.database.reader,
      'SELECT 1 FROM needs.imported_row r JOIN needs.need n ON n.jurisdiction = r.jurisdiction AND n.id = r.need WHERE r.imported_at = n.created_at',
      [],
    )
    const all = await rowsOf(app.parts.platform.database.reader, 'SELECT 1 FROM needs.imported_row', [])
    expect(rows).toHaveLength(all.length)
  })

  it('takes a fixed number of statements, however many rows it has', async () => {
    const { platform } = app.parts
    const quiet = { ...platform, wake: () => undefined }
    const call = {
      actor: {
        kind: 'person' as const,
        personId: worker.id,
        sessionId: 'test',
        verified: true,
        adult: true,
        grants: [
          {
            role: 'community-worker',
            reach: 'place' as const,
            permissions: new Set(['needs.importNeeds']),
            division: places.community,
          },
        ],
      },
      correlation: 'test',
      language: 'zh-CN',
    }
    const count = async (rows: number) => {
      const list = Array.from({ length: rows }, (_, place) =>
        place % 2 === 0 ? good() : [...good().slice(0, 6), '不公开'],
      )
      const input = { body: imports.importNeeds.body?.parse(body(await upload(await book(list))).body) }
      await app.settle()
      const before = platform.database.statements.count
      expect(await importAction.run(quiet, call, input)).toMatchObject({ ok: true, value: { fresh: rows } })
      return platform.database.statements.count - before
    }
    const few = await count(4)
    expect(await count(200)).toBe(few)
    expect(few).toBeLessThanOrEqual(20)
  })
})

describe('files', () => {
  it('CSV in UTF-8 and in GB18030, with quoted commas and line ends', async () => {
    const row = `,"路灯坏了，
晚上看不清",道路与照明,,王小明,${phone()},`
    const utf8 = await upload(Buffer.from(`\uFEFF${head.join(',')}\r\n${row}\r\n`), 'a.csv')
    expect((await preview(utf8)).rows).toMatchObject([{ state: 'new', title: '路灯坏了，' }])
    // 来源编号,需求内容,类别,姓名,手机号码 / G-1,路灯坏了三天,道路与照明,王明,13700008888
    const gb18030 = Buffer.from(
      'c0b4d4b4b1e0bac52cd0e8c7f3c4dac8dd2cc0e0b1f02cd0d5c3fb2ccad6bbfabac5c2eb0a' +
        '472d312cc2b7b5c6bbb5c1cbc8fdccec2cb5c0c2b7d3ebd5d5c3f72ccdf5c3f72c31333730303030383838380a',
      'hex',
    )
    const seen = await preview(await upload(gb18030, 'b.csv'))
    expect(seen.rows).toMatchObject([{ state: 'new', title: '路灯坏了三天', category: '0803', sourceNumber: 'G-1' }])
  })

  it('heads of hotlines are understood, and a column that means nothing is named', async () => {
    const bytes = await book(
      [['12345-1', '路灯坏了三天', '道路与照明', '王小明', phone(), '三级']],
      ['工单编号', '诉求内容', '类别 *', '联系人', '联系电话', '办件等级'],
    )
    expect(await preview(await upload(bytes))).toMatchObject({ fresh: 1, ignored: ['办件等级'] })
  })

  it.each([
    ['another person’s file', 'file-unknown', async () => upload(await book([good()]), '名单.xlsx', colleague)],
    ['a file that is none', 'file-unknown', async () => '320505-0190f1c0-0000-7000-8000-000000000000'],
    ['a text', 'not-a-table', async () => upload(Buffer.from('需求内容'), 'a.txt')],
    ['a table without rows', 'table-empty', async () => upload(await book([]))],
    ['a table without the needed columns', 'columns-missing', async () => upload(await book([['x']], ['来源编号']))],
    [
      'a list that is too long',
      'table-too-long',
      async () => upload(await book(Array.from({ length: 2001 }, () => good()))),
    ],
    ['a broken book', 'table-unreadable', async () => upload(broken(await book([good()])))],
  ])('%s is refused with %s', async (_, code, file) => {
    const answer = await app.call(worker, imports.previewNeedImport, body(await file()))
    expect([answer.status, answer.problem.code]).toEqual([422, code])
    if (code === 'columns-missing') expect(answer.problem.detail).toContain('需求内容、类别、姓名、手机号码')
  })
})

/** The same book with its entries' data overwritten; the names in it stay. */
function broken(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const directory = copy.indexOf(Buffer.from('504b0102', 'hex'))
  for (let at = 40; at < directory; at += 7) copy[at] = 0xff
  return copy
}

describe('bad rows', () => {
  it('every faulty field is named in the user’s language', async () => {
    expect(
      await faultsIn([
        ['B-1', '', '', '', '', '', ''],
        ['B-2', '短', '外星人', '', '王', '0512-65220000', '也许'],
        ['B-3', '请打 13812345678 找我修路灯', '道路与照明', '', '王小明', phone(), '公开'],
        good('B-4'),
        good('B-4'),
      ]),
    ).toEqual(
      [
        [],
        [
          'said 至少要 4 个字。',
          'name 至少要 2 个字。',
          'category 没有这个类别，请填写目录里的名称或代码。',
          'phone 不是 11 位手机号码。',
          'visibility 请从给出的选项中选择。',
        ],
        ['said 公开的内容里有手机号码。请删去号码，或改为不公开。'],
        [],
        ['sourceNumber 与第 5 行重复。'],
      ].slice(1),
    )
  })

  it('a resident of another community and the worker’s own number are faults, too', async () => {
    const far = await app.person('resident', { division: places.otherCommunity })
    const row = good().slice(0, 5)
    const [[elsewhere = ''] = [], [own = ''] = []] = await faultsIn([
      [...row, await phoneOf(far), ''],
      [...good().slice(0, 5), await phoneOf(worker), ''],
    ])
    expect(elsewhere).toMatch(/^phone 这位居民登记在其他社区/)
    expect(own).toMatch(/^phone 您不能以代办的方式/)
  })

  it('come back as a file that says why, formulas harmless, and can be imported once they are put right', async () => {
    const bad: Cells = ['F-1', '=HYPERLINK("http://example.org","点这里看路灯")', '外星人', '', '王小明', phone(), '']
    const file = await upload(await book([good('F-0'), bad]))
    await app.ok(worker, imports.importNeeds, body(file))
    const path = `/needs/imports/bad-rows/export?division=${places.community}&file=${file}&format=xlsx`
    const sheet = await exported(path)
    expect(texts(sheet, 1)).toContain('需要改正')
    const line = texts(sheet, 2)
    expect(line[0]).toBe('F-1')
    expect(line[1]).toBe('\'=HYPERLINK("http://example.org","点这里看路灯")')
    expect(line.at(-1)).toBe('类别：没有这个类别，请填写目录里的名称或代码。')
    sheet.getRow(2).getCell(4).value = '道路与照明'
    const again = await upload(Buffer.from(await sheet.workbook.xlsx.writeBuffer()))
    const seen = await preview(again)
    expect(seen).toMatchObject({ fresh: 1, known: 0, bad: 0, ignored: [] })
    expect(
      (await app.call(colleague, imports.listBadImportRows, { query: { division: places.community, file } })).status,
    ).toBe(422)
  })

  it('are paged: a file of many bad rows comes back whole', async () => {
    const file = await upload(
      await book(Array.from({ length: 130 }, (_, place) => [`P-${place}`, '短', '', '', '', '', ''])),
    )
    const sheet = await exported(`/needs/imports/bad-rows/export?division=${places.community}&file=${file}`)
    const sourceNumbers = Array.from({ length: 130 }, (_, place) => texts(sheet, place + 2)[0])
    expect(new Set(sourceNumbers).size).toBe(130)
  })

  it('the template is a file whose example is passed over', async () => {
    const sheet = await exported('/needs/imports/template/export?format=xlsx')
    expect(texts(sheet, 1).slice(0, 4)).toEqual(['来源编号', '需求内容', '标题', '类别'])
    const answer = await app.call(
      worker,
      imports.previewNeedImport,
      body(await upload(Buffer.from(await sheet.workbook.xlsx.writeBuffer()))),
    )
    expect(answer.problem.code).toBe('table-empty')
  })
})

describe('who may', () => {
  it('workers and the head of the community, nobody else and not elsewhere', async () => {
    const file = await upload(await book([good()]))
    const foreign = await app.person('community-worker', { division: places.otherCommunity })
    const grid = await app.person('grid-worker')
    const resident = await app.person()
    for (const who of [foreign, grid, resident])
      for (const endpoint of [imports.previewNeedImport, imports.importNeeds])
        expect((await app.call(who, endpoint, body(file))).status).toBe(403)
    const township = await app.call(worker, imports.importNeeds, { body: { division: places.township, file } })
    expect(township.status).toBe(403)
  })
})

/** The number that app.person gave: opened as the program opens it. */
async function phoneOf(person: Person): Promise<string> {
  const { platform } = app.parts
  const [row] = await rowsOf<{ phone_sealed: Buffer }>(
    platform.database.reader,
    'SELECT phone_sealed FROM identity.person WHERE id = $1',
    [person.id.slice(7)],
  )
  const place = { table: 'identity.person', column: 'phone', row: person.id }
  return (
    (await platform.cipher.open(platform.database.reader, person.id, place, row?.phone_sealed ?? Buffer.alloc(0))) ?? ''
  )
}
