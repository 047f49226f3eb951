// Identity: the SQL of children and of the family on record for them. Nothing but SQL.
import { rowsOf, type Tx } from '../../../platform/database.ts'

/** Persons of a set who are no adults and whose birth is on record. One statement. */
export function listMinors(tx: Tx, persons: readonly string[]): Promise<{ person: string; birth_sealed: Buffer }[]> {
  return rowsOf(
    tx,
    `SELECT p.jurisdiction::text || '-' || p.id::text AS person, p.birth_sealed
     FROM (SELECT left(ref, 6) AS jurisdiction, substr(ref, 8)::uuid AS id FROM unnest($1::text[]) AS ref) x
     JOIN identity.person p ON p.jurisdiction = x.jurisdiction AND p.id = x.id WHERE NOT p.adult AND p.birth_sealed IS NOT NULL`,
    [[...new Set(persons)]],
  )
}

/** Family members with an account who stand on record for some persons on a day. One statement, none when nobody is asked for. */
export async function listFamilyProxies(
  tx: Tx,
  persons: readonly string[],
  day: string,
): Promise<{ person: string; guardian: string }[]> {
  if (persons.length === 0) return []
  return rowsOf(
    tx,
    `SELECT x.person, p.jurisdiction::text || '-' || p.id::text AS guardian FROM identity.proxy x
     JOIN identity.person p ON p.phone_blind = x.proxy_phone_blind
     WHERE x.person = ANY($1) AND x.kind = 'family' AND x.revoked_at IS NULL AND (x.until_day IS NULL OR x.until_day >= $2)`,
    [[...persons], day],
  )
}
