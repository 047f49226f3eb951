// Contracts: the signed paper. When both parties confirmed the same one, the contract is active and its money set aside in the same transaction.
import { hasFreshSecondFactor } from '../../../foundation/identity/public.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import { type Act, action } from '../../../platform/action.ts'
import { encumber } from '../../../registers/funds/public.ts'
import { tenderContracted } from '../../procurement/public.ts'
import { projectContracted } from '../../projects/public.ts'
import * as contract from '../contract.ts'
import { type Contract, judgedContract, lineageOf, personOf, standing } from '../rules.ts'
import * as rules from '../rules/terms.ts'
import * as store from '../store.ts'
import { answerOf, recordContract, refOf, save, tellOrganization, tellPurchaser } from './recording.ts'

/** The stored paper: of the caller and attached now, or attached to this contract before. */
async function paperOf(act: Act, before: Contract, file: string): Promise<Ruling<{ id: string; sha256: string }>> {
  const to = { kind: 'contract-paper', id: before.id }
  const attached = await act.platform.files.attach(act.tx, personOf(act.actor), [file], to, { orThere: true })
  if (!attached.ok) return attached
  const [paper] = attached.value
  return paper === undefined ? absent() : allow(paper)
}

/** Money is set aside, project and tender, where there was one, are carried on; funds that are short undo the signature with all of it. */
export async function activate(act: Act, before: Contract, after: Contract): Promise<Ruling<void>> {
  const money = await encumber(act, {
    division: after.division,
    source: after.source,
    project: { kind: 'project', id: after.project },
    contract: refOf(after),
    amount: after.value,
    categories: after.categories,
    proposedBy: after.draftedBy,
  })
  if (!money.ok) return money
  const tender = after.tender === undefined ? allow(0) : await tenderContracted(act, after.tender, after.id, after.lot)
  if (!tender.ok) return tender
  const project = await projectContracted(act, after.project, after.id, after.value, tender.value)
  if (!project.ok) return project
  recordContract(act, 'activateContract', before, after, {
    amount: after.value,
    links: lineageOf(after).slice(1, 3),
    data: { milestones: after.milestones.length, source: after.source },
  })
  return allow(undefined)
}

/** Both parties hear that their contract is in force, right after the act: it has enough to carry with money, tender and project. */
export async function tellActive(act: Act, id: string): Promise<void> {
  const active = await store.findContract(act.tx, id)
  if (active === undefined) return
  await tellOrganization(act, active, 'active')
  await tellPurchaser(act, active, 'active')
}

export const uploadSignedContract = action(contract.uploadSignedContract, async (act, { params, body }) => {
  const before = await store.findContractForUpdate(act.tx, params.id)
  if (before === undefined) return absent()
  const open = await act.judge(judgedContract(before), () => {
    const fresh = hasFreshSecondFactor(act.actor, act.platform)
    return fresh.ok ? standing(before, 'uploadSignedContract', act.actor) : fresh
  })
  if (!open.ok) return open
  const file = body.file === undefined ? undefined : await paperOf(act, before, body.file)
  if (file !== undefined && !file.ok) return file
  const ruling = rules.signContract(before, act.actor, act.now, { sha256: body.sha256, file: file?.value })
  if (!ruling.ok) return ruling
  const after = ruling.value
  const waits: Contract = { ...after, state: 'signing' }
  recordContract(act, 'uploadSignedContract', before, waits, { data: { sha256: body.sha256 } })
  const active = after.state === 'active' ? await activate(act, waits, after) : allow(undefined)
  if (!active.ok) return active
  await save(act, before, after)
  return allow(answerOf(after))
})
