// Open data: bringing a process up to date: every event that is not told yet becomes a release, in the order in which they happened.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { ancestorAt, type DivisionCode } from '../../../kit/id.ts'
import type { Act } from '../../../platform/action.ts'
import { uuidAt } from '../../../platform/clock.ts'
import { findPublishedContract } from '../../../loop/contracts/public.ts'
import { listNeeds } from '../../../loop/needs/public.ts'
import { findPublishedTender, type PublishedTender } from '../../../loop/procurement/public.ts'
import { getPublishedProject, type PublishedProject } from '../../../loop/projects/public.ts'
import { listOrganizations, type OrganizationCard } from '../../../registers/organizations/public.ts'
import type {
  ContractFacts,
  PartyFacts,
  ProcessEvent,
  ProcessFacts,
  ProjectFacts,
  TenderFacts,
  TermsFacts,
} from '../rules/facts.ts'
import { compileReleases, type JsonObject } from '../rules/merge.ts'
import { contractIdOf } from '../rules/implementation.ts'
import { releaseOf, toldEvents } from '../rules/release.ts'
import * as store from '../store.ts'

/** Texts of releases are in the language of the records themselves. */
const language = 'zh-CN'

type Say = (domain: string, key: string, values?: Readonly<Record<string, string | number>>) => string

function placeOf(division: DivisionCode): Pick<PartyFacts, 'region' | 'locality'> {
  const name = (level: 'city' | 'county') => divisionName(ancestorAt(division, level) ?? '')
  return { region: name('city'), locality: name('county') }
}

/** The purchaser is a government: the township of the place, or the one above it. Governments have no code in our registers. */
function buyerOf(division: DivisionCode): PartyFacts {
  const of = ancestorAt(division, 'township') ?? division
  return { id: `division-${of}`, name: divisionName(of) ?? of, ...placeOf(of) }
}

function partyOf(organization: OrganizationCard): PartyFacts {
  const { id, name, uscc, division } = organization
  return { id: `organization-${id}`, name, uscc, ...placeOf(division) }
}

function termsFacts({ terms, reason, changed }: PublishedTender['versions'][number], say: Say): TermsFacts {
  const { requirements } = terms
  return {
    description: terms.description,
    award: terms.criteria
      .map(({ name, kind, weight }) =>
        say('open-data', 'criterion', { name, kind: say('procurement', `criterionKinds.${kind}`), weight }),
      )
      .join(say('open-data', 'semicolon')),
    eligibility: [
      say('open-data', 'eligibility.registered'),
      ...(requirements.minimumRating === undefined
        ? []
        : [say('open-data', 'eligibility.rating', { rating: requirements.minimumRating })]),
      ...(requirements.certificates === 0
        ? []
        : [say('open-data', 'eligibility.certificates', { count: requirements.certificates })]),
    ].join(say('open-data', 'semicolon')),
    reason,
    changed: changed.map((part) => say('procurement', `changedParts.${part}`)).join(say('open-data', 'comma')),
  }
}

function tenderFacts(tender: PublishedTender, say: Say): TenderFacts {
  const comma = say('open-data', 'comma')
  return {
    id: tender.id,
    number: tender.number,
    title: tender.title,
    budget: tender.budget,
    method: [say('procurement', `procedures.${tender.procedure}`), say('procurement', `modes.${tender.mode}`)].join(
      comma,
    ),
    versions: tender.versions.map((version) => termsFacts(version, say)),
    deadline: tender.deadline,
    endReason: tender.endReason === undefined ? undefined : say('procurement', `endReasons.${tender.endReason}`),
    bidders: tender.bidders,
    lots: tender.lots,
    lotLimit: tender.lotLimit,
  }
}

/** A private need leaves no trace, not even its number: it could be recognised. */
async function projectFacts(act: Act, project: PublishedProject, say: Say): Promise<ProjectFacts> {
  const needs = (await listNeeds(act.tx, project.needs)).filter((need) => need.visibility === 'public')
  const { id, number, title, goals, budget, motion, start, end, item } = project
  return {
    ...{ id, number, title, goals, budget, motion, item },
    start: start as ProjectFacts['start'],
    end: end as ProjectFacts['end'],
    source: say('projects', `sources.${project.source}`),
    needs: needs.flatMap((need) => (need.number === undefined ? [] : [{ id: need.id, number: need.number }])),
  }
}

async function contractsOf(act: Act, events: readonly ProcessEvent[]): Promise<Map<string, ContractFacts>> {
  const ids = new Set(events.flatMap((event) => contractIdOf(event) ?? []))
  const contracts = new Map<string, ContractFacts>()
  for (const id of ids) {
    const contract = await findPublishedContract(act.tx, id)
    if (contract !== undefined) contracts.set(id, contract)
  }
  return contracts
}

async function factsOf(
  act: Act,
  tender: PublishedTender,
  project: PublishedProject,
  events: readonly ProcessEvent[],
  process: store.ProcessRow,
): Promise<ProcessFacts> {
  const say: Say = (domain, key, values) => act.platform.words.say(language, domain, key, values)
  const contracts = await contractsOf(act, events)
  const named = [
    ...tender.bidders,
    ...events.flatMap((event) => (event.name === 'procurement.proposeAward' ? (event.organization ?? []) : [])),
    ...[...contracts.values()].map((contract) => contract.organization),
  ]
  const organizations = await listOrganizations(act.tx, [...new Set(named)])
  return {
    say: (key, values) => say('open-data', key, values),
    ocid: process.ocid,
    buyer: buyerOf(tender.division),
    project: await projectFacts(act, project, say),
    tender: tenderFacts(tender, say),
    contracts,
    organizations: new Map([...organizations].map(([id, card]) => [id, partyOf(card)])),
    before: await store.listEndedBefore(act.tx, process),
  }
}

function isEnded(compiled: JsonObject): boolean {
  const { tender } = compiled
  const status = typeof tender === 'object' && tender !== null && 'status' in tender ? tender.status : undefined
  return status === 'unsuccessful' || status === 'cancelled'
}

/**
 * Writes the releases that are missing of a tender's process and compiles all of them anew; answers how many were written. Whatever event
 * woke it, it tells everything that is untold: a process from before this domain, one whose delivery failed in between, and events that
 * arrive in another order end with the same releases. Nothing before the tender is published.
 */
export async function publishProcess(act: Act, tenderId: string): Promise<number> {
  const tender = await findPublishedTender(act.tx, tenderId)
  if (tender === undefined) return 0
  const { division, title } = tender
  const wish = { tender: tender.id, project: tender.project, division, title }
  const process = { ...wish, ...(await store.lockProcess(act.tx, { ...wish, ocid: ocidOf(act, tender.id) })) }
  const events = await store.listProcessEvents(act.tx, process, toldEvents)
  const told = new Set(await store.listToldEvents(act.tx, tender.id))
  if (events.every((event) => told.has(event.id))) return 0
  // Read after the events: an act that committed in between is either among them with what it changed, or not there at all.
  const stands = (await findPublishedTender(act.tx, tenderId)) ?? tender
  const project = await getPublishedProject(act.tx, tender.project)
  const facts = await factsOf(act, stands, project, events, process)
  const releases = events.flatMap((event, at) => {
    const release = told.has(event.id) ? undefined : releaseOf(facts, events, at)
    return release === undefined ? [] : [{ ...release, key: uuidAt(act.now) }]
  })
  if (releases.length === 0) return 0
  await store.insertReleases(act.tx, process, releases)
  const all = await store.listReleasesOf(act.tx, tender.id)
  const last = all.at(-1)
  if (last === undefined) throw new Error('nothing was written')
  const compiled = compileReleases(all.map((release) => release.content))
  await store.saveCompiled(act.tx, tender.id, {
    compiled,
    releases: all.length,
    lastAt: last.at,
    ended: isEnded(compiled),
  })
  return releases.length
}

/** The registered prefix and the tender's own id, which never changes. A process keeps the ocid of its first release. */
function ocidOf(act: Act, tender: string): string {
  return `${act.platform.publication.ocidPrefix}-${tender}`
}
