// Open data: the sections of an OCDS release (parties, planning, tender, awards, contracts) as they stood at one event. Pure.
import { formatYuan, type Fen, sum, ZERO_FEN } from '../../../kit/money.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import type { ContractFacts, MilestoneFacts, PartyFacts, ProcessEvent, ProcessFacts } from './facts.ts'
import { awardsTold, type LotAward, lotId, lotsFor, lotsOf, lotTakenBack } from './lots.ts'
import type { JsonObject } from './merge.ts'

/** Of unified social credit codes in the register of org-id.guide. */
export const codeScheme = 'CN-USCI'
/** Of the purchase catalogue: it is in no list of the standard. */
export const catalogueScheme = 'x_liandong-purchase-catalogue'

/** An event of a process in its place among all that are known. */
export type Moment = {
  readonly facts: ProcessFacts
  readonly event: ProcessEvent
  /** Everything up to the event, itself included, oldest first. */
  readonly past: readonly ProcessEvent[]
  /** What is known to have come later: a value that it changed is left out of what came before. */
  readonly later: readonly ProcessEvent[]
}

/** Yuan with at most two decimals, as JSON has numbers; exact to the fen up to 90 million million yuan. */
export function moneyOf(amount: Fen): JsonObject {
  return { amount: Number(formatYuan(amount)), currency: 'CNY' }
}

/** A day of Asia/Shanghai as the standard wants times: its beginning, or its end. */
export function dayOf(date: PlainDate, part: 'start' | 'end'): string {
  return `${date}T${part === 'start' ? '00:00:00' : '23:59:59'}+08:00`
}

/** Party ids: the code with its scheme, else our own number. */
export function partyId(party: PartyFacts): string {
  return party.uscc === undefined ? party.id : `${codeScheme}-${party.uscc}`
}

export function reference(party: PartyFacts): JsonObject {
  return { id: partyId(party), name: party.name }
}

function organizationOf({ facts }: Moment, id: string): PartyFacts {
  return facts.organizations.get(id) ?? { id, name: id }
}

const isNamed = (name: string) => (event: ProcessEvent) => event.name === name

/** A text of an event's data. */
export function textOf(event: ProcessEvent, key: string): string | undefined {
  const value = event.data[key]
  return typeof value === 'string' ? value : undefined
}

/** Whether an event takes the standing award back: an upheld objection, or an end of the tender. */
export function undoesAward(event: ProcessEvent): boolean {
  if (event.name === 'procurement.failTender' || event.name === 'procurement.cancelTender') return true
  if (event.name !== 'procurement.decideObjection' && event.name !== 'procurement.decideComplaint') return false
  // Upheld, and yet nothing changed: it had ended already, or the result stands.
  const stands = ['go-on', 'tender-anew', 'change-terms', 'fail-lot'].includes(textOf(event, 'remedy') ?? '')
  return textOf(event, 'decision') === 'upheld' && !stands
}

/** The award notice that stands at the moment, or stood just before it. */
export function standingNotice(moment: Moment, just: 'now' | 'before'): ProcessEvent | undefined {
  const past = just === 'now' ? moment.past : moment.past.slice(0, -1)
  const at = past.findLastIndex(isNamed('procurement.proposeAward'))
  return at < 0 || past.slice(at + 1).some(undoesAward) ? undefined : past[at]
}

/** Number of the award notice among those of the process, from 1: a panel that scores again makes a second award. */
export function awardId({ facts, past }: Moment, notice: ProcessEvent): string {
  const number = past.filter(isNamed('procurement.proposeAward')).findIndex((each) => each.id === notice.id) + 1
  return `${facts.tender.id}-award-${number}`
}

/** The awards of a notice that stand at the moment, or stood just before it: one, or one for each lot that was not taken back since. */
export function standingLots(moment: Moment, notice: ProcessEvent, just: 'now' | 'before'): LotAward[] | undefined {
  const past = just === 'now' ? moment.past : moment.past.slice(0, -1)
  const since = past.slice(past.findIndex((each) => each.id === notice.id) + 1)
  const gone = since.map(lotTakenBack)
  return awardsTold(notice)?.filter(({ lot }) => !gone.includes(lot))
}

/** The ids of the awards of a notice that stand. */
export function standingAwards(moment: Moment, notice: ProcessEvent, just: 'now' | 'before'): string[] {
  const lots = standingLots(moment, notice, just)
  const id = awardId(moment, notice)
  return lots === undefined ? [id] : lots.map(({ lot }) => awardIdOfLot(id, lot))
}

/** The award of one lot of a notice. */
export function awardIdOfLot(notice: string, lot: number | undefined): string {
  return lot === undefined ? notice : `${notice}-${lotId(lot)}`
}

/** Payments of the contract that moved money, their reversals included. */
export function paymentOf(event: ProcessEvent): 'payment' | 'reversal' | undefined {
  if (event.name !== 'funds.approveTransfer') return undefined
  const purpose = event.data['purpose']
  if (purpose === 'payment') return 'payment'
  return purpose === 'reversal' && event.data['reversedPurpose'] === 'payment' ? 'reversal' : undefined
}

/** Everybody of the process with the roles of the moment: a list of roles stands for all of it, so none may be left out. */
export function partiesOf(moment: Moment): JsonObject[] {
  const { facts, past } = moment
  const paid = past.some((event) => paymentOf(event) !== undefined)
  const noticed = past.some(isNamed('procurement.proposeAward'))
  const notice = standingNotice(moment, 'now')
  const ofLots = notice && standingLots(moment, notice, 'now')?.map((award) => award.organization)
  const winners = ofLots ?? (notice?.organization === undefined ? [] : [notice.organization])
  const organizations = noticed ? [...new Set([...facts.tender.bidders, ...winners])] : []
  const party = (who: PartyFacts, roles: readonly string[]): JsonObject => ({
    id: partyId(who),
    name: who.name,
    identifier: who.uscc === undefined ? undefined : { scheme: codeScheme, id: who.uscc, legalName: who.name },
    address: { locality: who.locality, region: who.region, countryName: facts.say('country') },
    roles,
  })
  return [
    party(facts.buyer, ['buyer', 'procuringEntity', ...(paid ? ['payer'] : [])]),
    ...organizations.map((id) =>
      party(organizationOf(moment, id), [
        'tenderer',
        ...(winners.includes(id) ? ['supplier', ...(paid ? ['payee'] : [])] : []),
      ]),
    ),
  ]
}

/** What is bought: one item, or one for each lot; `lot`: only that of the lot. */
export function itemsOf({ facts }: Moment, lot?: number): JsonObject[] {
  const { code, name } = facts.project.item
  const what = {
    classification: { scheme: catalogueScheme, id: code, description: name },
    quantity: 1,
    unit: { name: facts.say('unit') },
  }
  if (facts.tender.lots === undefined) return [{ id: '1', description: facts.project.title, ...what }]
  return lotsFor(facts.tender, lot).map(({ number, title }) => ({
    ...{ id: String(number), description: title },
    ...what,
    relatedLot: lotId(number),
  }))
}

type DocumentFacts = { id: string; documentType: string; title: string; url: string; datePublished: string }

/** Our own pages; their addresses are made absolute when they are sent. */
function documentOf(document: DocumentFacts): JsonObject {
  return { ...document, format: 'text/html', language: 'zh' }
}

export function planningOf({ facts, event }: Moment): JsonObject {
  const { project, tender } = facts
  const datePublished = event.at
  return {
    rationale: project.goals,
    budget: {
      id: project.number,
      description: project.source,
      amount: moneyOf(project.budget),
      project: project.title,
      projectID: project.id,
      uri: `/projects/${project.id}`,
    },
    documents: [
      documentOf({
        id: 'project',
        documentType: 'projectPlan',
        title: facts.say('documents.project', { number: project.number }),
        url: `/projects/${project.id}`,
        datePublished,
      }),
      documentOf({
        id: 'thread',
        documentType: 'x_thread',
        title: facts.say('documents.thread'),
        url: `/tenders/${tender.id}`,
        datePublished,
      }),
      ...(project.motion === undefined
        ? []
        : [
            documentOf({
              id: 'resolution',
              documentType: 'x_resolution',
              title: facts.say('documents.resolution'),
              url: `/motions/${project.motion}`,
              datePublished,
            }),
          ]),
      ...project.needs.map((need) =>
        documentOf({
          id: `need-${need.id}`,
          documentType: 'needsAssessment',
          title: facts.say('documents.need', { number: need.number }),
          url: `/needs/${need.id}`,
          datePublished,
        }),
      ),
    ],
  }
}

/** What bids answer to, as it stood at the moment: as published, or after the changes up to then; and until when questions were taken. */
function termsOf({ facts, event, past }: Moment): JsonObject {
  const { versions } = facts.tender
  const terms = versions[past.filter(isNamed('procurement.changeTerms')).length] ?? versions[0]
  const endDate = textOf(event, 'questionsUntil')
  return {
    description: terms?.description,
    awardCriteriaDetails: terms?.award,
    eligibilityCriteria: terms?.eligibility,
    enquiryPeriod: endDate === undefined ? undefined : { endDate },
  }
}

/** The terms from a change on. */
export function changedTermsOf(moment: Moment): JsonObject {
  const endDate = textOf(moment.event, 'deadline')
  return { id: moment.facts.tender.id, ...termsOf(moment), tenderPeriod: { endDate } }
}

/** A question was answered in public: that there are some, and where they stand. Who asked is told to nobody. */
export function enquiriesOf({ facts, event }: Moment): JsonObject {
  const { id, number } = facts.tender
  return {
    id,
    hasEnquiries: true,
    documents: [
      documentOf({
        id: 'clarifications',
        documentType: 'clarifications',
        title: facts.say('documents.clarifications', { number }),
        url: `/tenders/${id}`,
        datePublished: event.at,
      }),
    ],
  }
}

/** The terms as published. */
export function tenderOf(moment: Moment): JsonObject {
  const { facts, event } = moment
  const { tender, project } = facts
  return {
    id: tender.id,
    title: tender.title,
    ...termsOf(moment),
    status: 'active',
    procuringEntity: reference(facts.buyer),
    items: itemsOf(moment),
    value: moneyOf(tender.budget),
    ...lotsOf(tender, moneyOf),
    procurementMethod: 'open',
    procurementMethodDetails: tender.method,
    mainProcurementCategory: 'services',
    awardCriteria: 'ratedCriteria',
    tenderPeriod: { startDate: event.at, endDate: textOf(event, 'deadline') },
    contractPeriod: { startDate: dayOf(project.start, 'start'), endDate: dayOf(project.end, 'end') },
    documents: [
      documentOf({
        id: 'notice',
        documentType: 'tenderNotice',
        title: facts.say('documents.notice', { number: tender.number }),
        url: `/tenders/${tender.id}`,
        datePublished: event.at,
      }),
    ],
  }
}

/** Who bid, from the award notice on; undefined while that is not public. */
export function tenderersOf(moment: Moment): JsonObject | undefined {
  const { bidders } = moment.facts.tender
  if (bidders.length === 0) return undefined
  return { numberOfTenderers: bidders.length, tenderers: bidders.map((id) => reference(organizationOf(moment, id))) }
}

/** The awards of a notice, one or one for each lot: pending until they are confirmed. Scores are no part of the standard and stay on the tender's page. */
export function awardsOf(moment: Moment, notice: ProcessEvent): JsonObject[] {
  const lots = awardsTold(notice)
  if (lots === undefined) return [awardOf(moment, notice)]
  return lots.map((award) => awardOf(moment, notice, award))
}

function awardOf(moment: Moment, notice: ProcessEvent, ofLot?: LotAward): JsonObject {
  const { facts } = moment
  const { tender, project } = facts
  const id = awardIdOfLot(awardId(moment, notice), ofLot?.lot)
  const [lot] = ofLot === undefined ? [] : lotsFor(tender, ofLot.lot)
  const value = ofLot?.price ?? notice.amount
  const organization = ofLot?.organization ?? notice.organization
  return {
    id,
    title: lot?.title ?? tender.title,
    relatedLots: ofLot && [lotId(ofLot.lot)],
    status: 'pending',
    date: notice.at,
    value: value === undefined ? undefined : moneyOf(value),
    suppliers: organization === undefined ? [] : [reference(organizationOf(moment, organization))],
    items: itemsOf(moment, ofLot?.lot),
    contractPeriod: { startDate: dayOf(project.start, 'start'), endDate: dayOf(project.end, 'end') },
    documents: [
      documentOf({
        id: `notice-${id}`,
        documentType: 'awardNotice',
        title: facts.say('documents.award', { number: tender.number }),
        url: `/tenders/${tender.id}`,
        datePublished: notice.at,
      }),
    ],
  }
}

const amendmentsIn = (events: readonly ProcessEvent[], contract: ContractFacts) => {
  const ids = events
    .filter((event) => event.name === 'contracts.agreeAmendment' && event.of === contract.id)
    .map((event) => textOf(event, 'amendment'))
  return contract.amendments.filter((amendment) => ids.includes(amendment.id))
}

/**
 * A value that amendments change, as it stood at the moment: what the last one before it says; where only later ones say something, what it
 * was is not known any more; else it never changed.
 */
function asOf<T>(
  { past, later }: Moment,
  contract: ContractFacts,
  changed: (amendment: ContractFacts['amendments'][number]) => T | undefined,
  today: T,
): T | undefined {
  const told = amendmentsIn(past, contract)
    .map(changed)
    .filter((value) => value !== undefined)
  if (told.length > 0) return told.at(-1)
  return amendmentsIn(later, contract).some((amendment) => changed(amendment) !== undefined) ? undefined : today
}

/** Milestones that were agreed on; what an early end settles is a payment and no milestone. */
export function milestoneOf(moment: Moment, contract: ContractFacts, milestone: MilestoneFacts): JsonObject {
  const due = asOf(
    moment,
    contract,
    (amendment) => amendment.dues.find((each) => each.milestone === milestone.id)?.due,
    milestone.due,
  )
  return {
    id: milestone.id,
    title: milestone.title,
    type: 'delivery',
    description: milestone.deliverable,
    dueDate: due === undefined ? undefined : dayOf(due, 'end'),
  }
}

/** What was agreed, with value, period and due dates as they stood at the moment. */
export function contractOf(moment: Moment, contract: ContractFacts): JsonObject {
  const end = asOf(moment, contract, (amendment) => amendment.end, contract.end)
  const growth = amendmentsIn(moment.past, contract).map((amendment) => amendment.growth ?? ZERO_FEN)
  return {
    ...contractHead(moment, contract),
    title: contract.title,
    status: 'active',
    period: { startDate: dayOf(contract.start, 'start'), endDate: end === undefined ? undefined : dayOf(end, 'end') },
    value: moneyOf(sum([contract.originalValue, ...growth])),
    items: itemsOf(moment, contract.lot),
    dateSigned: contract.signedAt,
    documents: [
      documentOf({
        id: 'agreed',
        documentType: 'contractSummary',
        title: moment.facts.say('documents.contract', { number: contract.number }),
        url: `/contracts/${contract.id}`,
        datePublished: contract.signedAt ?? moment.event.at,
      }),
    ],
  }
}

/** What every telling about a contract begins with. */
export function contractHead(moment: Moment, contract: ContractFacts): JsonObject {
  const notice = standingNotice(moment, 'now')
  const award = notice === undefined ? `${moment.facts.tender.id}-award-1` : awardId(moment, notice)
  return { id: contract.id, awardID: awardIdOfLot(award, contract.lot) }
}
