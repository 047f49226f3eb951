// Delivery: cases as their own people read them: the list, one case, its notes, and who may take over.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listMembers, listPeople, type PersonCard } from '../../../foundation/identity/public.ts'
import { may } from '../../../kit/actor.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Ask, question } from '../../../platform/action.ts'
import { listWorkers } from '../../../registers/social-workers/public.ts'
import { listContractNumbers, lookUpContract } from '../../contracts/public.ts'
import * as contract from '../contract/cases.ts'
import { readLines } from '../rules/case-notes.ts'
import * as rules from '../rules/cases.ts'
import { reachOf } from '../rules.ts'
import * as store from '../store/cases.ts'
import { sealedAt } from './case-changes.ts'

type Beneficiary = { readonly person?: string; readonly name?: string; readonly phone?: string }

/** Opens the sealed part of a case; undefined when its key was destroyed. */
async function beneficiaryOf(ask: Ask, file: rules.Case): Promise<Beneficiary | undefined> {
  const text = await ask.platform.cipher.open(
    ask.tx,
    file.id,
    sealedAt.beneficiary(file.id),
    Buffer.from(file.beneficiary),
  )
  return text === undefined ? undefined : (JSON.parse(text) as Beneficiary)
}

/** Staff under their name in office, residents masked. */
const nameIn = (people: ReadonlyMap<string, PersonCard>, id: string | undefined): string | undefined => {
  const person = id === undefined ? undefined : people.get(id)
  return person?.officialName ?? person?.maskedName
}

function rowOf(
  file: rules.Case,
  relation: rules.Relation | 'emergency',
  beneficiary: Beneficiary | undefined,
  people: ReadonlyMap<string, PersonCard>,
  contractNumber: string | undefined,
) {
  return {
    id: file.id,
    number: rules.shownCaseNumber(file),
    state: file.state,
    topic: file.topic,
    division: file.division,
    divisionName: divisionName(file.division),
    beneficiaryName: beneficiary?.name ?? people.get(beneficiary?.person ?? '')?.maskedName,
    contractNumber,
    workerName: nameIn(people, file.workerPerson) ?? '',
    supervisorName: nameIn(people, file.supervisor) ?? '',
    relation,
    awaiting: file.awaiting,
    nextAt: file.nextAt,
    openedAt: file.createdAt,
  }
}

function readerOf(ask: Ask, person: string): store.CaseReader {
  const inRole = (role: string) =>
    ask.actor.grants.flatMap((grant) =>
      grant.role === role && grant.organizationId !== undefined && grant.delegatedFrom === undefined
        ? [grant.organizationId]
        : [],
    )
  return {
    person,
    worksIn: inRole('social-worker'),
    supervisesIn: inRole('social-work-supervisor'),
    now: ask.now,
  }
}

export const listCases = question(contract.listCases, async (ask, { query }) => {
  if (ask.actor.kind !== 'person') return allow({ rows: [] })
  const reader = readerOf(ask, ask.actor.personId)
  const filter: store.CaseFilter = {
    state: query.state,
    relation: query.relation,
    awaiting: query.awaiting === 'yes',
    size: query.size,
    cursor: query.cursor,
  }
  const { cases, next } = await store.listCases(ask.tx, reader, filter)
  // Opened together: the keys of all of them come with one statement.
  const opened = await Promise.all(cases.map((file) => beneficiaryOf(ask, file)))
  const people = await listPeople(ask.tx, [
    ...new Set([
      ...cases.flatMap((file) => [file.workerPerson, file.supervisor]),
      ...opened.flatMap((each) => each?.person ?? []),
    ]),
  ])
  const contracts = await listContractNumbers(ask.tx, [...new Set(cases.map((file) => file.contract))])
  const count = query.cursor === undefined ? await store.getCaseCount(ask.tx, reader, filter) : undefined
  return allow({
    rows: cases.map((file, index) =>
      rowOf(
        file,
        rules.relationOf(file, ask.actor) ?? 'emergency',
        opened[index],
        people,
        contracts.get(file.contract),
      ),
    ),
    next,
    count,
  })
})

/** A case for whoever may read it now, and by what right; undefined for everybody else. */
async function readable(
  ask: Ask,
  id: string,
): Promise<
  | {
      readonly file: rules.Case
      readonly relation: rules.Relation | 'emergency'
      readonly openings: readonly rules.Opening[]
    }
  | undefined
> {
  const file = await store.findCase(ask.tx, id)
  if (file === undefined) return undefined
  const openings = await store.listOpenings(ask.tx, file.id)
  const relation = rules.relationOf(file, ask.actor)
  if (relation !== undefined) return { file, relation, openings }
  const there = ask.see({ reach: { ...rules.reachOfCase(file), organizations: [] } }) === undefined
  return there && rules.openedFor(openings, ask.actor, ask.now) ? { file, relation: 'emergency', openings } : undefined
}

/** Which verbs the page offers: those of the state that the reader's side has; what the rule says of each is told at the act. */
function actionsFor(ask: Ask, file: rules.Case, relation: rules.Relation | 'emergency') {
  const permission: Readonly<Record<rules.CaseVerb, string>> = {
    recordConsent: 'delivery.workOnCase',
    withdrawConsent: 'delivery.workOnCase',
    acceptCase: 'delivery.workOnCase',
    assessCase: 'delivery.workOnCase',
    planCase: 'delivery.workOnCase',
    recordCaseSession: 'delivery.workOnCase',
    beginCaseEvaluation: 'delivery.workOnCase',
    evaluateCase: 'delivery.workOnCase',
    closeCase: 'delivery.workOnCase',
    transferCase: 'delivery.workOnCase',
    approveCase: 'delivery.superviseCase',
    returnCase: 'delivery.superviseCase',
    adviseCase: 'delivery.superviseCase',
    setCaseRetention: 'delivery.superviseCase',
    handOverCase: 'delivery.handOverCase',
    handOverSupervision: 'delivery.handOverCase',
  }
  const consent = rules.consented(file) ? undefined : refuse('consent-missing')
  const least = ask.policy.number('delivery.case-sessions', file.division)
  const reasons: Partial<Record<rules.CaseVerb, Ruling<never> | undefined>> = {
    recordConsent: file.consent === undefined ? undefined : refuse('consent-given'),
    withdrawConsent:
      file.consent === undefined
        ? refuse('consent-missing')
        : file.consent.withdrawnOn === undefined
          ? undefined
          : refuse('consent-withdrawn'),
    acceptCase: consent,
    assessCase: consent,
    planCase: consent,
    recordCaseSession: consent,
    evaluateCase: consent,
    transferCase: consent,
    approveCase: file.awaiting ? consent : refuse('nothing-to-approve'),
    returnCase: file.awaiting ? undefined : refuse('nothing-to-approve'),
    beginCaseEvaluation: file.sessions < least ? refuse('sessions-missing', { least, now: file.sessions }) : undefined,
    setCaseRetention: file.destroyedAt === undefined ? undefined : refuse('key-destroyed'),
  }
  const reach = rules.reachOfCase(file)
  return actionsOf(
    Object.fromEntries(
      rules.verbsOfCase(file.state).map((verb): [string, Ruling<unknown>] => {
        if (relation === 'emergency' || !may(ask.actor, permission[verb], reach)) return [verb, forbid('forbidden')]
        return [verb, reasons[verb] ?? allow(true)]
      }),
    ),
  )
}

export const getCase = question(contract.getCase, async (ask, { params }) => {
  const found = await readable(ask, params.id)
  if (found === undefined) return absent()
  const { file, relation, openings } = found
  const { cipher } = ask.platform
  const [beneficiary, goals, ...words] = await Promise.all([
    beneficiaryOf(ask, file),
    file.goals === undefined
      ? undefined
      : cipher.open(ask.tx, file.id, sealedAt.goals(file.id), Buffer.from(file.goals)),
    ...openings.map((opening) =>
      cipher.open(ask.tx, file.id, sealedAt.opening(opening.id), Buffer.from(opening.words)),
    ),
  ])
  const people = await listPeople(ask.tx, [
    ...new Set([
      file.workerPerson,
      file.supervisor,
      ...(beneficiary?.person === undefined ? [] : [beneficiary.person]),
      ...openings.map((opening) => opening.person),
    ]),
  ])
  const card = await lookUpContract(ask.tx, file.contract)
  return allow({
    ...rowOf(file, relation, beneficiary, people, card?.number),
    version: file.version,
    contract: file.contract,
    source: file.source,
    phone: beneficiary?.phone,
    hasAccount: beneficiary?.person !== undefined,
    underFourteen: file.underFourteen,
    consent: file.consent && {
      form: file.consent.form,
      givenBy: file.consent.givenBy,
      givenOn: file.consent.givenOn,
      recordedAt: file.consent.recordedAt,
      withdrawnOn: file.consent.withdrawnOn,
    },
    goals: goals === undefined ? [] : (JSON.parse(goals) as string[]),
    sessions: file.sessions,
    retention: file.retention,
    reason: file.reason,
    destroyed: file.destroyedAt !== undefined,
    openings: openings.map((opening, index) => ({
      reason: opening.reason,
      words: words[index],
      personName: nameIn(people, opening.person) ?? '',
      at: opening.at,
      until: opening.until,
    })),
    history: file.history.map((each) => ({ ...each })),
    actions: actionsFor(ask, file, relation),
  })
})

export const listCaseNotes = question(contract.listCaseNotes, async (ask, { params, query }) => {
  const found = await readable(ask, params.id)
  if (found === undefined) return absent()
  const { notes, next } = await store.listNotes(ask.tx, found.file.id, query)
  const bodies = await Promise.all(
    notes.map((note) => ask.platform.cipher.open(ask.tx, found.file.id, sealedAt.note(note.id), note.body)),
  )
  const people = await listPeople(ask.tx, [...new Set(notes.map((note) => note.author))])
  return allow({
    rows: notes.map((note, index) => ({
      id: note.id,
      kind: note.kind,
      at: note.at,
      authorName: nameIn(people, note.author) ?? '',
      lines: bodies[index] === undefined ? [] : readLines(bodies[index] ?? '[]'),
      serviceRecord: note.serviceRecord,
    })),
    next,
  })
})

export const listCaseColleagues = question(contract.listCaseColleagues, async (ask, { params }) => {
  const card = await lookUpContract(ask.tx, params.id)
  if (card === undefined) return absent()
  const hidden = ask.see({ reach: { ...reachOf(card), confidential: true } })
  if (hidden !== undefined) return hidden
  const supervisors = await listMembers(ask.tx, card.organization, 'social-work-supervisor')
  const workers = await listWorkers(
    ask.tx,
    card.team.map((member) => member.worker),
  )
  const people = await listPeople(ask.tx, [...supervisors, ...[...workers.values()].map((worker) => worker.personId)])
  return allow({
    supervisors: supervisors.map((person) => ({ person, name: nameIn(people, person) ?? '' })),
    workers: [...workers.values()]
      .filter((worker) => worker.active)
      .map((worker) => ({ worker: worker.id, name: nameIn(people, worker.personId) ?? '' })),
  })
})
