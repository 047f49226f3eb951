// For the tests of surveys: a family member who stands on record for a child.
import type { Person, TestApp } from '../../../tests/support/app.ts'
import { giveProxy } from '../../foundation/identity/contract/residents.ts'
import { openField } from '../../foundation/identity/public.ts'
import { rowOf } from '../../platform/database.ts'

/** The child's account names the guardian by number, as at the counter. */
export async function giveProxyTo(app: TestApp, child: Person, guardian: Person): Promise<void> {
  const row = await rowOf<{ phone_sealed: Buffer }>(
    app.parts.platform.database.reader,
    'SELECT phone_sealed FROM identity.person WHERE jurisdiction = $1 AND id = $2',
    [guardian.id.slice(0, 6), guardian.id.slice(7)],
  )

  const phone = await openField(
    app.parts.platform,
    app.parts.platform.database.reader,
    guardian.id,
    'phone',
    row?.phone_sealed,
  )
  await app.ok(child, giveProxy, { body: { phone: phone ?? '' } })
}
