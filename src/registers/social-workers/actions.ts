// Acts and questions of the register of social workers.
import type { DivisionCode } from '../../kit/id.ts'
import { asDivision, jurisdictionOf } from '../../kit/id.ts'
import { absent, allow, refuse, type Ruling } from '../../kit/ruling.ts'
import { actionsOf } from '../../kit/record-view.ts'
import { divisionName } from '../../foundation/divisions/public.ts'
import { listPeople } from '../../foundation/identity/public.ts'
import { type Act, action, question } from '../../platform/action.ts'
import { sqlState, type Tx } from '../../platform/database.ts'
import type { PolicyReader } from '../../platform/platform.ts'
import { listOrganizations, putCertificates } from '../organizations/public.ts'
import * as contract from './contract.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'
import { timersOfWorker } from './waiting.ts'

const uniqueViolation = '23505'
/** A worker moves between counties and keeps the id: it is the province's. */
const provinceLength = 2

function policyOf(policy: PolicyReader, division: DivisionCode): rules.WorkerPolicy {
  return {
    years: policy.number('social-workers.registration-years', division),
    hoursAssistant: policy.number('social-workers.hours-assistant', division),
    hoursOthers: policy.number('social-workers.hours-others', division),
    windowDays: policy.number('social-workers.renew-window-days', division),
  }
}

/** Whether the organization may employ; undefined where a community employs. */
async function employerActive(tx: Tx, employer: string | undefined): Promise<boolean | undefined> {
  if (employer === undefined) return undefined
  const card = (await listOrganizations(tx, [employer])).get(employer)
  return card?.state === 'registered' || card?.state === 'filed'
}

/** Tells the organizations how many workers in force they employ now, in order of id so that two acts do not wait in a ring. */
async function tellEmployers(act: Act, employers: readonly (string | undefined)[]): Promise<void> {
  const concerned = [...new Set(employers.filter((id) => id !== undefined))].toSorted()
  if (concerned.length === 0) return
  const counts = await store.listCertificates(act.tx, concerned)
  for (const employer of concerned) await putCertificates(act, employer, counts.get(employer) ?? 0)
}

/** Records the event `social-workers.<verb>` of the worker as it stands now. */
export function recordOf(
  act: Act,
  verb: string,
  next: rules.Worker,
  from: string | undefined,
  data: Readonly<Record<string, unknown>> = {},
): void {
  act.record({
    name: `social-workers.${verb}`,
    of: { kind: 'worker', id: next.id },
    division: next.division,
    organization: next.employer,
    state: { from, to: next.state },
    data: { level: next.level, person: next.person, ...data },
    waiting: [],
    timers: timersOfWorker(next),
  })
}

/** Saves a changed worker with its event and its employers' counts. */
export async function keep(
  act: Act,
  verb: string,
  before: rules.Worker,
  next: rules.Worker,
  data?: Readonly<Record<string, unknown>>,
): Promise<number> {
  const version = await store.saveWorker(act.tx, next, act.now)
  await tellEmployers(act, [before.employer, next.employer])
  recordOf(act, verb, next, before.state, data)
  return version
}

function answerOf(
  next: rules.Worker,
  version: number,
): Ruling<{ id: string; version: number; state: string; number: string }> {
  return allow({ id: next.id, version, state: next.state, number: rules.numberOfWorker(next) })
}

export const registerWorker = action(contract.registerWorker, async (act, { body }) => {
  const active = await employerActive(act.tx, body.employer)
  const reach = rules.reachOf({ division: body.division, employer: body.employer, person: body.person })
  const ruling = await act.judge({ reach }, () =>
    rules.registerWorker(body, act.actor, act.now, active, policyOf(act.policy, body.division)),
  )
  if (!ruling.ok) return ruling
  const people = await listPeople(act.tx, [body.person])
  if (!people.has(body.person)) return absent()
  if ((await store.findWorkerOfPerson(act.tx, body.person)) !== undefined) return refuse('already-registered')
  const jurisdiction = jurisdictionOf(asDivision(body.division.slice(0, provinceLength)))
  const worker: rules.Worker = {
    id: act.newId<'worker'>(jurisdiction),
    number: await act.nextNumber('worker', jurisdiction),
    division: body.division,
    version: 1,
    person: body.person,
    certificate: body.certificate,
    level: body.level,
    post: body.post,
    employer: body.employer,
    passedOn: body.passedOn,
    hours: 0,
    ...ruling.value,
    history: [{ state: ruling.value.state, at: act.now }],
  }
  try {
    await store.insertWorker(act.tx, worker, act.now)
  } catch (error) {
    if (sqlState(error) === uniqueViolation) return refuse('certificate-taken')
    throw error
  }
  await tellEmployers(act, [worker.employer])
  recordOf(act, 'registerWorker', worker, undefined)
  return answerOf(worker, 1)
})

export const renewWorker = action(contract.renewWorker, async (act, { params, body }) => {
  const worker = await store.findWorkerForUpdate(act.tx, params.id)
  if (worker === undefined) return absent()
  const ruling = await act.judge(rules.judgedWorker(worker), () =>
    rules.renewWorker(worker, act.actor, act.now, body.hours, policyOf(act.policy, worker.division)),
  )
  if (!ruling.ok) return ruling
  return answerOf(
    ruling.value,
    await keep(act, 'renewWorker', worker, ruling.value, { hours: body.hours, validUntil: ruling.value.validUntil }),
  )
})

export const changeEmployer = action(contract.changeEmployer, async (act, { params, body }) => {
  const worker = await store.findWorkerForUpdate(act.tx, params.id)
  if (worker === undefined) return absent()
  const active = await employerActive(act.tx, body.employer)
  const ruling = await act.judge(rules.judgedWorker(worker), () =>
    rules.changeEmployer(worker, act.actor, act.now, body, active),
  )
  if (!ruling.ok) return ruling
  return answerOf(
    ruling.value,
    await keep(act, 'changeEmployer', worker, ruling.value, { from: worker.employer, to: body.employer }),
  )
})

async function rowsView(tx: Tx, workers: readonly rules.Worker[]) {
  const [people, employers] = await Promise.all([
    listPeople(
      tx,
      workers.map((worker) => worker.person),
    ),
    listOrganizations(
      tx,
      workers.flatMap((worker) => worker.employer ?? []),
    ),
  ])
  return workers.map((worker) => ({
    id: worker.id,
    number: rules.numberOfWorker(worker),
    maskedName: people.get(worker.person)?.maskedName ?? '',
    level: worker.level,
    state: worker.state,
    division: worker.division,
    divisionName: divisionName(worker.division),
    employer: worker.employer,
    employerName: worker.employer === undefined ? undefined : employers.get(worker.employer)?.name,
    post: worker.post,
    validUntil: worker.validUntil,
  }))
}

export const listWorkers = question(contract.listWorkers, async (ask, { query }) => {
  const page = await store.listWorkers(ask.tx, ask.scopes, query)
  return allow({ ...page, rows: await rowsView(ask.tx, page.rows) })
})

export const getWorker = question(contract.getWorker, async (ask, { params }) => {
  const worker = await store.findWorker(ask.tx, params.id)
  if (worker === undefined) return absent()
  const unseen = ask.see(rules.judgedWorker(worker))
  if (unseen !== undefined) return unseen
  const [row] = await rowsView(ask.tx, [worker])
  if (row === undefined) return absent()
  const policy = policyOf(ask.policy, worker.division)
  const needed = rules.hoursNeeded(worker.level, policy)
  const { division, employer, post, version, certificate, passedOn, registeredOn, hours, history } = worker
  return allow({
    ...row,
    version,
    certificate,
    passedOn,
    registeredOn,
    hours,
    hoursNeeded: needed,
    history: [...history],
    actions: actionsOf({
      // The hours are given with the act: the page asks as if they were enough.
      renewWorker: rules.permitted(ask.actor, 'social-workers.renew', worker, () =>
        rules.renewWorker(worker, ask.actor, ask.now, needed, policy),
      ),
      changeEmployer: rules.permitted(ask.actor, 'social-workers.change-employer', worker, () =>
        rules.changeEmployer(worker, ask.actor, ask.now, { employer, division, post }, undefined),
      ),
    }),
  })
})

export const workerStatistics = question(contract.workerStatistics, async (ask, { query }) => {
  const tallies = await store.listTallies(ask.tx, query.division)
  const count = (which: (tally: store.Tally) => boolean) =>
    tallies.filter(which).reduce((sum, tally) => sum + tally.n, 0)
  const inForce = (tally: store.Tally) => tally.state === 'registered'
  return allow({
    division: query.division,
    registered: count(inForce),
    lapsed: count((tally) => !inForce(tally)),
    levels: contract.workerLevels.map((level) => ({
      level,
      count: count((tally) => inForce(tally) && tally.level === level),
    })),
    byOrganizations: count((tally) => inForce(tally) && tally.byOrganization),
    byCommunities: count((tally) => inForce(tally) && !tally.byOrganization),
  })
})
