// For the tests of surveys: a family member who stands on record for a child, and a group whose members came.
import type { Person, TestApp } from './app.ts'
import type { Casework } from '../../src/loop/delivery/casework.fixture.ts'
import * as groups from '../../src/loop/delivery/contract/groups.ts'
import { giveProxy } from '../../src/foundation/identity/contract/residents.ts'
import { openField } from '../../src/foundation/identity/public.ts'
import { rowOf } from '../../src/platform/database.ts'

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

/** A group of the contract with these members, whose first session was held with all of them. */
export async function heldGroup(work: Casework, members: readonly object[]): Promise<void> {
  const { app, worker } = work
  const day = 60 * 24
  const { id } = await app.ok(worker, groups.planGroup, {
    body: {
      contract: work.contract,
      activity: work.activity,
      title: '邻里互助小组',
      type: 'mutual-aid',
      aims: '邻居之间互相照应，定期见面。',
      place: '社区活动室',
      capacity: 12,
      sessions: (['forming', 'transition', 'maturity', 'maturity', 'ending'] as const).map((phase, index) => ({
        theme: `第${index + 1}次`,
        phase,
        from: work.at(day * (index + 1)),
        until: work.at(day * (index + 1) + 60),
      })),
    },
  } as never)
  for (const member of members) await app.ok(worker, groups.addGroupMember, { params: { id }, body: member } as never)
  await app.ok(worker, groups.startGroup, { params: { id } } as never)
  await app.pass(2)
  const page = await app.ok(worker, groups.getGroup, { params: { id } } as never)
  await app.ok(worker, groups.recordGroupSession, {
    params: { id, session: page.sessions[0]?.id },
    body: {
      from: work.at(-75),
      until: work.at(-15),
      present: (page.people ?? []).map((each) => each.id),
      words: '大家互相认识。',
    },
  } as never)
}
