// The document of a contract: rare characters drawn and copied, amounts, shares, page numbers; the same content gives the same bytes.
import { inflateRawSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { administrator, contract, id, now, procurer, workers } from '../../../tests/support/contract-record.ts'
import { textOfPdf } from '../../../tests/support/pdf-text.ts'
import { plainDateOf } from '../../kit/plain-date.ts'
import { fen } from '../../kit/money.ts'
import { granted } from '../../kit/ruling.ts'
import { checksumsOf, sha256Of } from '../../platform/crypto/signatures.ts'
import { writeDocx } from '../../platform/paper/docx.ts'
import { drawPdf } from '../../platform/paper/pdf.ts'
import * as amendments from './rules/amendments.ts'
import { canonicalOf, changeOf, type DocumentContent, markOf, readMark, termsOf } from './rules/document.ts'
import { groupedYuan } from '../../kit/chinese-text.ts'
import { paperOf } from './rules/paper.ts'

const names = new Map([['w1', { name: '王*', level: 'social-worker' }]])
const content = (more: Partial<DocumentContent> = {}): DocumentContent => ({
  format: 1,
  id: id(700),
  kind: 'contract',
  contract: id(1),
  number: '合2027-0005',
  title: '东氿社区、栟茶镇、埝桥村的为老服务',
  date: plainDateOf('2027-03-01'),
  project: { number: '项2027-0003', title: '为老服务' },
  place: '宜兴市东氿新城栟茶镇埝桥村',
  purchaser: { name: '宜兴市东氿街道办事处', uscc: '11320505014149873M' },
  undertaker: { name: '栟茶社会工作服务中心', uscc: '52320505MJ0000123X' },
  terms: termsOf(contract(), names),
  ...more,
})
const draw = (of: DocumentContent) => {
  const data = sha256Of(canonicalOf(of))
  return drawPdf(paperOf(of, markOf(of.id, data)))
}
const plain = (bytes: Buffer) => textOfPdf(bytes).join('\n').replaceAll('\n', '')

describe('the PDF of a contract', () => {
  test('rare characters of place names are drawn, and copied as what they are', async () => {
    const text = plain(await draw(content()))
    expect(text).toContain('宜兴市东氿新城栟茶镇埝桥村')
    expect(text).not.toContain('〓')
  })

  test('parties with their codes, value in figures and capitals, milestones that make 100 %, factors, clauses, signature page', async () => {
    const pages = textOfPdf(await draw(content()))
    const text = pages.join('\n').replaceAll('\n', '')
    for (const words of [
      '统一社会信用代码11320505014149873M',
      '52320505MJ0000123X',
      '人民币 80,400.00 元（大写：人民币捌万零肆佰元整）',
      '合计100%80,400.00',
      '2027年6月30日40%',
      '得分 80 分（含）以上，支付 100%；得分 60 分（含）以上、不足 80 分，支付 90%；得分不足 60 分，不予支付',
      '验收标准：记录齐全',
      '王*',
      '累计增加不得超过签订金额的 10%',
    ])
      expect(text).toContain(words)
    expect(pages.at(-1)).toContain('签署页')
    pages.forEach((page, index) => {
      expect(page).toContain(`第 ${index + 1} 页，共 ${pages.length} 页`)
      expect(page).toContain('合2027-0005')
    })
  })

  test('what the font cannot draw is marked with its code point and never left out', async () => {
    const text = plain(await draw(content({ place: '\u{2F00A}\u{30729}村' })))
    expect(text).toMatch(/〓（U\+(2F00A|30729)）/)
  })

  test('a long contract goes over pages with the head of its table on each', async () => {
    const base = content()
    const [first] = base.terms.milestones
    if (first === undefined) throw new Error('no milestone')
    const milestones = Array.from({ length: 12 }, (_, index) => ({
      ...first,
      position: index + 1,
      title: `第${index + 1}阶段`.repeat(8),
      deliverable: '服务记录、现场照片和居民签到表。'.repeat(30),
    }))
    const pages = textOfPdf(await draw(content({ terms: { ...base.terms, milestones } })))
    expect(pages.length).toBeGreaterThan(6)
    expect(pages.join('')).toContain(`共 ${pages.length} 页`)
  })

  test('the same content gives the same bytes, today and on another day; any other content gives others', async () => {
    const one = checksumsOf(await draw(content()))
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-07-01T00:00:00Z') })
    const again = checksumsOf(await draw(JSON.parse(canonicalOf(content())) as DocumentContent))
    vi.useRealTimers()
    expect(again).toEqual(one)
    const other = checksumsOf(await draw(content({ terms: { ...content().terms, value: '80400.01' } })))
    expect([other.sha256 === one.sha256, other.sm3 === one.sm3]).toEqual([false, false])
  })

  test('it says which document it is, and by which data', async () => {
    const bytes = await draw(content())
    expect(readMark(bytes.toString('latin1'))).toEqual({
      document: id(700),
      dataSha256: sha256Of(canonicalOf(content())),
    })
  })
})

describe('the PDF of an amendment', () => {
  const record = contract()
  const { contract: waits, amendment } = granted(
    amendments.proposeAmendment(
      record,
      procurer,
      now,
      {
        words: '居民要求增加两次活动',
        growth: fen(1_000_00n),
        end: plainDateOf('2028-01-31'),
        dues: [{ milestone: id(203), due: plainDateOf('2028-01-15') }],
        team: [{ worker: 'w1', duty: 'lead', key: true }],
      },
      workers,
      id(300),
    ),
  )

  test('names what it follows on, what changes from what to what, and the terms that result', async () => {
    const after = granted(amendments.agreed(waits, amendment))
    const text = plain(
      await draw(
        content({
          kind: 'amendment',
          previous: { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) },
          terms: termsOf(after, names),
          change: changeOf(record, amendment, 1),
        }),
      ),
    )
    for (const words of [
      `SHA-256：${'a'.repeat(64)}`,
      `SM3：${'b'.repeat(64)}`,
      '居民要求增加两次活动',
      '人民币 1,000.00 元（大写：人民币壹仟元整）',
      '由人民币 80,400.00 元（大写：人民币捌万零肆佰元整）变更为人民币 81,400.00 元（大写：人民币捌万壹仟肆佰元整）',
      '2028年1月31日',
      '的完成日期由2027年12月31日变更为2028年1月15日',
      '合2027-0005 变更第 1 号',
    ])
      expect(text).toContain(words)
    expect(granted(amendments.agreeAmendment(waits, amendment, administrator, now)).contract.value).toBe(after.value)
  })
})

/** The text of one part of a DOCX: a zip whose entries we find by their local heads. */
function partOf(zip: Buffer, name: string): string {
  const directory = zip.indexOf(Buffer.from(`504b0102`, 'hex'))
  for (let at = directory; zip.readUInt32LE(at) === 0x02014b50; ) {
    const [nameLength, extra, comment] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ]
    const head = zip.readUInt32LE(at + 42)
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const start = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28)
      const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20))
      return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
    }
    at += 46 + nameLength + extra + comment
  }
  throw new Error(`no ${name}`)
}

test('the DOCX says the same words and on each page that it is not what is signed', async () => {
  const paper = paperOf(content(), 'mark')
  const docx = await writeDocx(paper, '可编辑副本，不是签署文本。')
  const body = partOf(docx, 'word/document.xml').replaceAll(/<[^>]+>/g, '')
  for (const words of ['栟茶镇', '捌万零肆佰元整', '验收标准：记录齐全', '签署页']) expect(body).toContain(words)
  expect(partOf(docx, 'word/header1.xml')).toContain('可编辑副本，不是签署文本。')
})

test('figures are grouped by thousands, whatever their length', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 9_999_999_999_999n }), (yuan) => {
      const text = groupedYuan(`${yuan}.05`)
      expect(text.replaceAll(',', '')).toBe(`${yuan}.05`)
      expect(text).toMatch(/^\d{1,3}(,\d{3})*\.05$/)
    }),
  )
})

test('one content has one writing, in whatever order its names come back from the database', () => {
  expect(canonicalOf({ b: [1, { d: undefined, c: '氿' }], a: null })).toBe('{"a":null,"b":[1,{"c":"氿"}]}')
})
