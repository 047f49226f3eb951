// Contracts: the words of the contract and of an amendment, as a paper to be signed. Chinese alone: this is the text that the parties agree on. Pure.
import { chineseAmount } from '../../../kit/chinese-amount.ts'
import { chineseDay, groupedYuan } from '../../../kit/chinese-text.ts'
import { fen, parseYuan } from '../../../kit/money.ts'
import type { Paper, PaperBlock } from '../../../kit/paper.ts'
import type { DocumentContent, DocumentParty, DocumentTerms } from './document.ts'

const duties = { lead: '项目负责人', 'social-worker': '社会工作者', assistant: '助理', supervisor: '督导' } as const
const levels: Readonly<Record<string, string>> = {
  assistant: '助理社会工作师',
  'social-worker': '社会工作师',
  senior: '高级社会工作师',
}
const partyNames = { purchaser: '甲方', organization: '乙方' } as const

/** 人民币 80,400.00 元（大写：人民币捌万零肆佰元整）. */
export function inWords(yuan: string): string {
  return `人民币 ${groupedYuan(yuan)} 元（大写：人民币${chineseAmount(parseYuan(yuan) ?? fen(0n))}）`
}

/** Basis points: 3333 -> 33.33%. */
function percent(basisPoints: number): string {
  return `${Number((basisPoints / 100).toFixed(2))}%`
}

const title = (text: string): PaperBlock => ({ kind: 'title', text })
const text = (words: string): PaperBlock => ({ kind: 'text', text: words })

function partyRows(label: string, party: DocumentParty): (readonly [string, string])[] {
  return [
    [label, party.name],
    ['统一社会信用代码', party.uscc ?? '（平台未登记）'],
  ]
}

function milestoneTable(terms: DocumentTerms): PaperBlock {
  return {
    kind: 'table',
    columns: [
      { title: '序号', width: 7, align: 'center' },
      { title: '履约节点', width: 36 },
      { title: '完成日期', width: 20 },
      { title: '付款比例', width: 14, align: 'right' },
      { title: '金额（元）', width: 20, align: 'right' },
    ],
    rows: [
      ...terms.milestones.map((each) => [
        String(each.position),
        each.title,
        chineseDay(each.due),
        percent(each.share),
        groupedYuan(each.amount),
      ]),
      ['', '合计', '', percent(terms.milestones.reduce((sum, each) => sum + each.share, 0)), groupedYuan(terms.value)],
    ],
  }
}

function teamTable(terms: DocumentTerms): PaperBlock {
  return {
    kind: 'table',
    columns: [
      { title: '姓名', width: 16 },
      { title: '资格', width: 24 },
      { title: '分工', width: 20 },
      { title: '关键人员', width: 14, align: 'center' },
      { title: '登记标识（末 12 位）', width: 26 },
    ],
    rows: terms.team.map((member) => [
      member.name,
      levels[member.level] ?? member.level,
      duties[member.duty],
      member.key ? '是' : '否',
      member.worker.slice(-12),
    ]),
  }
}

/** What the last milestone is paid by, step by step from the best score down. */
function factorSentence(terms: DocumentTerms): string {
  const steps = terms.factors.toSorted((left, right) => right.from - left.from)
  return steps
    .map((step, index) => {
      const above = steps[index - 1]
      const range =
        above === undefined
          ? `得分 ${step.from} 分（含）以上`
          : step.from === 0
            ? `得分不足 ${above.from} 分`
            : `得分 ${step.from} 分（含）以上、不足 ${above.from} 分`
      return step.factorBps === 0 ? `${range}，不予支付` : `${range}，支付 ${percent(step.factorBps)}`
    })
    .join('；')
}

function signaturePage(content: DocumentContent): PaperBlock {
  const lines = ['盖章：', '法定代表人或者授权代表（签字）：', '日期：']
  return {
    kind: 'signatures',
    heading: '签署页',
    note: `本页是${content.kind === 'contract' ? '合同' : '合同变更协议'} ${content.number} 的签署页。以电子签名签署的，签名不写在本页上，连同签署人、公钥和时间保存在平台；打印签署的，双方在本页签字盖章。`,
    parties: [
      { name: `甲方：${content.purchaser.name}`, lines },
      { name: `乙方：${content.undertaker.name}`, lines },
    ],
  }
}

function verification(content: DocumentContent): string {
  const where = content.verifyAt === undefined ? '平台的“核验合同文件”页面' : content.verifyAt
  return `本文件由平台按登记的数据生成，文件编号 ${content.id}。双方签署的是本文件的 SHA-256 与 SM3 校验码，文件改动一个字节，校验码即不相同。持有本文件的任何人可以在${where}核验，文件不会上传。`
}

/** Articles are numbered in the order in which they stand: other clauses may be missing. */
function articles(parts: readonly (readonly [heading: string, blocks: readonly PaperBlock[]])[]): PaperBlock[] {
  const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
  return parts.flatMap(([heading, blocks], index): PaperBlock[] => [
    { kind: 'heading', text: `第${numerals[index] ?? index + 1}条　${heading}` },
    ...blocks,
  ])
}

function contractBlocks(content: DocumentContent): PaperBlock[] {
  const { terms } = content
  const last = terms.milestones.at(-1)
  return [
    title('社区服务项目合同'),
    {
      kind: 'facts',
      rows: [
        ['合同编号', content.number],
        ['合同名称', content.title],
        ...partyRows('甲方（采购方）', content.purchaser),
        ...partyRows('乙方（承接方）', content.undertaker),
        ['服务项目', `${content.project.number} ${content.project.title}`],
        ['服务地点', content.place],
        ['定稿日期', chineseDay(content.date)],
      ],
    },
    text('根据《中华人民共和国民法典》《中华人民共和国政府采购法》等规定，甲方按照采购结果，与乙方订立本合同。'),
    ...articles([
      [
        '服务内容与期限',
        [
          text(`乙方在${content.place}承接“${content.title}”，按第三条的履约节点提供服务并交付成果。`),
          text(`合同期自${chineseDay(terms.start)}起至${chineseDay(terms.end)}止。`),
        ],
      ],
      ['合同金额', [text(`合同金额为${inWords(terms.value)}。除按本合同变更以外，金额不作调整。`)]],
      [
        '履约节点、交付与验收',
        [
          milestoneTable(terms),
          ...terms.milestones.flatMap((each): PaperBlock[] => [
            { kind: 'text', text: `节点 ${each.position}：${each.title}`, strong: true },
            text(`交付内容：${each.deliverable}`),
            text(
              `验收标准：${each.criteria}${each.needsRecords ? '\n本节点须有如实登记的服务记录，没有服务记录不得申报完成。' : ''}`,
            ),
          ]),
          text(
            `乙方完成节点后在平台申报。甲方自申报之日起 ${terms.acceptDays} 个工作日内组织验收：由社区负责人（跨社区的合同由乡镇、街道审核人）与一名提出需求的居民分别确认，两人都确认即为通过；不符合验收标准的，退回并写明意见，乙方整改后重新申报。`,
          ),
        ],
      ],
      [
        '付款与末期款',
        [
          text(
            `除末期节点外，节点通过验收后 ${terms.payDays} 个工作日内，甲方按该节点金额付款。付款由一人提出、另一人审批。`,
          ),
          text(
            `末期节点（节点 ${last?.position ?? ''}，${percent(last?.share ?? 0)}）在终期评估公布后支付，支付金额为该节点金额乘以评估对应的比例：${factorSentence(terms)}。不予支付的部分退回原资金来源。`,
          ),
        ],
      ],
      [
        '服务团队与关键人员',
        [
          teamTable(terms),
          text('姓名以隐去部分字的方式列明，以平台登记的社会工作者为准。关键人员只能通过合同变更更换。'),
        ],
      ],
      ['个人信息保护', [text(terms.dataClause)]],
      ...(terms.clauses === '' ? [] : ([['其他约定', [text(terms.clauses)]]] as const)),
      [
        '违约',
        [
          text(
            '任何一方不履行合同义务或者履行不符合约定的，另一方可以在平台登记并要求改正；违约责任依照《中华人民共和国民法典》承担。',
          ),
        ],
      ],
      [
        '变更',
        [
          text(
            `变更合同须由双方签署变更协议，变更协议载明前一份文件的校验码。合同金额累计增加不得超过签订金额的 ${terms.growthPercent}%，超出部分须重新采购。`,
          ),
        ],
      ],
      [
        '终止与结算',
        [
          text(
            '合同提前终止的，已经通过验收的节点照付；尚未验收的工作由双方结算，结算金额不超过尚未验收节点金额之和；其余资金退回原资金来源。',
          ),
        ],
      ],
      ['争议', [text('双方因本合同发生争议的，先协商解决；协商不成的，依法处理。')]],
      ['文件、签署与核验', [text(`${verification(content)}双方都签署后合同生效。`)]],
    ]),
    signaturePage(content),
  ]
}

function amendmentBlocks(content: DocumentContent): PaperBlock[] {
  const { terms, change, previous } = content
  if (change === undefined || previous === undefined) throw new Error('an amendment follows on a document')
  const changes = [
    ...(change.growth === undefined
      ? []
      : [
          `合同金额增加${inWords(change.growth)}，由${inWords(change.valueBefore)}变更为${inWords(terms.value)}，增加的金额计入末期节点。`,
        ]),
    ...(change.endBefore === undefined
      ? []
      : [`合同期的结束日期由${chineseDay(change.endBefore)}变更为${chineseDay(terms.end)}。`]),
    ...change.dues.map(
      (due) => `节点“${due.title}”的完成日期由${chineseDay(due.before)}变更为${chineseDay(due.due)}。`,
    ),
    ...(change.team ? ['服务团队变更为下表所列人员。'] : []),
  ]
  return [
    title('合同变更协议'),
    {
      kind: 'facts',
      rows: [
        ['合同编号', content.number],
        ['变更协议', `第 ${change.number} 号`],
        ['合同名称', content.title],
        ...partyRows('甲方（采购方）', content.purchaser),
        ...partyRows('乙方（承接方）', content.undertaker),
        ['提出日期', chineseDay(content.date)],
        ['提出方', partyNames[change.proposedBy]],
      ],
    },
    ...articles([
      [
        '前一份文件',
        [
          text('本协议变更下列校验码所指的文件，与该文件一并构成双方的约定：'),
          { kind: 'note', text: `SHA-256：${previous.sha256}\nSM3：${previous.sm3}` },
        ],
      ],
      ['变更的理由', [text(change.words)]],
      [
        '变更的内容',
        [...changes.map((words, index) => text(`${index + 1}．${words}`)), ...(change.team ? [teamTable(terms)] : [])],
      ],
      [
        '变更后的金额与节点',
        [
          text(
            `变更后的合同金额为${inWords(terms.value)}，合同期自${chineseDay(terms.start)}起至${chineseDay(terms.end)}止。付款比例按签订时的金额计算。`,
          ),
          milestoneTable(terms),
        ],
      ],
      ['其他', [text('合同的其他约定不变。'), text(`${verification(content)}双方都签署后变更生效。`)]],
    ]),
    signaturePage(content),
  ]
}

/** The paper of a content; `mark`: see markOf. */
export function paperOf(content: DocumentContent, mark: string): Paper {
  return {
    title: content.kind === 'contract' ? content.title : `${content.title} 变更协议`,
    number: content.change === undefined ? content.number : `${content.number} 变更第 ${content.change.number} 号`,
    date: content.date,
    mark,
    blocks: content.kind === 'contract' ? contractBlocks(content) : amendmentBlocks(content),
  }
}
