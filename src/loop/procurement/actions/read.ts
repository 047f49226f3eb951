// Procurement: lists and the tender's view: terms for everybody, bids and scores for those who may see them.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { may } from '../../../kit/actor.ts'
import { splitId } from '../../../kit/id.ts'
import { countCap } from '../../../kit/listing.ts'
import { formatYuan } from '../../../kit/money.ts'
import { today } from '../../../kit/plain-date.ts'
import { type ActionView, actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { listOrganizations, qualificationOf } from '../../../registers/organizations/public.ts'
import { categoryCodes } from '../../needs/contract/taxonomy.ts'
import * as contract from '../contract.ts'
import * as desk from '../contract/desk.ts'
import * as rules from '../rules.ts'
import { allScored, rankBids } from '../rules/award.ts'
import { askQuestion } from '../rules/clarifying.ts'
import { awardsOf, competing, countByLot, lotOfBid } from '../rules/lots.ts'
import { judgedObjection, objectableNow } from '../rules/objecting.ts'
import { fitOf, outliers, qualificationFaults, type Sheet } from '../rules/scoring.ts'
import * as store from '../store.ts'
import * as papers from '../store/bids.ts'
import * as lists from '../store/lists.ts'
import { mattersOf } from './read-matters.ts'
import { sm3, termsOf } from './recording.ts'
import { biddersOf, type Sight, sightOf } from './sight.ts'

/** The lot of a bid or envelope; undefined where the tender is undivided. */
export function lotOfRow(tender: rules.Tender, lot: number) {
  const found = tender.lots?.find((each) => each.number === lot)
  return found && { number: found.number, title: found.title }
}

/** A tender as lists show it. */
export function rowOf(tender: rules.Tender, names: ReadonlyMap<string, { name: string }>) {
  const { award } = tender
  return {
    id: tender.id,
    number: rules.shownNumber(tender),
    title: tender.title,
    state: tender.state,
    procedure: tender.procedure,
    mode: tender.mode,
    division: tender.division,
    divisionName: divisionName(tender.division),
    project: tender.project,
    budget: formatYuan(tender.budget),
    publishedAt: tender.publishedAt,
    deadline: tender.deadline,
    lots: tender.lots && {
      all: tender.lots.length,
      awarded: rules.awardIsPublic(tender) ? awardsOf(tender).length : undefined,
    },
    award:
      award === undefined || !rules.awardIsPublic(tender)
        ? undefined
        : {
            organization: award.organization,
            organizationName: names.get(award.organization)?.name ?? '',
            price: formatYuan(award.price),
          },
  }
}

function winners(ask: Ask, tenders: readonly rules.Tender[]) {
  return listOrganizations(
    ask.tx,
    tenders.flatMap((tender) => (tender.award === undefined ? [] : [tender.award.organization])),
  )
}

async function pageOf(ask: Ask, filter: lists.TenderFilter, query: { size: number; cursor?: string }) {
  const after = readCursor(query.cursor, 1)?.[0]
  const found = await lists.listTenderRows(ask.tx, filter, query.size + 1, after)
  const rows = found.slice(0, query.size)
  const last = rows.at(-1)
  const names = await winners(ask, rows)
  const n = after === undefined ? await lists.listTenderCount(ask.tx, filter, countCap) : undefined
  return {
    rows: rows.map((tender) => ({
      ...rowOf(tender, names),
      split: filter.publishedOnly ? undefined : tender.split?.found !== undefined,
    })),
    next: found.length > query.size && last !== undefined ? cursorOf([splitId(last.id).uuid]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  }
}

/** What the organization of the caller can bid for as the registers stand today: one look-up for the whole list. Undefined: nothing, nobody. */
async function fitOfCaller(ask: Ask) {
  const [mine] = biddersOf(ask.actor)
  return mine === undefined ? undefined : fitOf(await qualificationOf(ask.tx, mine, today(ask.now)), categoryCodes)
}

export const listTenders = question(contract.listTenders, async (ask, { query }) => {
  const { division, state } = query
  const fit = query.fit === undefined ? undefined : await fitOfCaller(ask)
  if (query.fit !== undefined && fit === undefined) return allow({ rows: [], count: { n: 0, capped: false } })
  return allow(await pageOf(ask, { publishedOnly: true, division, state, fit }, query))
})

export const listDeskTenders = question(desk.listDeskTenders, async (ask, { query }) =>
  allow(
    await pageOf(
      ask,
      {
        publishedOnly: false,
        divisions: ask.scopes.divisions,
        division: query.division,
        state: query.state,
        split: query.split === 'found',
      },
      query,
    ),
  ),
)

export const listMyPanels = question(desk.listMyPanels, async (ask, { query }) => {
  if (ask.scopes.personId === undefined) return allow({ rows: [] })
  return allow(await pageOf(ask, { publishedOnly: true, panelist: ask.scopes.personId }, query))
})

export const listMyBids = question(desk.listMyBids, async (ask, { query }) => {
  const after = readCursor(query.cursor, 1)?.[0]
  const found = await lists.listBidsOf(ask.tx, ask.scopes.organizations, query.size + 1, after)
  const bids = found.slice(0, query.size)
  const tenders = await lists.listTendersById(ask.tx, [...new Set(bids.map((bid) => bid.tender))])
  const names = await winners(ask, tenders)
  const last = bids.at(-1)
  return allow({
    rows: bids.flatMap((bid) => {
      const tender = tenders.find((each) => each.id === bid.tender)
      if (tender === undefined) return []
      return [
        {
          id: bid.id,
          tender: rowOf(tender, names),
          lot: lotOfRow(tender, lotOfBid(bid)),
          price: formatYuan(bid.price),
          receivedAt: bid.receivedAt,
          valid: bid.faults.length === 0,
          faults: [...bid.faults],
          won: rules.awardIsPublic(tender) ? awardsOf(tender).some((award) => award.bid === bid.id) : undefined,
        },
      ]
    }),
    next: found.length > query.size && last !== undefined ? cursorOf([splitId(last.id).uuid]) : undefined,
  })
})

function bidViews(
  tender: rules.Tender,
  bids: readonly rules.Bid[],
  sheets: readonly Sheet[],
  sight: Sight,
  me: string | undefined,
) {
  const opened = tender.openedAt !== undefined
  const shown = sight.public || (sight.desk && opened && allScored(tender, bids, sheets))
  const awards = awardsOf(tender)
  const places =
    awards.length > 0 ? awards.flatMap((award) => award.ranking) : shown ? rankBids(tender, bids, sheets, sm3) : []
  const ranked = new Map(places.map((each) => [each.bid, each]))
  return bids.flatMap((bid) => {
    const own = sight.organizations.includes(bid.organization)
    const whole = sight.runs || own || (opened && (sight.desk || sight.panelist))
    if (!whole && !sight.public) return []
    const place = shown ? ranked.get(bid.id) : undefined
    const mine = sheets.find((sheet) => sheet.bid === bid.id && sheet.panelist === me)
    return [
      {
        id: bid.id,
        lot: tender.lots === undefined ? undefined : lotOfBid(bid),
        organization: bid.organization,
        organizationName: bid.organizationName,
        price: formatYuan(bid.price),
        proposal: whole ? bid.proposal : undefined,
        receivedAt: bid.receivedAt,
        valid: bid.faults.length === 0,
        faults: [...bid.faults],
        score: place?.score,
        rank: place?.rank,
        myPoints: mine === undefined ? undefined : [...mine.points],
      },
    ]
  })
}

/** What became of a lot is told with the award notice; that too few bid for it, to desks and the panel already before. */
function lotViews(tender: rules.Tender, bids: readonly rules.Bid[], sight: Sight) {
  const valid = countByLot(rules.validBids(bids))
  const counted = sight.runs || tender.openedAt !== undefined
  return tender.lots?.map(({ award, failed, ceiling, covers, ...lot }) => {
    const ended =
      sight.public || sight.desk || sight.panelist || tender.state === 'failed' || tender.state === 'cancelled'
    const winner = bids.find((bid) => bid.id === award?.bid)
    return {
      ...lot,
      ceiling: formatYuan(ceiling),
      covers: [...covers],
      validBids: counted ? (valid.get(lot.number) ?? 0) : undefined,
      failed: ended ? failed : undefined,
      award:
        award === undefined || !sight.public
          ? undefined
          : {
              bid: award.bid,
              organization: award.organization,
              organizationName: winner?.organizationName ?? '',
              price: formatYuan(award.price),
              score: award.score,
              rank: award.ranking.find((each) => each.bid === award.bid)?.rank ?? 1,
            },
    }
  })
}

/** What the registers say today of the organization that looks at a tender that takes bids: before it writes a bid, not after. */
async function myFaultsOf(ask: Ask, tender: rules.Tender, { organizations: [mine] }: Sight) {
  if (tender.state !== 'published' || mine === undefined) return undefined
  return qualificationFaults(
    await qualificationOf(ask.tx, mine, today(ask.now)),
    tender.categories,
    tender.requirements,
  )
}

function actionViewsOf(
  tender: rules.Tender,
  bidders: readonly string[],
  { actor, now, platform: { calendar } }: Pick<Ask, 'actor' | 'now' | 'platform'>,
): ActionView[] {
  const rulings: Record<string, Ruling<unknown>> = {}
  for (const [verb, permission] of Object.entries(rules.tenderVerbPermissions) as [
    keyof typeof rules.tenderVerbPermissions,
    string,
  ][]) {
    const reach =
      verb === 'objectToTender'
        ? judgedObjection(tender, bidders).reach
        : { ...rules.reachOf(tender), anyone: verb === 'askQuestion' }
    if (verb === 'failLot' && tender.lots === undefined) continue
    rulings[verb] = may(actor, permission, reach) ? rules.standing(tender, verb, actor, now) : forbid('forbidden')
  }
  if (rulings['askQuestion']?.ok === true)
    rulings['askQuestion'] = askQuestion(tender, actor, now, { ofOne: 0, ofAll: 0 }, calendar)
  // nobody writes an objection that comes too late already
  const objecting = rulings['objectToTender']
  if (objecting?.ok === true) {
    const time = objectableNow(tender, now, calendar)
    if (!time.ok) rulings['objectToTender'] = time
  }
  return actionsOf(rulings)
}

async function panelOf(
  ask: Ask,
  tender: rules.Tender,
  bids: readonly rules.Bid[],
  sheets: readonly Sheet[],
  sight: Sight,
) {
  if (tender.panel.length === 0 || !(sight.runs || sight.public)) return undefined
  const people = await listPeople(ask.tx, [...tender.panel, ...tender.replaced])
  const needed = competing(tender, bids).length
  const row = (person: string, replaced: boolean) => {
    const card = people.get(person)
    return {
      person: sight.runs ? person : undefined,
      name: (sight.runs ? (card?.officialName ?? card?.maskedName) : card?.maskedName) ?? '',
      done: sheets.filter((sheet) => sheet.panelist === person).length >= needed,
      replaced,
    }
  }
  return [...tender.panel.map((person) => row(person, false)), ...tender.replaced.map((person) => row(person, true))]
}

export const getTender = question(contract.getTender, async (ask, { params }) => {
  const tender = await store.findTender(ask.tx, params.id)
  if (tender === undefined) return absent()
  const sight = sightOf(tender, ask.actor)
  if (tender.publishedAt === undefined && !sight.desk) return absent()
  const me = ask.actor.kind === 'person' ? ask.actor.personId : undefined
  const [bids, sheets, matters, files, myFaults] = await Promise.all([
    papers.listBids(ask.tx, tender.id),
    papers.listSheets(ask.tx, tender),
    mattersOf(ask, tender, sight),
    ask.platform.files.listOf(ask.tx, { kind: 'tender', id: tender.id }),
    myFaultsOf(ask, tender, sight),
  ])
  const panel = await panelOf(ask, tender, bids, sheets, sight)
  const opener =
    tender.openedBy === undefined || !sight.desk
      ? undefined
      : (await listPeople(ask.tx, [tender.openedBy])).get(tender.openedBy)
  const policy = termsOf(ask, tender.division, tender.mode)
  const terms = tender.terms ?? { ...policy, noticeDays: tender.noticeDays ?? policy.noticeDays[tender.procedure] }
  const { award, draw } = tender
  const scored = sight.desk && allScored(tender, bids, sheets)
  return allow({
    id: tender.id,
    version: tender.version,
    number: rules.shownNumber(tender),
    state: tender.state,
    title: tender.title,
    division: tender.division,
    divisionName: divisionName(tender.division),
    project: { id: tender.project, number: tender.projectNumber, title: tender.title },
    procedure: tender.procedure,
    mode: tender.mode,
    budget: formatYuan(tender.budget),
    categories: [...tender.categories],
    description: tender.description,
    criteria: [...tender.criteria],
    requirements: { minimumRating: tender.requirements.minimumRating, certificates: tender.requirements.certificates },
    terms: {
      noticeDays: terms.noticeDays,
      panelSize: terms.panelSize,
      minimumBids: terms.minimumBids,
      standstillDays: terms.standstillDays,
      outlierPercent: terms.outlierPercent,
    },
    publishedAt: tender.publishedAt,
    deadline: tender.deadline,
    closedAt: tender.closedAt,
    commitment: tender.commitment,
    opening:
      tender.openedAt === undefined
        ? undefined
        : { at: tender.openedAt, by: opener?.officialName ?? opener?.maskedName },
    bids: bidViews(tender, bids, sheets, sight, me),
    myFaults,
    validBids: sight.runs || tender.openedAt !== undefined ? rules.validBids(bids).length : undefined,
    panel,
    draw:
      draw === undefined || !(sight.desk || sight.public)
        ? undefined
        : {
            secret: draw.secret,
            seed: draw.seed,
            listHash: draw.listHash,
            list: [...draw.list],
            size: draw.size,
            bidHashes: bids.map((bid) => bid.hash),
            order: [...draw.order],
          },
    sheets:
      sight.desk && tender.panel.length > 0
        ? { done: sheets.length, needed: tender.panel.length * competing(tender, bids).length }
        : undefined,
    outliers: scored
      ? outliers(tender.criteria, sheets, terms.outlierPercent).map(({ bid, panelist, score, median }) => ({
          bid,
          panelist: tender.panel.indexOf(panelist) + 1,
          score,
          median,
        }))
      : [],
    award:
      award === undefined || !rules.awardIsPublic(tender)
        ? undefined
        : {
            bid: award.bid,
            organization: award.organization,
            organizationName: bids.find((bid) => bid.id === award.bid)?.organizationName ?? '',
            price: formatYuan(award.price),
            score: award.score,
            at: award.at,
          },
    lots: lotViews(tender, bids, sight),
    lotLimit: tender.lotLimit,
    standstillUntil: tender.standstillUntil,
    stopped: tender.stoppedAt !== undefined,
    ...matters,
    contract: tender.contract,
    endReason: tender.endReason,
    endWords: tender.endWords,
    files: files.map(({ id, name, type }) => ({ id, name, type })),
    bidForm: rules.bidFormOf(tender),
    history: [...tender.history],
    actions: actionViewsOf(
      tender,
      bids.map((bid) => bid.organization),
      ask,
    ),
  })
})
