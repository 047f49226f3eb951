// From the application to the register: apply, accept, review, register, file, refuse, cancel.
import { asDivision, jurisdictionOf } from '../../../kit/id.ts'
import { refuse } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import { sqlState } from '../../../platform/database.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as organizationStore from '../store/organizations.ts'
import { answerOf, change, recordOf, withDue } from './change.ts'

const uniqueViolation = '23505'
/** Organizations move between counties and keep their id: it is the province's. */
const provinceLength = 2

export const applyForOrganization = action(contract.applyForOrganization, async (act, { body }) => {
  // Anyone who may apply may apply anywhere: the seat is the applicant's to choose.
  const ruling = await act.judge({ reach: { division: body.division, anyone: true } }, () =>
    rules.applyForOrganization(body),
  )
  if (!ruling.ok) return ruling
  const jurisdiction = jurisdictionOf(asDivision(body.division.slice(0, provinceLength)))
  const organization = withDue(act, {
    id: act.newId<'organization'>(jurisdiction),
    division: body.division,
    authority: ruling.value,
    state: 'applied',
    version: 1,
    number: await act.nextNumber('organization', jurisdiction),
    name: body.name,
    kind: body.kind,
    registration: body.registration,
    level: body.registration === 'registered' ? body.level : undefined,
    agency: body.agency,
    communityClass: body.communityClass,
    categories: body.categories,
    address: body.address,
    charter: body.charter,
    abnormal: false,
    illegal: false,
    certificates: 0,
    applicant: act.actor.kind === 'person' ? act.actor.personId : 'system',
    history: [{ state: 'applied', at: act.now }],
  })
  try {
    await organizationStore.insertOrganization(act.tx, organization, act.now)
  } catch (error) {
    if (sqlState(error) === uniqueViolation) return refuse('name-taken')
    throw error
  }
  recordOf(act, 'applyForOrganization', organization)
  return answerOf(organization, 1)
})

export const acceptOrganization = action(contract.acceptOrganization, (act, { params }) =>
  change(act, params.id, 'acceptOrganization', (organization) => rules.acceptOrganization(organization, act.now)),
)

export const reviewOrganization = action(contract.reviewOrganization, (act, { params, body }) =>
  change(act, params.id, 'reviewOrganization', (organization) =>
    rules.reviewOrganization(organization, act.now, body.opinion),
  ),
)

export const registerOrganization = action(contract.registerOrganization, async (act, { params, body }) => {
  try {
    return await change(act, params.id, 'registerOrganization', (organization) =>
      rules.registerOrganization(organization, act.now, body),
    )
  } catch (error) {
    if (sqlState(error) === uniqueViolation) return refuse('uscc-taken')
    throw error
  }
})

export const fileOrganization = action(contract.fileOrganization, (act, { params }) =>
  change(act, params.id, 'fileOrganization', (organization) => rules.fileOrganization(organization, act.now)),
)

export const refuseOrganization = action(contract.refuseOrganization, (act, { params, body }) =>
  change(act, params.id, 'refuseOrganization', (organization) =>
    rules.refuseOrganization(organization, act.now, body.reason),
  ),
)

export const cancelOrganization = action(contract.cancelOrganization, (act, { params, body }) =>
  change(act, params.id, 'cancelOrganization', (organization) =>
    rules.cancelOrganization(organization, act.now, body.reason),
  ),
)
