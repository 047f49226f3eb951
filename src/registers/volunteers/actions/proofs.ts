// Proofs of hours: made by the volunteer, drawn as PDF for them alone, checked by whoever holds the code.
import { randomInt } from 'node:crypto'
import { divisionName, fullDivisionName } from '../../../foundation/divisions/public.ts'
import { getPerson, openName } from '../../../foundation/identity/public.ts'
import type { Actor } from '../../../kit/actor.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { allow, forbid, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import { drawPdf } from '../../../platform/paper/pdf.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as contract from '../contract.ts'
import { proofPaper } from '../rules/paper.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'

/** Twelve of 31 signs at random: 59 bits, of which an address may try thirty in five minutes. */
function newCode(jurisdiction: string): string {
  const signs = Array.from({ length: 12 }, () => rules.codeSigns[randomInt(rules.codeSigns.length)]).join('')
  return [jurisdiction, signs.slice(0, 4), signs.slice(4, 8), signs.slice(8)].join('-')
}

export const issueHoursProof = action(contract.issueHoursProof, async (act) => {
  const { actor } = act
  if (actor.kind !== 'person') return forbid('forbidden')
  // Locked: the sums of the entry and the first and last hour are those of one moment.
  const volunteer = await store.findVolunteerForUpdate(act.tx, actor.personId)
  if (volunteer === undefined) return refuse('not-volunteer')
  const [last] = await store.listProofsOf(act.tx, actor.personId)
  const ruling = await act.judge(rules.judgedVolunteer(volunteer), () => rules.issueHoursProof(volunteer, last))
  if (!ruling.ok) return ruling
  const span = await store.findHoursSpan(act.tx, actor.personId)
  if (span === undefined) return refuse('no-hours')
  const jurisdiction = jurisdictionOf(volunteer.division)
  const proof: rules.HoursProof = {
    id: act.newId<'hours-proof'>(jurisdiction),
    division: volunteer.division,
    person: volunteer.person,
    maskedName: (await getPerson(act.tx, volunteer.person)).maskedName,
    number: await act.nextNumber('hours-proof', jurisdiction),
    code: newCode(jurisdiction),
    minutes: volunteer.minutes,
    shifts: volunteer.shifts,
    ...span,
    issuedAt: act.now,
  }
  await store.insertProof(act.tx, proof)
  act.record({
    name: 'volunteers.issueHoursProof',
    of: { kind: 'volunteer', id: volunteer.id },
    division: volunteer.division,
    data: { proof: proof.id, minutes: proof.minutes, shifts: proof.shifts },
  })
  return allow({ id: proof.id, number: rules.shownProofNumber(proof), code: proof.code })
})

export const checkHoursProof = question(contract.checkHoursProof, async (ask, { query }) => {
  const read = rules.readCode(query.code)
  const proof = read && (await store.findProofByCode(ask.tx, read.jurisdiction, read.code))
  if (proof === undefined) return refuse('proof-unknown', {}, { kind: 'absent' })
  return allow({
    number: rules.shownProofNumber(proof),
    maskedName: proof.maskedName,
    minutes: proof.minutes,
    shifts: proof.shifts,
    from: proof.firstAt,
    until: proof.lastAt,
    issuedAt: proof.issuedAt,
    divisionName: divisionName(proof.division),
  })
})

/** The paper of a proof, with the whole name; for the volunteer alone, undefined for anybody else. Drawn anew, kept nowhere. */
export async function drawHoursProof(
  platform: Platform,
  actor: Actor,
  id: string,
): Promise<{ readonly name: string; readonly bytes: Buffer } | undefined> {
  const tx = platform.database.reader
  const proof = await store.findProof(tx, id)
  if (proof === undefined || actor.kind !== 'person' || actor.personId !== proof.person) return undefined
  const paper = proofPaper(proof, {
    name: (await openName(platform, tx, proof.person)) ?? proof.maskedName,
    place: `${divisionName(proof.division.slice(0, 4)) ?? ''}${fullDivisionName(proof.division)}`,
    checkAt: platform.publicUrl === undefined ? undefined : new URL('/volunteer-proof', platform.publicUrl).href,
  })
  return { name: `${paper.number}.pdf`, bytes: await drawPdf(paper) }
}
