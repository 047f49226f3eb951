// Open data: which event is told by which release, with which tags, and what is in it. A release never depends on what comes after. Pure.
import type { ContractFacts, ProcessEvent, ProcessFacts } from './facts.ts'
import { contractIdOf, over, paid, type ReleaseTag, type Told, worked, works } from './implementation.ts'
import { awardsTold, lotsFailed, lotStatuses, lotTakenBack } from './lots.ts'
import type { JsonObject } from './merge.ts'
import {
  awardIdOfLot,
  awardId,
  awardsOf,
  changedTermsOf,
  enquiriesOf,
  undoesAward,
  contractOf,
  milestoneOf,
  type Moment,
  partiesOf,
  planningOf,
  reference,
  standingAwards,
  standingNotice,
  tenderersOf,
  tenderOf,
  textOf,
  moneyOf,
} from './sections.ts'

export type Release = {
  readonly id: string
  readonly event: string
  readonly date: string
  readonly tags: readonly ReleaseTag[]
  readonly content: JsonObject
}

/** Approved once its tender is out: what is planned is told with the first process that comes of it. */
function planning(moment: Moment): Told {
  return { tags: ['planning'], sections: { planning: planningOf(moment) } }
}

function published(moment: Moment): Told {
  return { tags: ['tender'], sections: { tender: tenderOf(moment) } }
}

/** The period is over; how many bid is told with the award notice. */
function closed({ facts, event }: Moment): Told {
  return { tags: ['tenderUpdate'], sections: { tender: { id: facts.tender.id, tenderPeriod: { endDate: event.at } } } }
}

function answered(moment: Moment): Told {
  return { tags: ['tenderUpdate'], sections: { tender: enquiriesOf(moment) } }
}

/** The terms as they are from this change on, with its reason. */
function changed(moment: Moment): Told {
  const version = moment.facts.tender.versions[Number(moment.event.data['terms']) - 1]
  const words = moment.facts.say('amendments.terms', { parts: version?.changed ?? '' })
  const amendments = [{ ...amendmentOf(moment, words), rationale: version?.reason }]
  return { tags: ['tenderAmendment'], sections: { tender: { ...changedTermsOf(moment), amendments } } }
}

const moves = ['procurement.decideObjection', 'procurement.decideComplaint', 'procurement.changeTerms']

const takenBack = (moment: Moment, notice: ProcessEvent): JsonObject[] =>
  standingAwards(moment, notice, 'before').map((id) => ({ id, status: 'cancelled' }))

/** One lot failed after its award was noticed; the others stand. */
function lotEnded(moment: Moment): Told | undefined {
  const { facts, event } = moment
  const [notice, lot] = [standingNotice(moment, 'before'), lotTakenBack(event)]
  if (notice === undefined || lot === undefined) return undefined
  const award = { id: awardIdOfLot(awardId(moment, notice), lot), status: 'cancelled' }
  return {
    tags: ['tenderUpdate', 'awardCancellation'],
    sections: { tender: { id: facts.tender.id, lots: lotStatuses([lot], 'unsuccessful') }, awards: [award] },
  }
}

/** Upheld it may end the tender or take the award back; else the deadline moved: as the event tells, or an old one when nothing moved it later. */
function decided(moment: Moment): Told | undefined {
  const { facts, event, later } = moment
  const { tender } = facts
  if (event.stateTo === 'failed' && event.stateFrom !== 'failed') return ended(moment)
  if (undoesAward(event)) {
    const notice = standingNotice(moment, 'before')
    if (notice === undefined) return undefined
    return { tags: ['awardCancellation'], sections: { awards: takenBack(moment, notice) } }
  }
  if (lotTakenBack(event) !== undefined) return lotEnded(moment)
  const again = later.some((each) => moves.includes(each.name) && each.stateTo === 'published')
  const endDate = textOf(event, 'deadline') ?? (again || textOf(event, 'remedy') ? undefined : tender.deadline)
  if (event.stateTo !== 'published' || endDate === undefined) return undefined
  return {
    tags: ['tenderAmendment'],
    sections: {
      tender: {
        id: tender.id,
        tenderPeriod: { endDate },
        amendments: [amendmentOf(moment, facts.say('amendments.deadline'))],
      },
    },
  }
}

/** What was changed, beside the changed fields: which release it changes and which one tells it. */
function amendmentOf({ facts, event, past }: Moment, description: string, of?: string): JsonObject {
  const before = past.findLast(
    (each) =>
      each.id !== event.id &&
      (of === undefined
        ? ['procurement.publishTender', 'procurement.changeTerms'].includes(each.name)
        : each.of === of && ['contracts.activateContract', 'contracts.agreeAmendment'].includes(each.name)),
  )
  return {
    id: textOf(event, 'amendment') ?? event.id,
    date: event.at,
    description,
    amendsReleaseID: before === undefined ? undefined : releaseId(facts, before),
    releaseID: releaseId(facts, event),
  }
}

/** Failed for want of bids, by an objection or otherwise: unsuccessful; called off by the purchaser: cancelled. A standing award ends with it. */
function ended(moment: Moment): Told {
  const { facts, event } = moment
  const cancelled = event.name === 'procurement.cancelTender'
  const notice = standingNotice(moment, 'before')
  const tender = {
    id: facts.tender.id,
    status: cancelled ? 'cancelled' : 'unsuccessful',
    lots: lotStatuses(
      (facts.tender.lots ?? []).map(({ number }) => number),
      cancelled ? 'cancelled' : 'unsuccessful',
    ),
    amendments:
      facts.tender.endReason === undefined
        ? undefined
        : [{ id: event.id, date: event.at, rationale: facts.tender.endReason, releaseID: releaseId(facts, event) }],
  }
  const tag = cancelled ? 'tenderCancellation' : 'tenderUpdate'
  if (notice === undefined) return { tags: [tag], sections: { tender } }
  return {
    tags: [tag, 'awardCancellation'],
    sections: { tender, awards: takenBack(moment, notice) },
  }
}

function noticed(moment: Moment): Told {
  const tenderers = tenderersOf(moment)
  const awards = awardsOf(moment, moment.event)
  const lots = lotStatuses(lotsFailed(moment.event), 'unsuccessful')
  if (tenderers === undefined && lots === undefined) return { tags: ['award'], sections: { awards } }
  return {
    tags: ['award', 'tenderUpdate'],
    sections: { tender: { id: moment.facts.tender.id, ...tenderers, lots }, awards },
  }
}

function confirmed(moment: Moment): Told | undefined {
  const notice = standingNotice(moment, 'now')
  if (notice === undefined) return undefined
  return {
    tags: ['awardUpdate', 'tenderUpdate'],
    sections: {
      tender: {
        id: moment.facts.tender.id,
        status: 'complete',
        lots: lotStatuses(
          (awardsTold(moment.event) ?? []).map(({ lot }) => lot),
          'complete',
        ),
      },
      awards: standingAwards(moment, notice, 'now').map((id) => ({ id, status: 'active', date: moment.event.at })),
    },
  }
}

function signed(moment: Moment, contract: ContractFacts): Told {
  const milestones = contract.milestones.map((each) => ({
    ...milestoneOf(moment, contract, each),
    status: 'scheduled',
  }))
  return {
    tags: ['contract'],
    sections: { contracts: [{ ...contractOf(moment, contract), implementation: { milestones } }] },
  }
}

/** Names of team members and what the parties wrote stay between them: it is told which terms changed. */
function amended(moment: Moment, contract: ContractFacts): Told | undefined {
  const amendment = contract.amendments.find((each) => each.id === textOf(moment.event, 'amendment'))
  if (amendment === undefined) return undefined
  const { facts } = moment
  const changed = [
    amendment.growth === undefined
      ? undefined
      : facts.say('amendments.growth', { amount: String(moneyOf(amendment.growth)['amount']) }),
    amendment.end === undefined ? undefined : facts.say('amendments.end', { date: amendment.end }),
    amendment.dues.length === 0 ? undefined : facts.say('amendments.dues', { count: amendment.dues.length }),
    moment.event.data['team'] === true ? facts.say('amendments.team') : undefined,
  ].filter((words) => words !== undefined)
  const moved = contract.milestones.filter((each) => amendment.dues.some((due) => due.milestone === each.id))
  return {
    tags: ['contractAmendment'],
    sections: {
      contracts: [
        {
          ...contractOf(moment, contract),
          amendments: [amendmentOf(moment, changed.join(facts.say('semicolon')), contract.id)],
          implementation:
            moved.length === 0 ? undefined : { milestones: moved.map((each) => milestoneOf(moment, contract, each)) },
        },
      ],
    },
  }
}

const ofTender: Readonly<Record<string, (moment: Moment) => Told | undefined>> = {
  'projects.approveProject': planning,
  'procurement.publishTender': published,
  'procurement.closeTender': closed,
  'procurement.answerQuestion': answered,
  'procurement.changeTerms': changed,
  'procurement.decideObjection': decided,
  'procurement.decideComplaint': decided,
  'procurement.proposeAward': noticed,
  'procurement.confirmAward': confirmed,
  'procurement.failLot': lotEnded,
  'procurement.failTender': ended,
  'procurement.cancelTender': ended,
}
const ofContract: Readonly<Record<string, (moment: Moment, contract: ContractFacts) => Told | undefined>> = {
  'contracts.activateContract': signed,
  'contracts.agreeAmendment': amended,
  ...Object.fromEntries(works.map((name) => [name, worked])),
  'funds.approveTransfer': paid,
  'contracts.terminateContract': over,
  'contracts.completeContract': over,
}

/** Events that may be told by a release. */
export const toldEvents: readonly string[] = [...Object.keys(ofTender), ...Object.keys(ofContract)]

/** Unique in the program and the same whenever it is made: the process and the event that it tells. */
export function releaseId(facts: Pick<ProcessFacts, 'ocid'>, event: Pick<ProcessEvent, 'id'>): string {
  return `${facts.ocid}-${event.id}`
}

function toldBy(moment: Moment): Told | undefined {
  const { event, facts } = moment
  const tell = ofTender[event.name]
  if (tell !== undefined) return tell(moment)
  const contract = facts.contracts.get(contractIdOf(event) ?? '')
  return contract === undefined ? undefined : ofContract[event.name]?.(moment, contract)
}

/** An empty field is left out: JSON would carry null, which means "taken back" to whoever merges. */
function clean(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value))
}

/** The release of the event at a place among all events of its process; undefined where it tells nothing to everybody. */
export function releaseOf(facts: ProcessFacts, events: readonly ProcessEvent[], at: number): Release | undefined {
  const event = events[at]
  if (event === undefined) return undefined
  const moment: Moment = { facts, event, past: events.slice(0, at + 1), later: events.slice(at + 1) }
  const told = toldBy(moment)
  if (told === undefined) return undefined
  const id = releaseId(facts, event)
  const before = facts.before.map(({ ocid, title }, index) => ({
    id: String(index + 1),
    relationship: ['unsuccessfulProcess'],
    title,
    scheme: 'ocid',
    identifier: ocid,
  }))
  const content = clean({
    ocid: facts.ocid,
    id,
    date: event.at,
    tag: told.tags,
    initiationType: 'tender',
    language: 'zh',
    parties: partiesOf(moment),
    buyer: reference(facts.buyer),
    ...told.sections,
    relatedProcesses: told.tags.includes('tender') && before.length > 0 ? before : undefined,
  })
  return { id, event: event.id, date: event.at, tags: told.tags, content }
}
