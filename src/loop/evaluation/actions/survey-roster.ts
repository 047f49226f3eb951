// Evaluation: the frozen list of a survey: whose entry is whose, sealed under the survey's key until it ends, and the opaque entries that are published.
import { randomBytes } from 'node:crypto'
import { listGuardians, listNumberHolders, listPeople } from '../../../foundation/identity/public.ts'
import { maskName } from '../../../kit/chinese-ids.ts'
import { today } from '../../../kit/plain-date.ts'
import type { Act } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { getContract } from '../../contracts/public.ts'
import { type Beneficiary, beneficiariesOf } from '../../delivery/public.ts'
import { listConcerned } from '../../needs/public.ts'
import { guardianAge, type Survey } from '../rules/survey.ts'
import * as store from '../store/surveys.ts'
import { sm3 } from './survey-keys.ts'

/** Somebody on the list: where the link goes, and what stands on the list of papers when it goes nowhere. */
export type Listed = {
  /** Of the invitation, should it come to one. */
  readonly id: string
  /** 32 hexadecimal digits that only this person is shown: who holds it finds the own entry, nobody else's. */
  readonly receipt: string
  readonly to: readonly string[]
  readonly guardian: boolean
  readonly shown?: string
}

/** What is published of somebody on the list. */
export const entryOf = (listed: Pick<Listed, 'receipt'>): string => sm3(listed.receipt)

const list = (who: Omit<Listed, 'id' | 'receipt'>): Listed => ({
  id: store.invitationUuid(),
  receipt: randomBytes(16).toString('hex'),
  ...who,
})

type Named = Extract<Beneficiary, { name: string }>

/**
 * Who is known by name may have an account by now: one with the same number and, as far as masked names tell, the same name. A number alone may be a
 * daughter's or a guardian's.
 */
async function findAccounts(act: Act, served: readonly Beneficiary[]): Promise<{ found: string[]; named: Named[] }> {
  const all = served.filter((one): one is Named => 'name' in one)
  const numbers = all.flatMap((each) => each.phone ?? [])
  const holders = numbers.length === 0 ? undefined : await listNumberHolders(act.platform, act.tx, numbers)
  const cards = await listPeople(
    act.tx,
    [...(holders?.values() ?? [])].map((holder) => holder.id),
  )
  const accountOf = ({ name, phone, underFourteen }: Named) => {
    const holder = underFourteen ? undefined : holders?.get(phone ?? '')
    return holder !== undefined && cards.get(holder.id)?.maskedName === maskName(name) ? holder.id : undefined
  }
  return {
    found: all.flatMap((each) => accountOf(each) ?? []),
    named: all.filter((each) => accountOf(each) === undefined),
  }
}

/** Residents whose needs started it and all who were served, once each, without those who did the work or judge it. */
export async function listBeneficiaries(act: Act, survey: Survey): Promise<Listed[]> {
  const card = await getContract(act.tx, survey.contract)
  const served = await beneficiariesOf(act.platform, act.tx, survey.contract)
  const persons = new Map<string, boolean>()
  for (const person of await listConcerned(act.tx, card.needs)) persons.set(person, false)
  for (const each of served) if ('person' in each) persons.set(each.person, each.underFourteen)
  const { found, named } = await findAccounts(act, served)
  for (const person of found) persons.set(person, persons.get(person) ?? false)
  for (const person of [survey.evaluator, ...card.team.map((member) => member.person)]) persons.delete(person)
  const children = await listGuardians(act.platform, act.tx, {
    persons: [...persons.keys()],
    day: today(act.now),
    under: guardianAge,
  })
  for (const [person, young] of persons) if (young && !children.has(person)) children.set(person, [])
  const lonely = [...children].flatMap(([child, guardians]) => (guardians.length === 0 ? [child] : []))
  const cards = await listPeople(act.tx, lonely)
  return [
    ...[...persons.keys()].map((person) => {
      const guardians = children.get(person)
      return list({
        to: guardians ?? [person],
        guardian: guardians !== undefined,
        shown: guardians?.length === 0 ? (cards.get(person)?.maskedName ?? '—') : undefined,
      })
    }),
    // Nothing on the list of papers says by what they were served. Of a child under 14 the slip is for the guardian.
    ...named.map((each) => list({ to: [], guardian: each.underFourteen, shown: maskName(each.name) })),
  ]
}

const rosterPlace = (survey: string) => ({ table: 'evaluation.survey', column: 'roster', row: survey })

export function sealRoster(platform: Platform, tx: Tx, survey: string, listed: readonly Listed[]): Promise<Buffer> {
  return platform.cipher.seal(tx, survey, rosterPlace(survey), JSON.stringify(listed))
}

/** Who is on the list of a survey; nobody before it is frozen and once the survey ended. */
export async function openRoster(platform: Platform, tx: Tx, survey: string): Promise<Listed[]> {
  const sealed = await store.findRoster(tx, survey)
  const text = sealed && (await platform.cipher.open(tx, survey, rosterPlace(survey), sealed))
  return text === undefined ? [] : JSON.parse(text)
}
