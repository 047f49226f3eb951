// Delivery: what is impossible about a service record's attendance, and what is doubtful. Pure.
import type { DivisionCode } from '../../../kit/id.ts'
import { isBefore, type Instant } from '../../../kit/instant.ts'
import type { FieldFault } from '../../../kit/ruling.ts'
import type { ServiceKind } from '../contract.ts'
import type { Doubt } from '../rules.ts'
import type { Occasion } from './occasions.ts'

/** A room of the township in which the contract works; nobody counts more people than it may hold. */
export function roomFaults(
  input: { readonly room?: string; readonly attendance: number },
  room: { readonly capacity: number; readonly division: DivisionCode } | undefined,
  division: DivisionCode,
): FieldFault[] {
  if (input.room === undefined) return []
  if (room === undefined || !division.startsWith(room.division.slice(0, 9)))
    return [{ path: 'body.room', code: 'room-unknown' }]
  return input.attendance > room.capacity
    ? [{ path: 'body.attendance', code: 'room-full', params: { capacity: room.capacity } }]
    : []
}

/** A shift of the same contract, not called off, at the time of the work. */
export function shiftFaults(
  input: { readonly shift?: string; readonly from: Instant; readonly until: Instant },
  shift: Pick<Occasion, 'kind' | 'contract' | 'state' | 'from' | 'until'> | undefined,
  contract: string,
): FieldFault[] {
  if (input.shift === undefined) return []
  const fits =
    shift !== undefined &&
    shift.kind === 'shift' &&
    shift.contract === contract &&
    shift.state !== 'cancelled' &&
    isBefore(shift.from, input.until) &&
    isBefore(input.from, shift.until)
  return fits ? [] : [{ path: 'body.shift', code: 'shift-unknown' }]
}

/** Kinds of service for few people at a time. */
const forFew: readonly ServiceKind[] = ['home-visit', 'counselling', 'referral']

/**
 * Not refused, since life is richer than rules; shown to everybody who reads the record: many people at a visit, and many more at an activity
 * than ever signed up. `signedUp`: of the activity, walk-ins by code among them.
 */
export function doubtsOf(
  record: { readonly kind: ServiceKind; readonly attendance: number; readonly signedUp?: number },
  terms: { readonly visitPeople: number; readonly uncountedPercent: number },
): Doubt[] {
  const { kind, attendance, signedUp } = record
  return [
    ...(forFew.includes(kind) && attendance > terms.visitPeople ? (['many-for-visit'] as const) : []),
    ...(signedUp !== undefined && attendance * 100 > signedUp * (100 + terms.uncountedPercent)
      ? (['more-than-signed-up'] as const)
      : []),
  ]
}
