// The public account of a project in words, as one sheet for the notice board. Chinese alone: it hangs in the community. Pure.
import { chineseDay, groupedYuan } from '../../../kit/chinese-text.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { Paper, PaperBlock } from '../../../kit/paper.ts'
import { plainDateOf, today } from '../../../kit/plain-date.ts'
import type { getProjectAccount, Outcome } from '../contract/account.ts'

type Account = OutputOf<typeof getProjectAccount>

/** The same words as on the page of a need. */
const outcomeNames: Readonly<Record<Outcome, string>> = {
  met: '已满足',
  partly: '部分满足',
  'not-met': '没有满足',
  unconfirmed: '未确认',
  waiting: '等待居民评价',
}

const text = (words: string): PaperBlock => ({ kind: 'text', text: words })
const yuan = (amount: string) => `${groupedYuan(amount)} 元`
const dayOf = (moment: string) => chineseDay(today(moment as Instant))
const day = (date: string) => chineseDay(plainDateOf(date))

/** Of a sentence what fits on two lines. */
function short(sentence: string): string {
  const signs = [...sentence]
  return signs.length <= 64 ? sentence : `${signs.slice(0, 63).join('')}…`
}

function askedBlocks({ asked }: Account): PaperBlock[] {
  const rest = [
    ...(asked.more > 0 ? [`${asked.more} 件公开的需求`] : []),
    ...(asked.private > 0 ? [`${asked.private} 件不公开的需求`] : []),
  ].join('、')
  return [
    ...asked.sentences.map((each, index) => {
      const about = [
        ...(each.number === undefined ? [] : [each.number]),
        ...(each.supports > 0 ? [`${each.supports} 人附议`] : []),
        outcomeNames[each.outcome],
      ]
      return text(`${index + 1}．“${short(each.sentence)}”（${about.join('，')}）`)
    }),
    ...(rest === '' ? [] : [text(asked.sentences.length > 0 ? `另有 ${rest}。` : `本项目回应 ${rest}。`)]),
  ]
}

function decidedBlocks({ resolution, approvedAt, project, money }: Account): PaperBlock[] {
  const lines: PaperBlock[] = []
  if (resolution !== undefined) {
    const when = resolution.at === undefined ? '' : `${dayOf(resolution.at)}，`
    lines.push(
      text(
        `${when}居民协商决议“${short(resolution.title)}”（${resolution.number}）：应到 ${resolution.eligible} 人，参加 ${resolution.cast} 人，赞成 ${resolution.for}、反对 ${resolution.against}、弃权 ${resolution.abstain}。`,
      ),
    )
  }
  const approved = approvedAt === undefined ? '项目尚未批准。' : `${dayOf(approvedAt)}，街道（乡镇）批准项目。`
  lines.push(
    text(`${approved}预算 ${yuan(money.budget)}，资金来源：${project.sourceName}，实施方式：${project.modeName}。`),
  )
  return lines
}

function undertakerBlocks({ undertaker, contract, money }: Account): PaperBlock[] {
  if (undertaker === undefined) return [text('承接组织尚未确定。')]
  const among = undertaker.bidders === undefined ? '' : `从 ${undertaker.bidders} 家应征组织中`
  const chosen = [
    ...(undertaker.awardedAt === undefined ? [] : [`${dayOf(undertaker.awardedAt)}${among}选定`]),
    ...(money.award === undefined ? [] : [`中选价 ${yuan(money.award)}`]),
  ]
  const lines = [text(`${undertaker.name}。${chosen.length === 0 ? '' : `${chosen.join('，')}。`}`)]
  if (contract !== undefined) {
    const changes = contract.amendments > 0 ? `，变更 ${contract.amendments} 次` : ''
    lines.push(
      text(
        `合同 ${contract.number}，${day(contract.start)}至${day(contract.end)}${changes}；${contract.milestones} 个履约节点已验收 ${contract.accepted} 个。`,
      ),
    )
  }
  return lines
}

function moneyBlocks({ money, contract }: Account): PaperBlock[] {
  const earlier = money.morePayments > 0 ? `，此前还有 ${money.morePayments} 笔` : ''
  const each = money.payments.map(({ at, amount }) =>
    amount.startsWith('-') ? `${dayOf(at)} 收回 ${yuan(amount.slice(1))}` : `${dayOf(at)} 付 ${yuan(amount)}`,
  )
  return [
    {
      kind: 'table',
      columns: ['项目预算', '合同金额', '已付', '已退回资金来源'].map((title) => ({
        title: `${title}（元）`,
        width: 25,
        align: 'right' as const,
      })),
      rows: [
        [
          groupedYuan(money.budget),
          contract === undefined ? '—' : groupedYuan(contract.value),
          groupedYuan(money.paid),
          groupedYuan(money.refunded),
        ],
      ],
    },
    ...(each.length > 0 ? [text(`逐笔：${each.join('；')}${earlier}。`)] : []),
  ]
}

function evaluationBlocks({ evaluations }: Account): PaperBlock[] {
  if (evaluations.length === 0) return [text('尚未公布。')]
  const each = evaluations.map(({ score, percent, at, lot }) => {
    const of = lot === undefined ? '' : `采购包 ${lot}，`
    return `${of}${dayOf(at)}公布第三方终期评估：得分 ${score} 分（满分 100 分），末期款按 ${percent}% 支付`
  })
  return [text(`${each.join('；')}。`)]
}

function outcomeBlocks({ outcomes }: Account): PaperBlock[] {
  const names = Object.entries(outcomeNames) as [Outcome, string][]
  return [
    {
      kind: 'table',
      columns: names.map(([, title]) => ({ title, width: 20, align: 'center' as const })),
      rows: [names.map(([outcome]) => `${outcomes[outcome]} 件`)],
    },
  ]
}

/** The sheet of an account. */
export function accountPaper(account: Account): Paper {
  const { project, page, asOf } = account
  const date = today(asOf as Instant)
  const sections: [string, PaperBlock[]][] = [
    ['一、居民提了什么', askedBlocks(account)],
    ['二、怎么定下来的', decidedBlocks(account)],
    ['三、由谁承接', undertakerBlocks(account)],
    ['四、钱花在哪里', moneyBlocks(account)],
    ['五、评估结果', evaluationBlocks(account)],
    ['六、居民的回音', outcomeBlocks(account)],
  ]
  return {
    title: `${project.title} 公示单`,
    number: `${project.number} 公示单`,
    date,
    mark: `liandong-account ${project.id}`,
    sheet: true,
    blocks: [
      { kind: 'title', text: '社区服务项目公示单' },
      {
        kind: 'facts',
        rows: [
          ['项目', `${project.title}（${project.number}）`],
          ['社区', project.divisionName],
          ['服务时间', `${day(project.start)}至${day(project.end)}`],
          ['现在', `${project.stateName}（截至${chineseDay(date)}）`],
        ],
      },
      ...sections.flatMap(([heading, blocks]): PaperBlock[] => [{ kind: 'heading', text: heading }, ...blocks]),
      {
        kind: 'code',
        address: page,
        lines: [
          '扫码或者打开下面的网址，看这件事从居民的一句话到每一笔钱的全过程：',
          page,
          `本单由平台按登记的数据生成，数字截至${chineseDay(date)}，以网上公开的为准。不公开的需求只计件数。`,
        ],
      },
    ],
  }
}
