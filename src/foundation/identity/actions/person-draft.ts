// A new person before it is saved: what is masked, what is sealed under the person's own key, and when somebody is of age.
import { maskCitizenId, maskName, maskPhone, parseCitizenId } from '../../../kit/chinese-ids.ts'
import type { DivisionCode, Id } from '../../../kit/id.ts'
import { addDays } from '../../../kit/instant.ts'
import { ageOn, parsePlainDate, today } from '../../../kit/plain-date.ts'
import type { Act } from '../../../platform/action.ts'
import { wholeProvince } from '../contract.ts'
import { adultAge } from '../rules.ts'
import type * as people from '../store/people.ts'

export type NewPerson = {
  readonly name: string
  readonly phone?: string
  /** The community of residence; without it a person has none. */
  readonly residence?: DivisionCode
  /** YYYY-MM-DD; where left out it is read from the identity number. */
  readonly birth?: string
  readonly idNumber?: string
  /** Confirmed from the start (the demo, tests): by whom, else by the actor. */
  readonly verified?: boolean
  readonly verifiedBy?: string
  /** Staff act under this name. */
  readonly officialName?: string
  /** Staff sign in by it; lower case. */
  readonly account?: string
  readonly password?: string
  readonly totpSecret?: string
  readonly enrolment?: { readonly hash: string; readonly until: number }
}

/** Where a person's field stands, for its seal. */
export const cell = (column: string, row: string) => ({ table: 'identity.person', column, row })

/** Seals a field of a person under the person's key. */
export function sealField(
  act: Act,
  person: string,
  column: 'name' | 'phone' | 'birth' | 'id_number',
  text: string,
): Promise<Buffer> {
  return act.platform.cipher.seal(act.tx, person, cell(column, person), text)
}

/** A new person as it will lie in the database; nothing is written but the person's key. */
export async function draftPerson(act: Act, fresh: NewPerson, id: Id<'person'>): Promise<people.Person> {
  const { cipher } = act.platform
  const { phone, idNumber } = fresh
  const name = fresh.name.trim()
  const birth = fresh.birth ?? (idNumber === undefined ? undefined : parseCitizenId(idNumber)?.birth)
  const born = birth === undefined ? undefined : parsePlainDate(birth)
  const days = act.policy.number('identity.verification-days', wholeProvince)
  const seal = async (column: 'name' | 'phone' | 'birth' | 'id_number', text: string | undefined) =>
    text === undefined || text === '' ? undefined : sealField(act, id, column, text)
  // One after the other: the first makes the person's key, the others find it.
  const [nameSealed, phoneSealed] = [await seal('name', name), await seal('phone', phone)]
  const [birthSealed, idNumberSealed] = [await seal('birth', born), await seal('id_number', idNumber)]
  return {
    id,
    state: fresh.verified ? 'verified' : 'unverified',
    version: 1,
    maskedName: name === '' ? `居民${phone?.slice(-4) ?? ''}` : maskName(name),
    nameSealed,
    officialName: fresh.officialName,
    account: fresh.account?.toLowerCase(),
    phoneBlind: phone === undefined ? undefined : cipher.blind('phone', phone),
    maskedPhone: phone === undefined ? undefined : maskPhone(phone),
    phoneSealed,
    birthSealed,
    idNumberBlind: idNumber === undefined ? undefined : cipher.blind('id-number', idNumber),
    idNumberSealed,
    maskedIdNumber: idNumber === undefined ? undefined : maskCitizenId(idNumber),
    adult: born !== undefined && ageOn(born, today(act.now)) >= adultAge,
    verifiedAt: fresh.verified ? act.now : undefined,
    verifiedUntil: fresh.verified ? addDays(act.now, days) : undefined,
  }
}
