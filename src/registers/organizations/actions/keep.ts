// Keeping the register current: profile, rating, warning lists, staff.
import { splitId } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, refuse } from '../../../kit/ruling.ts'
import { action } from '../../../platform/action.ts'
import { sqlState } from '../../../platform/database.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as annexStore from '../store/annexes.ts'
import { change } from './change.ts'

const uniqueViolation = '23505'

export const editOrganization = action(contract.editOrganization, (act, { params, body }) =>
  change(act, params.id, 'editOrganization', (organization) => rules.editOrganization(organization, act.now, body), {
    data: { fields: Object.keys(body) },
  }),
)

export const setRating = action(contract.setRating, (act, { params, body }) =>
  change(
    act,
    params.id,
    'setRating',
    (organization) =>
      rules.setRating(organization, act.now, body, {
        years: act.policy.number('organizations.rating-years', organization.authority),
        afterYears: act.policy.number('organizations.rating-after-years', organization.authority),
      }),
    { data: { rating: body.rating } },
  ),
)

export const enterAbnormal = action(contract.enterAbnormal, (act, { params, body }) =>
  change(act, params.id, 'enterAbnormal', (organization) => rules.enterAbnormal(organization, act.now, body.list), {
    data: { list: body.list },
    also: async (next) => {
      await annexStore.insertWarning(
        act.tx,
        next.id,
        act.newId<'warning'>(splitId(next.id).jurisdiction),
        body.list,
        body.reason,
        act.now,
      )
      return allow(undefined)
    },
  }),
)

export const leaveAbnormal = action(contract.leaveAbnormal, (act, { params, body }) =>
  change(act, params.id, 'leaveAbnormal', (organization) => rules.leaveAbnormal(organization, act.now, body.list), {
    data: { list: body.list },
    also: async (next) => {
      await annexStore.saveWarningLeft(act.tx, next.id, body.list, body.reason, act.now)
      return allow(undefined)
    },
  }),
)

export const addStaff = action(contract.addStaff, async (act, { params, body }) => {
  const from = body.from ?? today(act.now)
  const id = act.newId<'staff'>(splitId(params.id).jurisdiction)
  try {
    return await change(act, params.id, 'addStaff', (organization) => rules.addStaff(organization, act.now), {
      data: { person: body.person, duty: body.duty, from },
      also: async (next) => {
        await annexStore.insertStaff(act.tx, next.id, { id, person: body.person, duty: body.duty, from })
        return allow(undefined)
      },
    })
  } catch (error) {
    if (sqlState(error) === uniqueViolation) return refuse('already-staff')
    throw error
  }
})

export const endStaff = action(contract.endStaff, async (act, { params, body }) => {
  const staff = await annexStore.findStaffForUpdate(act.tx, params.id, params.staff)
  if (staff === undefined) return absent()
  const until = body.until ?? today(act.now)
  return change(act, params.id, 'endStaff', (organization) => rules.endStaff(organization, act.now, staff, until), {
    data: { person: staff.person, duty: staff.duty, until },
    also: async () => {
      await annexStore.saveStaff(act.tx, staff.id, until)
      return allow(undefined)
    },
  })
})
