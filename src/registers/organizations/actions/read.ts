// Questions about organizations: the public register, applications, one organization's page.
import { allow, absent } from '../../../kit/ruling.ts'
import { may } from '../../../kit/actor.ts'
import { isAfter, today } from '../../../kit/plain-date.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { question } from '../../../platform/action.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as annexStore from '../store/annexes.ts'
import * as organizationStore from '../store/organizations.ts'

function rowView(it: rules.Organization) {
  const { id, name, kind, registration, agency, uscc, division, state, categories, rating, abnormal, illegal } = it
  return {
    id,
    number: rules.numberOfOrganization(it),
    name,
    kind,
    registration,
    agency,
    uscc,
    division,
    divisionName: divisionName(division),
    state,
    categories: [...categories],
    rating,
    abnormal,
    illegal,
  }
}

export const listOrganizations = question(contract.listOrganizations, async (ask, { query }) => {
  const page = await organizationStore.listOrganizations(ask.tx, { ...query, among: contract.openStates })
  return allow({ ...page, rows: page.rows.map(rowView) })
})

export const listApplications = question(contract.listApplications, async (ask, { query }) => {
  const page = await organizationStore.listOrganizations(ask.tx, { ...query, scopes: ask.scopes })
  return allow({ ...page, rows: page.rows.map((it) => ({ ...rowView(it), appliedAt: it.history[0]?.at ?? ask.now })) })
})

export const getOrganization = question(contract.getOrganization, async (ask, { params }) => {
  const it = await organizationStore.findOrganization(ask.tx, params.id)
  if (it === undefined) return absent()
  const open = contract.openStates.includes(it.state)
  // The register is public, an application is not: even that it exists is the applicant's and the authority's matter.
  if (!open && !may(ask.actor, 'organizations.read', rules.reachOf(it))) return absent()
  const [staff, warnings, credit] = await Promise.all([
    annexStore.listStaff(ask.tx, it.id),
    annexStore.listWarnings(ask.tx, it.id),
    annexStore.listCredit(ask.tx, it.id),
  ])
  const people = await listPeople(
    ask.tx,
    staff.map((member) => member.person),
  )
  const manages = may(ask.actor, 'organizations.manage-staff', rules.reachOf(it))
  const can = (permission: string, rule: Parameters<typeof rules.permitted>[3]) =>
    rules.permitted(ask.actor, permission, it, rule)
  const policy = {
    years: ask.policy.number('organizations.rating-years', it.authority),
    afterYears: ask.policy.number('organizations.rating-after-years', it.authority),
  }
  const { communityClass, level, address, charter, registeredOn, ratingUntil, reason, certificates, version } = it
  return allow({
    ...rowView(it),
    version,
    communityClass,
    level,
    address,
    charter,
    registeredOn,
    ratingUntil,
    reason: open && it.state !== 'cancelled' ? undefined : reason,
    certificates,
    ineligibleUntil:
      it.ineligibleUntil === undefined || isAfter(today(ask.now), it.ineligibleUntil) ? undefined : it.ineligibleUntil,
    creditPoints: credit.points,
    history: [...it.history],
    warnings,
    credit: credit.entries,
    staff: staff.map((member) => ({
      id: member.id,
      person: manages ? member.person : undefined,
      name: people.get(member.person)?.maskedName,
      duty: member.duty,
      from: member.from,
      until: member.until,
    })),
    actions: actionsOf({
      acceptOrganization: can('organizations.accept', () => rules.acceptOrganization(it, ask.now)),
      reviewOrganization: can('organizations.review', () => rules.reviewOrganization(it, ask.now, '')),
      // The credit code is given with the act: the page asks only whether the state allows it.
      registerOrganization: can('organizations.register', () => rules.inState(it, 'registerOrganization')),
      fileOrganization: can('organizations.file', () => rules.fileOrganization(it, ask.now)),
      refuseOrganization: can('organizations.refuse', () => rules.refuseOrganization(it, ask.now, '')),
      cancelOrganization: can('organizations.cancel', () => rules.cancelOrganization(it, ask.now, '')),
      editOrganization: can('organizations.edit', () => rules.editOrganization(it, ask.now, {})),
      setRating: can('organizations.rate', () =>
        rules.setRating(it, ask.now, { rating: '3A', ratedOn: today(ask.now) }, policy),
      ),
      enterAbnormal: can('organizations.warn', () => rules.enterAbnormal(it, ask.now, 'abnormal')),
      leaveAbnormal: can('organizations.warn', () =>
        rules.leaveAbnormal(it, ask.now, it.illegal && !it.abnormal ? 'illegal' : 'abnormal'),
      ),
      addStaff: can('organizations.manage-staff', () => rules.addStaff(it, ask.now)),
      endStaff: can('organizations.manage-staff', () => rules.inState(it, 'endStaff')),
    }),
  })
})
