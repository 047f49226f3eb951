// Acts and questions of the register of volunteers: joining, skills, withdrawing, my entry, the lists.
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { type DivisionCode, splitId, within } from '../../../kit/id.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { allow, forbid, refuse, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action, type Ask, question } from '../../../platform/action.ts'
import { listOrganizations } from '../../organizations/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'

const answerOf = (volunteer: rules.Volunteer) => ({
  id: volunteer.id,
  version: volunteer.version,
  state: volunteer.state,
})

async function save(
  act: Act,
  verb: rules.VolunteerVerb,
  before: rules.Volunteer | undefined,
  after: rules.Volunteer,
): Promise<Ruling<ReturnType<typeof answerOf>>> {
  // Two first consents at once: the second one finds the entry of the first.
  if (!(await store.saveVolunteer(act.tx, after, act.now))) return refuse('already-volunteer')
  act.record({
    name: `volunteers.${verb}`,
    of: { kind: 'volunteer', id: after.id },
    division: after.division,
    state: { from: before?.state, to: after.state },
    data: { skills: after.skills.length },
  })
  return allow(answerOf(after))
}

export const becomeVolunteer = action(contract.becomeVolunteer, async (act, { body }) => {
  const { actor } = act
  if (actor.kind !== 'person') return forbid('forbidden')
  const before = await store.findVolunteerForUpdate(act.tx, actor.personId)
  const id = before?.id ?? act.newId<'volunteer'>(splitId(actor.personId).jurisdiction)
  const division = actor.residence ?? before?.division
  const ruling = await act.judge(
    division === undefined
      ? { reach: { division: '32' as DivisionCode, persons: [actor.personId] } }
      : rules.judgedVolunteer({ division, person: actor.personId }),
    () =>
      rules.becomeVolunteer(before, { id, person: actor.personId, skills: [...new Set(body.skills)] }, actor, act.now),
  )
  return ruling.ok ? save(act, 'becomeVolunteer', before, ruling.value) : ruling
})

async function changeMine(
  act: Act,
  verb: rules.VolunteerVerb,
  rule: (volunteer: rules.Volunteer) => Ruling<rules.Volunteer>,
): Promise<Ruling<ReturnType<typeof answerOf>>> {
  if (act.actor.kind !== 'person') return forbid('forbidden')
  const before = await store.findVolunteerForUpdate(act.tx, act.actor.personId)
  if (before === undefined) return refuse('not-volunteer')
  const ruling = await act.judge({ ...rules.judgedVolunteer(before), version: before.version }, () => rule(before))
  return ruling.ok ? save(act, verb, before, ruling.value) : ruling
}

export const changeSkills = action(contract.changeSkills, (act, { body }) =>
  changeMine(act, 'changeSkills', (volunteer) => rules.changeSkills(volunteer, act.actor, [...new Set(body.skills)])),
)

export const withdrawVolunteer = action(contract.withdrawVolunteer, (act) =>
  changeMine(act, 'withdrawVolunteer', (volunteer) => rules.withdrawVolunteer(volunteer, act.now)),
)

export const getMyVolunteering = question(contract.getMyVolunteering, async (ask) => {
  const { actor } = ask
  if (actor.kind !== 'person') return allow({ proofs: [], actions: [] })
  const mine = await store.findVolunteer(ask.tx, actor.personId)
  const proofs = mine === undefined ? [] : await store.listProofsOf(ask.tx, actor.personId)
  const place = mine?.division ?? actor.residence
  const hours = [1, 2, 3, 4, 5].map((star) =>
    ask.policy.number(`volunteers.star-${star}-hours`, place ?? ('32' as DivisionCode)),
  )
  const serve = rules.mayServe(actor)
  return allow({
    volunteer: mine && {
      id: mine.id,
      version: mine.version,
      state: mine.state,
      skills: [...mine.skills],
      since: mine.consentedAt,
      divisionName: divisionName(mine.division),
      minutes: mine.minutes,
      shifts: mine.shifts,
      ...rules.starsOf(mine.minutes, hours),
    },
    proofs: proofs.map((proof) => ({
      id: proof.id,
      number: rules.shownProofNumber(proof),
      code: proof.code,
      minutes: proof.minutes,
      shifts: proof.shifts,
      issuedAt: proof.issuedAt,
    })),
    actions: actionsOf({
      becomeVolunteer: mine?.state === 'active' ? refuse('already-volunteer') : serve,
      changeSkills: mine?.state === 'active' ? allow(true) : refuse('not-volunteer'),
      withdrawVolunteer: mine?.state === 'active' ? allow(true) : refuse('not-volunteer'),
      issueHoursProof: mine === undefined ? refuse('not-volunteer') : rules.issueHoursProof(mine, proofs[0]),
    }),
  })
})

export const listMyHours = question(contract.listMyHours, async (ask, { query }) => {
  if (ask.actor.kind !== 'person') return allow({ rows: [] })
  const { rows, next } = await store.listHoursOf(ask.tx, { ...query, person: ask.actor.personId })
  const organizations = await listOrganizations(ask.tx, [...new Set(rows.flatMap((row) => row.organization ?? []))])
  return allow({
    rows: rows.map(({ shift, title, place, division, organization, from, until, minutes, byWorker }) => ({
      shift,
      title,
      place,
      divisionName: divisionName(division),
      organizationName: organization === undefined ? undefined : organizations.get(organization)?.name,
      from,
      until,
      minutes,
      byWorker,
    })),
    next,
  })
})

/** The place asked for must lie in the reader's own; without one, the reader's first. */
function placeOf(ask: Ask, asked: DivisionCode | undefined): DivisionCode | undefined {
  const mine = ask.scopes.divisions
  if (asked === undefined) return mine[0]
  return mine.some((division) => within(asked, division)) ? asked : undefined
}

export const listVolunteers = question(contract.listVolunteers, async (ask, { query }) => {
  const place = placeOf(ask, query.division)
  if (place === undefined) return forbid('forbidden')
  const { rows, next } = await store.listVolunteersOf(ask.tx, { ...query, place })
  const people = await listPeople(
    ask.tx,
    rows.map((row) => row.person),
  )
  return allow({
    rows: rows.map((row) => ({
      id: row.id,
      maskedName: people.get(row.person)?.maskedName ?? '',
      state: row.state,
      skills: [...row.skills],
      division: row.division,
      divisionName: divisionName(row.division),
      since: row.consentedAt,
      minutes: row.minutes,
      shifts: row.shifts,
    })),
    next,
  })
})
