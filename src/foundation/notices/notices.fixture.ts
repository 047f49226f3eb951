// Refs of records for the tests of notices.
import { type Id, jurisdictionOf, makeId, type RecordRef } from '../../kit/id.ts'
import { asDivision } from '../../kit/id.ts'
import { instant } from '../../kit/instant.ts'
import { uuidAt } from '../../platform/clock.ts'

/** A ref of a record that no domain knows. */
export function createdRecord(kind: string): RecordRef {
  const id: Id<string> = makeId(jurisdictionOf(asDivision('320505')), uuidAt(instant(Date.now())))
  return { kind, id }
}
