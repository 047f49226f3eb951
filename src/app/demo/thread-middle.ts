// The middle of one thread: tender, bids, scores, award, contract, signatures.
import { addDays, type Instant } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import * as contracts from '../../loop/contracts/contract.ts'
import * as procurement from '../../loop/procurement/contract.ts'
import type { ProjectContent } from './content.ts'
import type { Narrator } from './thread-start.ts'
import type { Cast, Player, Teller } from './story.ts'

/** A paper as the demo makes it: a small PDF that says that it is made up. */
export function demoPaper(title: string): Buffer {
  const text = `(Liandong demo paper: ${title}) Tj`
  const stream = `BT /F1 18 Tf 60 760 Td ${text} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = body.length
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`
  return Buffer.from(
    `${body}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  )
}

/** Plans and publishes the tender. Answers its id. */
export async function publishTender(
  teller: Teller,
  cast: Cast,
  project: string,
  content: ProjectContent,
  tell: Narrator,
): Promise<string> {
  const planned = await teller.act(cast.procurer, procurement.planTender, {
    body: {
      project,
      procedure: 'open',
      description: `${content.title}。服务对象：${content.targetGroup}。请按评审标准编制服务方案。`,
      criteria: content.criteria.map((criterion) => ({
        ...criterion,
        kind: criterion.name.includes('报价') ? ('price' as const) : ('panel' as const),
      })),
      requirements: { certificates: 2 },
      files: [],
    },
  })
  const params = { id: planned.id }
  tell('编制采购文件', cast.procurer, planned.number)
  await teller.act(cast.procurer, procurement.publishTender, { params })
  tell('发布征集公告', cast.procurer)
  return planned.id
}

/** After the deadline: bids from sealed paper, opening by two; then as below. Answers the winner, or nobody when left before. */
export async function compete(
  teller: Teller,
  cast: Cast,
  tender: string,
  content: ProjectContent,
  options: { tell: Narrator; leaveAtStandstill: boolean },
): Promise<Cast['bidders'][number] | undefined> {
  const { tell } = options
  const params = { id: tender }
  const published = await teller.act(cast.procurer, procurement.getTender, { params })
  const deadline = published.deadline as Instant
  await teller.until(addDays(deadline, 0))
  await teller.pass(1)
  for (const [index, bidder] of cast.bidders.entries()) {
    const bid = content.bids[index % content.bids.length]
    if (bid === undefined) break
    await teller.act(cast.procurer, procurement.enterBid, {
      params,
      body: {
        organization: bidder.organization,
        price: bid.price,
        proposal: bid.words,
        receivedAt: addDays(deadline, -1 - (index % 3)),
        files: [],
      },
    })
  }
  tell(`录入 ${cast.bidders.length} 份投标`, cast.procurer)
  await teller.act(cast.overseer, procurement.confirmOpening, { params })
  tell('监督员确认开标', cast.overseer)
  await judge(teller, cast, tender, tell)
  return options.leaveAtStandstill ? undefined : awardTo(teller, cast, tender, tell)
}

/** Panel drawn, bids scored independently, the award's notice. */
export async function judge(teller: Teller, cast: Cast, tender: string, tell: Narrator): Promise<void> {
  const params = { id: tender }
  await teller.act(cast.procurer, procurement.appointPanel, { params, body: { excluded: [] } })
  tell('随机抽取评审专家', cast.procurer)
  const panel = await teller.act(cast.procurer, procurement.getTender, { params })
  const seats = new Set(
    panel.panel?.flatMap((seat) => (seat.person === undefined || seat.replaced ? [] : [seat.person])),
  )
  const judged = panel.criteria.filter((criterion) => criterion.kind === 'panel').length
  const scorers = cast.panelists.filter((panelist) => seats.has(panelist.person))
  for (const [seat, panelist] of scorers.entries()) {
    for (const [place, bid] of panel.bids.filter((candidate) => candidate.valid).entries()) {
      // The first bidder is the better one on the whole; panelists differ a little.
      const points = Array.from({ length: judged }, (_, index) =>
        Math.max(60, 92 - place * 5 - ((seat * 3 + index * 2) % 7)),
      )
      await teller.act(panelist, procurement.scoreBid, { params, body: { bid: bid.id, points } })
    }
  }
  const first = scorers[0]
  if (first !== undefined) tell(`${scorers.length} 位专家独立评分`, first)
  await teller.act(cast.procurer, procurement.proposeAward, { params })
  tell('公布中标结果', cast.procurer)
}

/** The standstill goes by and the award stands. Answers the winner. */
export async function awardTo(
  teller: Teller,
  cast: Cast,
  tender: string,
  tell: Narrator,
): Promise<Cast['bidders'][number]> {
  const params = { id: tender }
  const noticed = await teller.act(cast.procurer, procurement.getTender, { params })
  if (noticed.standstillUntil !== undefined) await teller.until(noticed.standstillUntil as Instant)
  await teller.pass(1)
  await teller.act(cast.procurer, procurement.confirmAward, { params })
  tell('异议期满，确认中标', cast.procurer)
  const awarded = await teller.act(cast.procurer, procurement.getTender, { params })
  const winner = cast.bidders.find((bidder) => bidder.organization === awarded.award?.organization)
  if (winner === undefined) throw new Error('the award went to nobody of the cast')
  return winner
}

const dateIn = (teller: Teller, days: number) => today(addDays(teller.now(), days))

/** Drafts the contract and sends it for signing. */
export async function draftFor(
  teller: Teller,
  cast: Cast,
  tender: string,
  winner: Cast['bidders'][number],
  content: ProjectContent,
  tell: Narrator,
): Promise<{ id: string; number: string }> {
  const spacing = 45
  const drafted = await teller.act(cast.procurer, contracts.draftContract, {
    body: {
      tender,
      start: dateIn(teller, 1),
      end: dateIn(teller, 30 + spacing * content.milestones.length),
      milestones: content.milestones.map((milestone, index) => ({
        title: milestone.title,
        deliverable: milestone.deliverable,
        criteria: '服务记录齐全，居民代表确认。',
        due: dateIn(teller, spacing * (index + 1)),
        share: milestone.share * 100,
        needsRecords: true,
      })),
      team: winner.workers.slice(0, 3).map(({ worker }, index) => ({
        worker,
        duty: index === 0 ? ('lead' as const) : ('social-worker' as const),
        key: index === 0,
      })),
      dataClause: '承接方只为履行本合同收集和使用必要的个人信息，期满后移交或删除。',
      clauses: '',
    },
  })
  const params = { id: drafted.id }
  tell('起草合同', cast.procurer, drafted.number)
  await teller.act(cast.procurer, contracts.sendForSigning, { params })
  tell('送签', cast.procurer)
  return { id: drafted.id, number: drafted.number ?? drafted.id }
}

/** Drafts the contract, both parties sign the same paper; its money is set aside. Answers its id. */
export async function contractFor(
  teller: Teller,
  cast: Cast,
  tender: string,
  winner: Cast['bidders'][number],
  content: ProjectContent,
  options: { tell: Narrator; leaveUnsigned: boolean },
): Promise<string> {
  const { tell } = options
  const drafted = await draftFor(teller, cast, tender, winner, content, tell)
  const params = { id: drafted.id }
  await teller.confirm(winner.administrator)
  const paper = await uploadPaper(teller, winner.administrator, drafted.number)
  await teller.act(winner.administrator, contracts.uploadSignedContract, {
    params,
    body: { file: paper.id, sha256: paper.sha256 },
  })
  tell('承接方签署', winner.administrator)
  if (options.leaveUnsigned) return drafted.id
  await teller.confirm(cast.procurer)
  await teller.act(cast.procurer, contracts.uploadSignedContract, { params, body: { sha256: paper.sha256 } })
  tell('街道签署，合同生效，资金冻结', cast.procurer)
  return drafted.id
}

async function uploadPaper(teller: Teller, who: Player, number: string): Promise<{ id: string; sha256: string }> {
  return teller.upload(who, `${number}.pdf`, demoPaper(number))
}
