// Projects: residents' comments and their summary, the township's review.
import { notify } from '../../../foundation/notices/public.ts'
import { listHolders } from '../../../foundation/identity/public.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, refuse } from '../../../kit/ruling.ts'
import { formatYuan } from '../../../kit/money.ts'
import { type Act, action, type Binding, systemAct } from '../../../platform/action.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as reviewing from '../rules/review.ts'
import * as store from '../store.ts'
import * as catalogue from '../store/purchase.ts'
import { purchaseYear } from './purchase.ts'
import { recordProject, termsOf } from './recording.ts'

export const commentOnProject = action(contract.commentOnProject, async (act, { params, body }) => {
  const project = await store.findProjectForUpdate(act.tx, params.id)
  if (project === undefined || project.openedAt === undefined) return absent()
  const ruling = await act.judge(rules.judgedComment(project), () =>
    reviewing.commentOnProject(project, act.actor, act.now, body),
  )
  if (!ruling.ok) return ruling
  if (act.actor.kind !== 'person') return absent()
  const comment = { person: act.actor.personId, stance: body.stance, words: body.words, at: act.now }
  if (!(await store.insertComment(act.tx, project, comment))) return refuse('already-commented')
  await store.saveProject(act.tx, ruling.value, act.now)
  recordProject(act, 'commentOnProject', project, ruling.value, { data: { stance: body.stance }, quiet: true })
  return allow({ id: project.id, version: ruling.value.version, state: ruling.value.state })
})

export const closeComment = action(contract.closeComment, async (act, { params, body }) => {
  const project = await store.findProjectForUpdate(act.tx, params.id)
  if (project === undefined) return absent()
  const terms = termsOf(act, project.division)
  const ruling = await act.judge(rules.judgedProject(project), () =>
    reviewing.closeComment(project, act.actor, act.now, body.summary, terms),
  )
  if (!ruling.ok) return ruling
  await store.saveProject(act.tx, ruling.value, act.now)
  recordProject(act, 'closeComment', project, ruling.value, { data: { ...ruling.value.tally } })
  return allow({ id: project.id, version: ruling.value.version, state: ruling.value.state })
})

/** The timer: nobody wrote the summary in time, so the figures stand alone. */
export async function closeCommentByTimer(act: Act, id: string): Promise<void> {
  const project = await store.findProjectForUpdate(act.tx, id)
  if (project === undefined) return
  const ruling = reviewing.closeComment(project, act.actor, act.now, undefined, termsOf(act, project.division))
  if (!ruling.ok) return
  await store.saveProject(act.tx, ruling.value, act.now)
  recordProject(act, 'closeComment', project, ruling.value, { data: { ...ruling.value.tally, byTimer: true } })
}

const approval = action(contract.approveProject, async (act, { params }) => {
  const project = await store.findProjectForUpdate(act.tx, params.id)
  if (project === undefined) return absent()
  const item = await catalogue.findPurchaseItem(
    act.tx,
    jurisdictionOf(project.division),
    purchaseYear(act.now),
    project.purchaseItem,
  )
  const ruling = await act.judge(rules.judgedProject(project), () =>
    reviewing.approveProject(project, act.actor, act.now, {
      listed: item?.listed ?? false,
      negative: item?.negative ?? undefined,
    }),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveProject(act.tx, next, act.now)
  recordProject(act, 'approveProject', project, next, {
    data: { evidence: next.evidence?.kind ?? null, item: next.purchaseItem },
    amount: next.budget,
  })
  notify(act, {
    persons: next.designers,
    kind: 'projects.approved',
    of: { kind: 'project', id: next.id },
    params: { number: rules.shownNumber(next) },
  })
  return allow({ id: next.id, version: next.version, state: next.state })
})

/** A refused act rolls back and leaves nothing: the report of a duty without money is therefore an act of its own, once per project. */
async function reportUnfundedDuty(platform: Platform, id: string): Promise<void> {
  await systemAct(platform, 'projects.reportUnfundedDuty', async (act) => {
    const project = await store.findProjectForUpdate(act.tx, id)
    if (project?.duty === undefined || project.dutyReportedAt !== undefined || !reviewing.isUnfunded(project))
      return absent()
    await store.saveProject(act.tx, { ...project, dutyReportedAt: act.now }, act.now)
    const brought = formatYuan(project.duty.money)
    recordProject(act, 'reportUnfundedDuty', project, project, {
      data: { department: project.duty.department, brought, budget: formatYuan(project.budget) },
      amount: project.budget,
      quiet: true,
    })
    const told = await Promise.all(
      (['county-finance', 'county-civil-affairs'] as const).map((role) => listHolders(act.tx, role, project.division)),
    )
    notify(act, {
      persons: told.flat(),
      kind: 'projects.unfunded-duty',
      of: { kind: 'project', id },
      params: { number: rules.shownNumber(project), brought, budget: formatYuan(project.budget) },
    })
    return allow(undefined)
  })
}

export const approveProject: Binding = {
  ...approval,
  async run(platform, call, input, around) {
    const ruling = await approval.run(platform, call, input, around)
    if (!ruling.ok && ruling.code === 'funds-must-follow-duty') {
      const { params } = contract.approveProject
      const named = params?.safeParse(
        typeof input === 'object' && input !== null ? Reflect.get(input, 'params') : undefined,
      )
      if (named?.success) await reportUnfundedDuty(platform, named.data.id)
    }
    return ruling
  },
}

export const sendBackProject = action(contract.sendBackProject, async (act, { params, body }) => {
  const project = await store.findProjectForUpdate(act.tx, params.id)
  if (project === undefined) return absent()
  const ruling = await act.judge(rules.judgedProject(project), () =>
    reviewing.sendBackProject(project, act.actor, act.now, body),
  )
  if (!ruling.ok) return ruling
  const next = ruling.value
  await store.saveProject(act.tx, next, act.now)
  recordProject(act, 'sendBackProject', project, next)
  notify(act, {
    persons: next.designers,
    kind: 'projects.sent-back',
    of: { kind: 'project', id: next.id },
    params: { number: rules.shownNumber(next) },
  })
  return allow({ id: next.id, version: next.version, state: next.state })
})
