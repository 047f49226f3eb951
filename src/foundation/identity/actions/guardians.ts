// Identity: who of some persons is a child, and who stands on record for them. Births are opened here; only ids leave.
import { ageOn, parsePlainDate, type PlainDate } from '../../../kit/plain-date.ts'
import type { Tx } from '../../../platform/database.ts'
import * as store from '../store/guardians.ts'

/** By child: the persons on record who may act for them on a day, none where nobody stands on record. Whose birth is unknown is no child. */
export async function guardiansOf(
  tx: Tx,
  { persons, day, under }: { readonly persons: readonly string[]; readonly day: PlainDate; readonly under: number },
  open: (person: string, sealed: Buffer) => Promise<string | undefined>,
): Promise<Map<string, string[]>> {
  const minors = await store.listMinors(tx, persons)
  const births = await Promise.all(minors.map(({ person, birth_sealed }) => open(person, birth_sealed)))
  const children = minors.flatMap(({ person }, at) => {
    const born = births[at] === undefined ? undefined : parsePlainDate(births[at])
    return born !== undefined && ageOn(born, day) < under ? [person] : []
  })
  const found = new Map<string, string[]>(children.map((child) => [child, []]))
  for (const { person, guardian } of await store.listFamilyProxies(tx, children, day)) found.get(person)?.push(guardian)
  return found
}
