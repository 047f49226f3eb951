// Drawing up the public account of a project, always with the eyes of somebody who is not signed in; and the same as a PDF for the notice board.
import { createHash } from 'node:crypto'
import { fullDivisionName } from '../../../foundation/divisions/public.ts'
import { refKey, seeCards } from '../../../foundation/notices/public.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { fen, formatYuan, sum, ZERO_FEN } from '../../../kit/money.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { drawPdf } from '../../../platform/paper/pdf.ts'
import type { Platform } from '../../../platform/platform.ts'
import { moneyOf as booksOf } from '../../../registers/funds/public.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import { findPublishedContract } from '../../contracts/public.ts'
import { getResolution } from '../../deliberation/public.ts'
import { listNeeds } from '../../needs/public.ts'
import { findPublishedTender } from '../../procurement/public.ts'
import { lookUpProject, type ProjectCard } from '../../projects/public.ts'
import * as contract from '../contract/account.ts'
import { accountPaper } from '../rules/account-paper.ts'
import { askedOf, outcomesOf } from '../rules/account.ts'
import { sumMoney } from '../rules.ts'
import { moneyOf, readLine, type Spot, type Viewer } from './spots.ts'

type Account = OutputOf<typeof contract.getProjectAccount>

/** The moment at which money of a kind was last said at a station. */
function momentOf(spots: readonly Spot[], kind: 'budget' | 'award') {
  return spots.findLast((spot) => moneyOf([spot])[0]?.kind === kind)?.event
}

async function contractsOf(tx: Viewer['tx'], { contracts }: ProjectCard) {
  const found = await Promise.all(contracts.map((id) => findPublishedContract(tx, id)))
  return found.filter((contract) => contract !== undefined)
}

/** Who won; where the tender had lots, everybody who won one. */
async function undertakerOf({ tx }: Viewer, project: ProjectCard, spots: readonly Spot[]) {
  const award = momentOf(spots, 'award')
  if (award === undefined) return undefined
  const ofLots = spots.flatMap(({ event, open }) => {
    const isOfAward = event.name === 'procurement.awardLot' && event.of.id === award.of.id
    return open && isOfAward && event.organization !== undefined ? [event.organization] : []
  })
  const own = award.organization === undefined ? ofLots : [award.organization]
  // Lots that were tendered again: whoever is under contract from the first time undertakes its part too.
  const under = project.contracts.length < 2 ? [] : (await contractsOf(tx, project)).map((each) => each.organization)
  const winners = [...new Set([...under, ...own])]
  if (winners.length === 0) return undefined
  const [organizations, tender] = await Promise.all([
    listOrganizations(tx, winners),
    project.tender === undefined ? undefined : findPublishedTender(tx, project.tender),
  ])
  const name = winners.flatMap((id) => organizations.get(id)?.name ?? []).join('、')
  const bidders = tender?.bidders.length ?? 0
  return { name, awardedAt: award.at, bidders: bidders > 0 ? bidders : undefined }
}

/** States of a milestone whose work was accepted. */
const acceptedStates: readonly string[] = ['accepted', 'payable', 'paid']

/** What was agreed; of a project with several contracts, since its tender had lots, all of them together. */
async function contractOf({ tx }: Viewer, project: ProjectCard): Promise<Account['contract']> {
  const found = await contractsOf(tx, project)
  const [first] = found
  if (first === undefined) return undefined
  const amendments = found.flatMap((contract) => contract.amendments)
  const milestones = found.flatMap((contract) => contract.milestones)
  return {
    number: found.map((contract) => contract.number).join('、'),
    value: formatYuan(
      sum([
        ...found.map((contract) => contract.originalValue),
        ...amendments.map((amendment) => amendment.growth ?? ZERO_FEN),
      ]),
    ),
    start: found.map((contract) => contract.start).toSorted()[0] ?? first.start,
    end:
      found
        .map((contract) => contract.end)
        .toSorted()
        .at(-1) ?? first.end,
    amendments: amendments.length,
    accepted: milestones.filter(({ state }) => acceptedStates.includes(state)).length,
    milestones: milestones.length,
  }
}

async function resolutionOf({ tx }: Viewer, project: ProjectCard): Promise<Account['resolution']> {
  const found = project.motion === undefined ? undefined : await getResolution(tx, project.motion)
  if (found === undefined) return undefined
  const { number, title, for: inFavour, against, abstain, attendance: cast, eligible, decidedAt: at } = found
  return { number, title, for: inFavour, against, abstain, cast, eligible, at }
}

/** What the books hold of the project, and payments as the thread tells them. */
async function moneyView({ tx }: Viewer, project: ProjectCard, spots: readonly Spot[], award: bigint | undefined) {
  const books = await booksOf(tx, [{ kind: 'project', id: project.id }])
  const payments = spots.flatMap((spot) =>
    moneyOf([spot]).flatMap(({ kind, amount }) =>
      kind === 'paid' ? [{ at: spot.event.at, amount: formatYuan(fen(amount)) }] : [],
    ),
  )
  return {
    budget: formatYuan(project.budget),
    award: award === undefined ? undefined : formatYuan(fen(award)),
    encumbered: formatYuan(books.encumbered),
    paid: formatYuan(books.paid),
    refunded: formatYuan(books.refunded),
    payments: payments.slice(-contract.mostPayments),
    morePayments: Math.max(0, payments.length - contract.mostPayments),
  }
}

/** Of each contract the last evaluation that the public may read. */
function evaluationsOf(spots: readonly Spot[]): Account['evaluations'] {
  const found = new Map<unknown, Account['evaluations'][number]>()
  for (const { event, declared, open } of spots) {
    const { score, percent, lot } = open ? (declared.facts?.(event) ?? {}) : {}
    if (typeof score !== 'number' || typeof percent !== 'number') continue
    const { contract: of } = event.data
    found.delete(of)
    found.set(of, { score, percent, at: event.at, ...(typeof lot === 'number' ? { lot } : {}) })
  }
  return [...found.values()]
}

async function accountOf(ask: Pick<Ask, 'tx' | 'platform' | 'language' | 'now'>, id: string): Promise<Ruling<Account>> {
  const { platform, tx } = ask
  // Whoever prints it, it is for the wall: nothing of what the caller may read beyond that gets in.
  const everybody: Viewer = { tx, platform, actor: { kind: 'anonymous', grants: [] } }
  const start = { kind: 'project', id }
  const own = (await seeCards(platform, tx, everybody.actor, [start])).get(refKey(start))
  const project = own?.sight === 'open' ? await lookUpProject(tx, id) : undefined
  if (project === undefined) return absent()
  const { seen, spots, published } = await readLine(everybody, start)
  const at = (station: Parameters<typeof spots.get>[0]) => spots.get(station) ?? []
  const award = sumMoney(moneyOf(at('procurement'))).find(({ kind }) => kind === 'award')
  const cards = await listNeeds(tx, project.needs)
  const needs = cards.map((card) => ({
    ...card,
    open: seen.get(refKey({ kind: 'need', id: card.id }))?.sight === 'open',
  }))
  const say = (key: string) => platform.words.say(ask.language as never, 'projects', key)
  const path = `/projects/${id}`
  return allow({
    project: {
      id,
      number: project.number,
      title: project.title,
      stateName: say(`states.${project.state}`),
      division: project.division,
      divisionName: fullDivisionName(project.division),
      modeName: say(`modes.${project.mode}`),
      sourceName: say(`sources.${project.source}`),
      start: project.start,
      end: project.end,
    },
    asOf: ask.now,
    asked: askedOf(needs),
    resolution: await resolutionOf(everybody, project),
    approvedAt: momentOf(at('project'), 'budget')?.at,
    undertaker: await undertakerOf(everybody, project, at('procurement')),
    contract: await contractOf(everybody, project),
    money: await moneyView(everybody, project, at('payment'), award?.amount),
    evaluations: evaluationsOf(at('evaluation')),
    outcomes: outcomesOf(needs),
    published: published.map(({ standard, name, path: where }) => ({ standard, name, path: where })),
    page: platform.publicUrl === undefined ? path : new URL(path, platform.publicUrl).href,
  })
}

export const getProjectAccount = question(contract.getProjectAccount, (ask, { params }) => accountOf(ask, params.id))

/** The newest sheets by what they say, so that a page that everybody fetches is drawn once. */
const drawn = new Map<string, Promise<Buffer>>()
const mostDrawn = 24

/** The account as a PDF of one page, in Chinese: it hangs in the community. Refuses not-found. */
export async function drawProjectAccount(
  platform: Platform,
  id: string,
): Promise<Ruling<{ name: string; bytes: Buffer }>> {
  const account = await accountOf(
    { platform, tx: platform.database.reader, language: 'zh-CN', now: platform.clock.now() },
    id,
  )
  if (!account.ok) return account
  const paper = accountPaper(account.value)
  const key = createHash('sha256').update(JSON.stringify(paper)).digest('base64url')
  const known = drawn.get(key)
  const made = known ?? drawPdf(paper)
  if (known === undefined) {
    drawn.set(key, made)
    made.catch(() => drawn.delete(key))
    const [oldest] = drawn.keys()
    if (drawn.size > mostDrawn && oldest !== undefined) drawn.delete(oldest)
  }
  return allow({ name: `${account.value.project.number} 公示单.pdf`, bytes: await made })
}
