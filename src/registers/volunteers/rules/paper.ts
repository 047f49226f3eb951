// What a proof of hours says on paper. Pure: the same proof gives the same paper.
import { today } from '../../../kit/plain-date.ts'
import type { Paper } from '../../../kit/paper.ts'
import { type HoursProof, shownProofNumber } from '../rules.ts'

/** "12 小时 30 分钟". */
export function hoursText(minutes: number): string {
  const rest = minutes % 60
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${rest} 分钟`
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`
}

/** The paper, in Chinese as it is handed to schools and employers. */
export function proofPaper(
  proof: HoursProof,
  about: { readonly name: string; readonly place: string; readonly checkAt: string | undefined },
): Paper {
  const number = shownProofNumber(proof)
  return {
    title: '志愿服务时长证明',
    number,
    date: today(proof.issuedAt),
    mark: `liandong-hours-proof ${proof.id}`,
    blocks: [
      { kind: 'title', text: '志愿服务时长证明' },
      {
        kind: 'facts',
        rows: [
          ['编号', number],
          ['姓名', about.name],
          ['所在社区', about.place],
          ['服务时长', hoursText(proof.minutes)],
          ['服务次数', `${proof.shifts} 次`],
          ['服务期间', `${today(proof.firstAt)} 至 ${today(proof.lastAt)}`],
          ['开具日期', today(proof.issuedAt)],
        ],
      },
      {
        kind: 'text',
        text: '以上时长按现场签到、签退的时间计算，由组织服务的工作人员确认；同一时间只计一次。',
      },
      { kind: 'heading', text: '怎样核对' },
      {
        kind: 'text',
        text: `${about.checkAt === undefined ? '在联动平台的“志愿服务证明核对”页' : `打开 ${about.checkAt}`}，输入核对码 ${proof.code}，看到的编号和时长应与本页一致。`,
        strong: true,
      },
      { kind: 'note', text: '核对页只显示隐去部分的姓名。本证明由志愿者本人在平台开具。' },
    ],
  }
}
