// The first half of one thread: from a resident's sentence to an approved project.
import type { Instant } from '../../kit/instant.ts'
import { today } from '../../kit/plain-date.ts'
import * as deliberation from '../../loop/deliberation/contract.ts'
import * as desk from '../../loop/needs/contract/desk.ts'
import * as needs from '../../loop/needs/contract.ts'
import * as projects from '../../loop/projects/contract.ts'
import type { NeedContent, ProjectContent } from './content.ts'
import { pointOf } from './points.ts'
import type { Cast, Player, Teller } from './story.ts'

/** Told after each step: what was done, by whom. The smoke run prints it with the time it took. */
export type Narrator = (step: string, who: Player, record?: string) => void

const forWhoms = { self: 'self', family: 'other', group: 'group' } as const

/** Raises one need as its resident. Answers its id. */
export async function raiseNeed(teller: Teller, resident: Player, content: NeedContent): Promise<string> {
  const raised = await teller.act(resident, needs.submitNeed, {
    body: {
      title: content.title,
      text: content.text,
      category: content.category as never,
      division: resident.division,
      place: content.place,
      point: content.visibility === 'public' ? pointOf(resident.division, content.place) : undefined,
      forWhom: forWhoms[content.forWhom],
      visibility: content.visibility,
      urgency: 'normal',
      files: [],
    },
  })
  return raised.id
}

/** Neighbours support it, each once. */
export async function supportNeed(teller: Teller, need: string, neighbours: readonly Player[]): Promise<void> {
  for (const neighbour of neighbours) await teller.act(neighbour, needs.supportNeed, { params: { id: need } })
}

/** The community's worker accepts a need with the route that is meant. */
export async function acceptNeed(
  teller: Teller,
  worker: Player,
  need: string,
  content: NeedContent,
  routeHint: needs.PlannedRoute,
): Promise<void> {
  await teller.act(worker, desk.acceptNeed, {
    params: { id: need },
    body: { category: content.category as never, routeHint },
  })
}

/** A motion from needs, decided at a recorded meeting, published, and past its notice period. Answers its id. */
export async function deliberate(
  teller: Teller,
  cast: Cast,
  needIds: readonly string[],
  project: ProjectContent,
  tell: Narrator,
): Promise<string> {
  const { motion } = project
  const proposed = await teller.act(cast.worker, deliberation.proposeMotion, {
    body: {
      title: motion.title,
      text: motion.text,
      division: cast.worker.division,
      as: 'community',
      needs: [...needIds],
      files: [],
    },
  })
  const params = { id: proposed.id }
  tell('提出议题', cast.worker, proposed.number)
  await teller.pass(2)
  await teller.act(cast.head, deliberation.admitMotion, { params })
  tell('审定议题', cast.head)
  await teller.act(cast.worker, deliberation.startDiscussion, { params })
  tell('开始讨论', cast.worker)
  await teller.pass(6)
  const present = motion.for + motion.against + motion.abstain
  await teller.act(cast.worker, deliberation.openMeeting, {
    params,
    body: {
      date: today(teller.now()),
      place: '社区议事厅',
      eligible: Math.round(present * 1.4),
      form: 'representatives',
    },
  })
  tell('召开会议', cast.worker)
  await teller.pass(1)
  await teller.act(cast.worker, deliberation.recordMeeting, {
    params,
    body: {
      attendance: present,
      for: motion.for,
      against: motion.against,
      abstain: motion.abstain,
      minutes: motion.minutes,
      files: [],
    },
  })
  tell('登记会议结果', cast.worker)
  await teller.act(cast.head, deliberation.confirmMeeting, { params })
  tell('第二人核实结果', cast.head)
  await teller.act(cast.worker, deliberation.publishResolution, { params })
  tell('公示决议', cast.worker)
  const published = await teller.act(cast.worker, deliberation.getMotion, { params })
  if (published.noticeUntil !== undefined) await teller.until(published.noticeUntil as Instant)
  await teller.pass(0.3)
  return proposed.id
}

/** Class of the taxonomy -> item of the purchase catalogue. */
const items: Readonly<Record<string, string>> = {
  '01': 'A01',
  '02': 'A04',
  '03': 'A06',
  '05': 'A07',
  '06': 'A08',
  '08': 'B09',
  '09': 'B10',
  '10': 'B11',
  '11': 'B04',
  '12': 'A12',
  '13': 'A10',
  '14': 'A11',
  '16': 'B12',
}

/** Items that the demo's projects buy under. */
export const purchaseItems: readonly string[] = [...new Set([...Object.values(items), 'B01'])]
const sources = {
  'fiscal-transfer': 'fiscal-transfer',
  'department-purchase': 'department-purchase',
  'welfare-lottery': 'welfare-lottery',
  donation: 'donation',
} as const
/** A community does not choose the way of a venture call: the content’s one such project is bought like the others. */
const modes: readonly string[] = projects.projectModes.filter((mode) => mode !== 'venture-call')

/** Days of the calendar as text. */
function dateAfter(teller: Teller, days: number): never {
  return today(new Date(Date.parse(teller.now()) + days * 86_400_000).toISOString() as never) as never
}

/** The community designs the project from the needs and their resolution. Answers its id. */
export async function design(
  teller: Teller,
  cast: Cast,
  needIds: readonly string[],
  motion: string | undefined,
  project: ProjectContent,
  tell: Narrator,
): Promise<string> {
  const named = sources[project.fundSource as keyof typeof sources] ?? 'fiscal-transfer'
  // The demo's welfare-lottery money is earmarked for the elderly.
  const source = named === 'welfare-lottery' && !project.category.startsWith('01') ? 'fiscal-transfer' : named
  const results = [
    ...project.outputs.map((goal) => ({ kind: 'output' as const, ...goal })),
    ...project.outcomes.map((goal) => ({ kind: 'outcome' as const, ...goal })),
  ]
  const designed = await teller.act(cast.worker, projects.designProject, {
    body: {
      division: cast.worker.division,
      title: project.title,
      targetGroup: project.targetGroup,
      goals: project.goals.join('；'),
      categories: [project.category as never],
      needs: [...needIds],
      motion,
      results,
      activities: project.activities.map((name, index) => ({ name: name.slice(0, 60), times: 4 + index })),
      start: dateAfter(teller, 60),
      end: dateAfter(teller, 300),
      steps: [],
      budgetLines: project.budgetLines.map(({ name, ...line }) => ({
        item: name,
        purpose: 'service' as const,
        ...line,
      })),
      budget: project.budget,
      mode: (modes.includes(project.mode) ? project.mode : 'contracting-out') as projects.ProjectMode,
      source,
      purchaseItem: items[project.category.slice(0, 2)] ?? 'B01',
      partners: [
        { kind: 'social-worker', role: '方案实施与个别化服务', persons: 3 },
        { kind: 'volunteer', role: '协助组织活动', persons: 12 },
      ],
    },
  })
  tell('设计项目', cast.worker, designed.number)
  await teller.pass(2)
  return designed.id
}

/** Hands the design to the township, where a resolution shows that residents took part. */
export async function submitDesign(teller: Teller, cast: Cast, project: string, tell: Narrator): Promise<void> {
  await teller.act(cast.worker, projects.submitProject, { params: { id: project }, body: { to: 'review' } })
  tell('提交审核', cast.worker)
  await teller.pass(3)
}

/** The township approves. */
export async function approve(teller: Teller, cast: Cast, project: string, tell: Narrator): Promise<void> {
  await teller.act(cast.reviewer, projects.approveProject, {
    params: { id: project },
    body: { opinion: '需求真实、居民参与充分、预算合理，同意立项。' },
  })
  tell('街道批准', cast.reviewer)
}
