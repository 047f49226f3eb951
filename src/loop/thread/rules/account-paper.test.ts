// The sheet for the notice board, word for word: of a finished project, of one that has just begun, and where a part is missing.
import { describe, expect, test } from 'vitest'
import { paperLines } from '../../../../tests/support/paper-text.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getProjectAccount } from '../contract/account.ts'
import { accountPaper } from './account-paper.ts'

type Account = OutputOf<typeof getProjectAccount>

/** Nothing was decided yet: a project that residents see for the first time. */
const begun: Account = {
  project: {
    id: '320505-0190f1c0-0000-7000-8000-000000000009',
    number: '项2026-0031',
    title: '独居老人助餐',
    stateName: '居民评议中',
    division: '320505001001',
    divisionName: '江苏省苏州市虎丘区横塘街道三香社区',
    modeName: '定向委托',
    sourceName: '社区服务专项',
    start: '2027-01-01',
    end: '2027-12-31',
  },
  asOf: '2026-11-23T16:30:00.000Z',
  asked: { sentences: [], more: 0, private: 0, supports: 0 },
  money: {
    budget: '60000.00',
    encumbered: '0.00',
    paid: '0.00',
    refunded: '0.00',
    payments: [],
    morePayments: 0,
  },
  evaluations: [],
  outcomes: { met: 0, partly: 0, 'not-met': 0, unconfirmed: 0, waiting: 0 },
  published: [],
  page: 'https://liandong.example/projects/1',
}

const finished: Account = {
  ...begun,
  asked: {
    sentences: [
      { number: '需2026-0003', sentence: '想吃上热午饭', supports: 42, outcome: 'met' },
      { number: '需2026-0001', sentence: '腿脚不便，买菜难', supports: 1, outcome: 'partly' },
      { sentence: '晚上没人说话', supports: 0, outcome: 'not-met' },
    ],
    more: 2,
    private: 1,
    supports: 43,
  },
  resolution: {
    number: '议2026-0007',
    title: '关于助餐的决议',
    for: 61,
    against: 4,
    abstain: 2,
    cast: 67,
    eligible: 90,
    at: '2026-12-01T02:00:00.000Z',
  },
  approvedAt: '2026-12-08T02:00:00.000Z',
  undertaker: { name: '吴江区暖邻社会工作服务中心', awardedAt: '2026-12-28T02:00:00.000Z', bidders: 3 },
  contract: {
    number: '合2026-0004',
    value: '58800.00',
    start: '2027-01-05',
    end: '2027-12-20',
    amendments: 1,
    accepted: 2,
    milestones: 3,
  },
  money: {
    budget: '60000.00',
    award: '56000.00',
    encumbered: '58800.00',
    paid: '1057000.50',
    refunded: '1200.00',
    payments: [
      { at: '2027-03-01T02:00:00.000Z', amount: '20000.00' },
      { at: '2027-04-01T02:00:00.000Z', amount: '-300.00' },
    ],
    morePayments: 4,
  },
  evaluations: [{ score: 91.5, percent: 95, at: '2028-01-10T02:00:00.000Z' }],
  outcomes: { met: 3, partly: 1, 'not-met': 1, unconfirmed: 2, waiting: 4 },
}

/** The sections between two headings. */
function section(account: Account, from: string): string[] {
  const lines = paperLines(accountPaper(account))
  const start = lines.indexOf(`# ${from}`)
  expect(start).toBeGreaterThan(-1)
  const end = lines.findIndex((line, at) => at > start && (line.startsWith('# ') || line.startsWith('[')))
  return lines.slice(start + 1, end)
}

describe('the sheet of a finished project', () => {
  test('says from the sentences to the residents’ answer what happened, in this order', () => {
    expect(paperLines(accountPaper(finished))).toEqual([
      '《社区服务项目公示单》',
      '项目: 独居老人助餐（项2026-0031）',
      '社区: 江苏省苏州市虎丘区横塘街道三香社区',
      '服务时间: 2027年1月1日至2027年12月31日',
      '现在: 居民评议中（截至2026年11月24日）',
      '# 一、居民提了什么',
      '1．“想吃上热午饭”（需2026-0003，42 人附议，已满足）',
      '2．“腿脚不便，买菜难”（需2026-0001，1 人附议，部分满足）',
      '3．“晚上没人说话”（没有满足）',
      '另有 2 件公开的需求、1 件不公开的需求。',
      '# 二、怎么定下来的',
      '2026年12月1日，居民协商决议“关于助餐的决议”（议2026-0007）：应到 90 人，参加 67 人，赞成 61、反对 4、弃权 2。',
      '2026年12月8日，街道（乡镇）批准项目。预算 60,000.00 元，资金来源：社区服务专项，实施方式：定向委托。',
      '# 三、由谁承接',
      '吴江区暖邻社会工作服务中心。2026年12月28日从 3 家应征组织中选定，中选价 56,000.00 元。',
      '合同 合2026-0004，2027年1月5日至2027年12月20日，变更 1 次；3 个履约节点已验收 2 个。',
      '# 四、钱花在哪里',
      '项目预算（元） 25 right | 合同金额（元） 25 right | 已付（元） 25 right | 已退回资金来源（元） 25 right',
      '60,000.00 | 58,800.00 | 1,057,000.50 | 1,200.00',
      '逐笔：2027年3月1日 付 20,000.00 元；2027年4月1日 收回 300.00 元，此前还有 4 笔。',
      '# 五、评估结果',
      '2028年1月10日公布第三方终期评估：得分 91.5 分（满分 100 分），末期款按 95% 支付。',
      '# 六、居民的回音',
      '已满足 20 center | 部分满足 20 center | 没有满足 20 center | 未确认 20 center | 等待居民评价 20 center',
      '3 件 | 1 件 | 1 件 | 2 件 | 4 件',
      '[https://liandong.example/projects/1]',
      '扫码或者打开下面的网址，看这件事从居民的一句话到每一笔钱的全过程：',
      'https://liandong.example/projects/1',
      '本单由平台按登记的数据生成，数字截至2026年11月24日，以网上公开的为准。不公开的需求只计件数。',
    ])
  })

  test('is one page, dated by the day in China, and can be recognised again by its project', () => {
    expect(accountPaper(finished)).toMatchObject({
      title: '独居老人助餐 公示单',
      number: '项2026-0031 公示单',
      date: '2026-11-24',
      mark: 'liandong-account 320505-0190f1c0-0000-7000-8000-000000000009',
      sheet: true,
    })
  })
})

test('of a project with lots each evaluation is printed with its lot', () => {
  const { blocks } = accountPaper({
    ...finished,
    evaluations: [
      { score: 90, percent: 100, at: '2028-01-10T02:00:00.000Z', lot: 1 },
      { score: 70, percent: 90, at: '2028-02-10T02:00:00.000Z', lot: 2 },
    ],
  })
  expect(JSON.stringify(blocks)).toContain(
    '采购包 1，2028年1月10日公布第三方终期评估：得分 90 分（满分 100 分），末期款按 100% 支付；采购包 2，2028年2月10日公布第三方终期评估：得分 70 分（满分 100 分），末期款按 90% 支付。',
  )
})

describe('what did not happen yet is said as that', () => {
  test('a project that has just begun is not approved, has no undertaker, no contract, no payment, no evaluation', () => {
    expect(section(begun, '一、居民提了什么')).toEqual([])
    expect(section(begun, '二、怎么定下来的')).toEqual([
      '项目尚未批准。预算 60,000.00 元，资金来源：社区服务专项，实施方式：定向委托。',
    ])
    expect(section(begun, '三、由谁承接')).toEqual(['承接组织尚未确定。'])
    expect(section(begun, '四、钱花在哪里').slice(1)).toEqual(['60,000.00 | — | 0.00 | 0.00'])
    expect(section(begun, '五、评估结果')).toEqual(['尚未公布。'])
  })

  test.each([
    [{ more: 3, private: 0 }, '本项目回应 3 件公开的需求。'],
    [{ more: 0, private: 2 }, '本项目回应 2 件不公开的需求。'],
  ])('where no sentence may be printed, needs are counted: %j', (counted, sentence) => {
    expect(section({ ...begun, asked: { ...begun.asked, ...counted } }, '一、居民提了什么')).toEqual([sentence])
  })

  test('what is left out leaves no gap in its sentence', () => {
    const { resolution, contract } = finished
    if (resolution === undefined || contract === undefined) throw new Error('the finished one has both')
    const undated = { ...finished, resolution: { ...resolution, at: undefined } }
    expect(section(undated, '二、怎么定下来的')[0]).toMatch(/^居民协商决议“关于助餐的决议”/)
    const negotiated = { ...finished, undertaker: { name: '暖邻中心', awardedAt: '2026-12-28T02:00:00.000Z' } }
    expect(section(negotiated, '三、由谁承接')[0]).toBe('暖邻中心。2026年12月28日选定，中选价 56,000.00 元。')
    const priceless = { ...negotiated, money: { ...finished.money, award: undefined } }
    expect(section(priceless, '三、由谁承接')[0]).toBe('暖邻中心。2026年12月28日选定。')
    expect(section({ ...priceless, undertaker: { name: '暖邻中心' } }, '三、由谁承接')[0]).toBe('暖邻中心。')
    const unchanged = { ...finished, contract: { ...contract, amendments: 0 } }
    expect(section(unchanged, '三、由谁承接')[1]).toContain('2027年12月20日；3 个履约节点')
    const few = { ...finished, money: { ...finished.money, morePayments: 0 } }
    expect(section(few, '四、钱花在哪里')[2]).toMatch(/300\.00 元。$/)
  })
})

test.each([
  [64, 64, false],
  [65, 64, true],
])('a sentence of %i signs is printed with %i, rare characters counted as one', (signs, printed, cut) => {
  const sentence = '𠮷'.repeat(signs)
  const account = {
    ...begun,
    asked: { ...begun.asked, sentences: [{ sentence, supports: 0, outcome: 'waiting' as const }] },
  }
  const [line = ''] = section(account, '一、居民提了什么')
  const quoted = /“(.*)”（等待居民评价）$/u.exec(line)?.[1] ?? ''
  expect([[...quoted].length, quoted.endsWith('…')]).toEqual([printed, cut])
})
