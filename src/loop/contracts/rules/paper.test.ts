// The words of a contract and of an amendment, as the parties read and sign them, sentence by sentence.
import { describe, expect, test } from 'vitest'
import { contract } from '../../../../tests/support/contract-record.ts'
import { paperLines } from '../../../../tests/support/paper-text.ts'
import { plainDateOf } from '../../../kit/plain-date.ts'
import { type DocumentContent, type DocumentTerms, termsOf } from './document.ts'
import { inWords, paperOf } from './paper.ts'

const terms: DocumentTerms = {
  ...termsOf(contract({ clauses: '每月通报一次。' }), new Map([['w1', { name: '王*', level: 'senior' }]])),
}
const [first, second] = terms.milestones
const [member] = terms.team
if (first === undefined || second === undefined || member === undefined) throw new Error('the record has them')
const content = (more: Partial<DocumentContent> = {}): DocumentContent => ({
  format: 1,
  id: '320505-doc',
  kind: 'contract',
  contract: 'c',
  number: '合2027-0005',
  title: '老人助餐',
  date: plainDateOf('2027-03-01'),
  project: { number: '项2027-0003', title: '为老服务' },
  place: '三香社区',
  purchaser: { name: '横塘街道办事处', uscc: '11320505014149873M' },
  undertaker: { name: '暖邻中心' },
  terms: { ...terms, milestones: [first, { ...second, share: 3333, needsRecords: false }], team: [member] },
  ...more,
})
const lines = (of: DocumentContent) => paperLines(paperOf(of, 'mark'))

const checked =
  '本文件由平台按登记的数据生成，文件编号 320505-doc。双方签署的是本文件的 SHA-256 与 SM3 校验码，文件改动一个字节，校验码即不相同。持有本文件的任何人可以在平台的“核验合同文件”页面核验，文件不会上传。'
const signing = (what: string) => [
  '# 签署页',
  `本页是${what} 合2027-0005 的签署页。以电子签名签署的，签名不写在本页上，连同签署人、公钥和时间保存在平台；打印签署的，双方在本页签字盖章。`,
  ...['甲方：横塘街道办事处', '乙方：暖邻中心'].flatMap((party) => [
    `@ ${party}`,
    '盖章：',
    '法定代表人或者授权代表（签字）：',
    '日期：',
  ]),
]
const milestoneHead = '序号 7 center | 履约节点 36 left | 完成日期 20 left | 付款比例 14 right | 金额（元） 20 right'
const teamHead = '姓名 16 left | 资格 24 left | 分工 20 left | 关键人员 14 center | 登记标识（末 12 位） 26 left'

test('a contract', () => {
  expect(lines(content())).toEqual([
    '《社区服务项目合同》',
    '合同编号: 合2027-0005',
    '合同名称: 老人助餐',
    '甲方（采购方）: 横塘街道办事处',
    '统一社会信用代码: 11320505014149873M',
    '乙方（承接方）: 暖邻中心',
    '统一社会信用代码: （平台未登记）',
    '服务项目: 项2027-0003 为老服务',
    '服务地点: 三香社区',
    '定稿日期: 2027年3月1日',
    '根据《中华人民共和国民法典》《中华人民共和国政府采购法》等规定，甲方按照采购结果，与乙方订立本合同。',
    '# 第一条　服务内容与期限',
    '乙方在三香社区承接“老人助餐”，按第三条的履约节点提供服务并交付成果。',
    '合同期自2027年3月2日起至2027年12月31日止。',
    '# 第二条　合同金额',
    '合同金额为人民币 80,400.00 元（大写：人民币捌万零肆佰元整）。除按本合同变更以外，金额不作调整。',
    '# 第三条　履约节点、交付与验收',
    milestoneHead,
    '1 | 阶段服务 | 2027年6月30日 | 40% | 32,160.00',
    '2 | 阶段服务 | 2027年9月30日 | 33.33% | 24,120.00',
    ' | 合计 |  | 73.33% | 80,400.00',
    '! 节点 1：阶段服务',
    '交付内容：服务记录',
    '验收标准：记录齐全\n本节点须有如实登记的服务记录，没有服务记录不得申报完成。',
    '! 节点 2：阶段服务',
    '交付内容：服务记录',
    '验收标准：记录齐全',
    '乙方完成节点后在平台申报。甲方自申报之日起 10 个工作日内组织验收：由社区负责人（跨社区的合同由乡镇、街道审核人）与一名提出需求的居民分别确认，两人都确认即为通过；不符合验收标准的，退回并写明意见，乙方整改后重新申报。',
    '# 第四条　付款与末期款',
    '除末期节点外，节点通过验收后 10 个工作日内，甲方按该节点金额付款。付款由一人提出、另一人审批。',
    '末期节点（节点 2，33.33%）在终期评估公布后支付，支付金额为该节点金额乘以评估对应的比例：得分 80 分（含）以上，支付 100%；得分 60 分（含）以上、不足 80 分，支付 90%；得分不足 60 分，不予支付。不予支付的部分退回原资金来源。',
    '# 第五条　服务团队与关键人员',
    teamHead,
    '王* | 高级社会工作师 | 项目负责人 | 是 | w1',
    '姓名以隐去部分字的方式列明，以平台登记的社会工作者为准。关键人员只能通过合同变更更换。',
    '# 第六条　个人信息保护',
    '只为履约收集必要的个人信息。',
    '# 第七条　其他约定',
    '每月通报一次。',
    '# 第八条　违约',
    '任何一方不履行合同义务或者履行不符合约定的，另一方可以在平台登记并要求改正；违约责任依照《中华人民共和国民法典》承担。',
    '# 第九条　变更',
    '变更合同须由双方签署变更协议，变更协议载明前一份文件的校验码。合同金额累计增加不得超过签订金额的 10%，超出部分须重新采购。',
    '# 第十条　终止与结算',
    '合同提前终止的，已经通过验收的节点照付；尚未验收的工作由双方结算，结算金额不超过尚未验收节点金额之和；其余资金退回原资金来源。',
    '# 第十一条　争议',
    '双方因本合同发生争议的，先协商解决；协商不成的，依法处理。',
    '# 第十二条　文件、签署与核验',
    `${checked}双方都签署后合同生效。`,
    ...signing('合同'),
  ])
})

test('without other clauses the articles close up, and the page of verification is named where it is known', () => {
  const of = lines(content({ verifyAt: 'https://liandong.example/verify', terms: { ...terms, clauses: '' } }))
  expect(of.filter((line) => line.startsWith('# ')).slice(6, -1)).toEqual([
    '# 第七条　违约',
    '# 第八条　变更',
    '# 第九条　终止与结算',
    '# 第十条　争议',
    '# 第十一条　文件、签署与核验',
  ])
  expect(of.join('')).toContain('任何人可以在https://liandong.example/verify核验')
})

describe('the team', () => {
  const row = (more: Partial<typeof member>) =>
    lines(content({ terms: { ...terms, team: [{ ...member, ...more }] } })).find((line) => line.startsWith('王* |'))

  test.each([
    ['assistant', '助理社会工作师'],
    ['social-worker', '社会工作师'],
    ['senior', '高级社会工作师'],
    ['other', 'other'],
  ])('level %s is written %s', (level, words) => {
    expect(row({ level })).toBe(`王* | ${words} | 项目负责人 | 是 | w1`)
  })

  test.each([
    ['lead', '项目负责人'],
    ['social-worker', '社会工作者'],
    ['assistant', '助理'],
    ['supervisor', '督导'],
  ] as const)('duty %s is written %s', (duty, words) => {
    expect(row({ duty, key: false, worker: '320505-01900000-0000-7000-8000-123456789012' })).toBe(
      `王* | 高级社会工作师 | ${words} | 否 | 123456789012`,
    )
  })
})

test.each([
  [[{ from: 0, factorBps: 10_000 }], '得分 0 分（含）以上，支付 100%'],
  [
    [
      { from: 0, factorBps: 5_000 },
      { from: 60, factorBps: 10_000 },
    ],
    '得分 60 分（含）以上，支付 100%；得分不足 60 分，支付 50%',
  ],
  [
    [
      { from: 60, factorBps: 10_000 },
      { from: 40, factorBps: 0 },
    ],
    '得分 60 分（含）以上，支付 100%；得分 40 分（含）以上、不足 60 分，不予支付',
  ],
])('factors %j read %s', (factors, words) => {
  expect(lines(content({ terms: { ...terms, factors } })).join('\n')).toContain(`对应的比例：${words}。`)
})

describe('an amendment', () => {
  const change: DocumentContent['change'] = {
    number: 2,
    proposedBy: 'organization',
    words: '居民要求增加活动',
    valueBefore: '79400.00',
    growth: '1000.00',
    endBefore: plainDateOf('2027-11-30'),
    dues: [{ title: '阶段服务', before: plainDateOf('2027-06-01'), due: plainDateOf('2027-06-30') }],
    team: true,
  }
  const amended = (more: Partial<NonNullable<DocumentContent['change']>> = {}) =>
    content({
      kind: 'amendment',
      previous: { sha256: 'a', sm3: 'b' },
      change: { ...change, ...more },
      terms: { ...terms, milestones: [first] },
    })

  test('names what it follows on, why, what changes from what to what, and what results', () => {
    expect(lines(amended())).toEqual([
      '《合同变更协议》',
      '合同编号: 合2027-0005',
      '变更协议: 第 2 号',
      '合同名称: 老人助餐',
      '甲方（采购方）: 横塘街道办事处',
      '统一社会信用代码: 11320505014149873M',
      '乙方（承接方）: 暖邻中心',
      '统一社会信用代码: （平台未登记）',
      '提出日期: 2027年3月1日',
      '提出方: 乙方',
      '# 第一条　前一份文件',
      '本协议变更下列校验码所指的文件，与该文件一并构成双方的约定：',
      '* SHA-256：a\nSM3：b',
      '# 第二条　变更的理由',
      '居民要求增加活动',
      '# 第三条　变更的内容',
      '1．合同金额增加人民币 1,000.00 元（大写：人民币壹仟元整），由人民币 79,400.00 元（大写：人民币柒万玖仟肆佰元整）变更为人民币 80,400.00 元（大写：人民币捌万零肆佰元整），增加的金额计入末期节点。',
      '2．合同期的结束日期由2027年11月30日变更为2027年12月31日。',
      '3．节点“阶段服务”的完成日期由2027年6月1日变更为2027年6月30日。',
      '4．服务团队变更为下表所列人员。',
      teamHead,
      '王* | 高级社会工作师 | 项目负责人 | 是 | w1',
      '# 第四条　变更后的金额与节点',
      '变更后的合同金额为人民币 80,400.00 元（大写：人民币捌万零肆佰元整），合同期自2027年3月2日起至2027年12月31日止。付款比例按签订时的金额计算。',
      milestoneHead,
      '1 | 阶段服务 | 2027年6月30日 | 40% | 32,160.00',
      ' | 合计 |  | 40% | 80,400.00',
      '# 第五条　其他',
      '合同的其他约定不变。',
      `${checked}双方都签署后变更生效。`,
      ...signing('合同变更协议'),
    ])
  })

  test('tells only what changes, and which party proposed it', () => {
    const of = lines(amended({ proposedBy: 'purchaser', growth: undefined, endBefore: undefined, team: false }))
    expect(of[9]).toBe('提出方: 甲方')
    const from = of.indexOf('# 第三条　变更的内容')
    expect(of.slice(from + 1, from + 3)).toEqual([
      '1．节点“阶段服务”的完成日期由2027年6月1日变更为2027年6月30日。',
      '# 第四条　变更后的金额与节点',
    ])
  })

  test('is none without the document that it follows on', () => {
    const alone = 'an amendment follows on a document'
    expect(() => paperOf({ ...amended(), previous: undefined }, 'm')).toThrow(alone)
    expect(() => paperOf({ ...amended(), change: undefined }, 'm')).toThrow(alone)
  })

  test('has its own title and number at the foot of each page', () => {
    const foot = ({ title, number, date, mark }: ReturnType<typeof paperOf>) => [title, number, date, mark]
    expect(foot(paperOf(content(), 'm'))).toEqual(['老人助餐', '合2027-0005', '2027-03-01', 'm'])
    expect(foot(paperOf(amended(), 'm'))).toEqual(['老人助餐 变更协议', '合2027-0005 变更第 2 号', '2027-03-01', 'm'])
  })
})

test('sums are written twice, in figures and in capitals', () => {
  expect(inWords('1234567.05')).toBe('人民币 1,234,567.05 元（大写：人民币壹佰贰拾叁万肆仟伍佰陆拾柒元零伍分）')
})
