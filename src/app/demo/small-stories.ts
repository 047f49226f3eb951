// Stories of single needs: every way that a need can go which no project is needed for.
import * as desk from '../../loop/needs/contract/desk.ts'
import * as needs from '../../loop/needs/contract.ts'
import type { Content, NeedContent } from './content.ts'
import type { Player, Teller } from './story.ts'
import { acceptNeed, raiseNeed, supportNeed } from './thread-start.ts'

/** Who takes part in a single need. */
export type SmallCast = {
  readonly resident: Player
  readonly neighbours: readonly Player[]
  readonly worker: Player
  readonly head: Player
  readonly officer: Player
}

export const endings = [
  'met',
  'partly',
  'not-met',
  'unconfirmed',
  'answered',
  'responding',
  'referred',
  'accepted',
  'submitted',
  'overdue',
  'declined',
  'appealed',
  'withdrawn',
  'merged',
  'asked',
  'draft',
] as const
export type Ending = (typeof endings)[number]

/** How many days before the end a story must begin to come to its ending, about; working days where the need is still open. */
export const lengthOf: Readonly<Record<Ending, number>> = {
  met: 30,
  partly: 30,
  'not-met': 40,
  unconfirmed: 45,
  answered: 14,
  responding: 6,
  referred: 8,
  accepted: 4,
  submitted: 2,
  overdue: 8,
  declined: 30,
  appealed: 6,
  withdrawn: 10,
  merged: 12,
  asked: 4,
  draft: 1,
}

const rating = { met: 5, partly: 3, 'not-met': 2 } as const

async function verdict(
  teller: Teller,
  cast: SmallCast,
  id: string,
  content: NeedContent,
  value: 'met' | 'partly' | 'not-met',
): Promise<void> {
  const words =
    value === 'met'
      ? content.verdictWords.met
      : value === 'partly'
        ? content.verdictWords.partly
        : content.verdictWords.notMet
  await teller.act(cast.resident, needs.giveVerdict, {
    params: { id },
    body: { verdict: value, rating: rating[value], words },
  })
}

/** The department (or the community's own station) answers what was referred to it. */
async function referAndAnswer(teller: Teller, cast: SmallCast, id: string, content: NeedContent): Promise<void> {
  const params = { id }
  await teller.act(cast.worker, desk.referNeed, { params, body: { department: needs.ownStation } })
  await teller.pass(4)
  await teller.act(cast.worker, desk.answerNeed, { params, body: { words: content.answer, files: [] } })
  await teller.pass(3)
}

/** Tells the story of one need to its ending. `other`: a need of the same community that it may be merged into. */
export async function tellNeed(
  teller: Teller,
  cast: SmallCast,
  content: NeedContent,
  ending: Ending,
  words: Content['words'],
  index: number,
): Promise<void> {
  if (ending === 'draft') {
    await teller.act(cast.resident, needs.draftNeed, {
      body: {
        text: content.text,
        category: content.category as never,
        division: cast.resident.division,
        visibility: content.visibility,
        files: [],
      },
    })
    return
  }
  const id = await raiseNeed(teller, cast.resident, content)
  const params = { id }
  if (content.visibility === 'public') {
    await teller.pass(0.3)
    await supportNeed(teller, id, cast.neighbours.slice(0, (index * 7) % 9))
  }
  if (ending === 'submitted' || ending === 'overdue') return
  if (ending === 'withdrawn') {
    await teller.pass(2)
    await teller.act(cast.resident, needs.withdrawNeed, { params })
    return
  }
  await teller.pass(ending === 'asked' ? 1 : 1.5)
  if (ending === 'asked') {
    await teller.act(cast.worker, desk.askResident, {
      params,
      body: { words: words.askResidents[index % words.askResidents.length] ?? '请补充具体位置。' },
    })
    return
  }
  if (ending === 'declined' || ending === 'appealed') {
    const reasons = needs.declineReasons
    await teller.act(cast.worker, desk.declineNeed, {
      params,
      body: {
        reason: reasons[index % reasons.length] ?? 'not-clear',
        words: content.declineReason ?? words.declines[index % words.declines.length]?.words ?? '不在社区职责之内。',
      },
    })
    if (ending === 'appealed') {
      await teller.pass(1)
      await teller.act(cast.resident, needs.appealNeed, { params, body: { words: '我不同意这个答复，请再看一看。' } })
    }
    return
  }
  if (ending === 'merged') {
    const similar = await teller.act(cast.worker, needs.listDeskNeeds, {
      query: { division: cast.resident.division, sort: 'submitted', size: 50 },
    })
    const into = similar.rows.find(
      (row) => row.id !== id && !row.private && ['submitted', 'accepted', 'responding'].includes(row.state),
    )
    if (into !== undefined && content.visibility === 'public')
      await teller.act(cast.worker, desk.mergeNeed, { params, body: { into: into.id } })
    return
  }
  await acceptNeed(teller, cast.worker, id, content, 'department')
  if (ending === 'accepted') return
  await teller.pass(1)
  if (ending === 'responding') {
    await teller.act(cast.worker, desk.referNeed, { params, body: { department: needs.ownStation } })
    return
  }
  if (ending === 'referred') {
    await teller.act(cast.worker, desk.referNeed, {
      params,
      body: { department: cast.officer.department ?? needs.ownStation },
    })
    return
  }
  await referAndAnswer(teller, cast, id, content)
  if (ending === 'answered' || ending === 'unconfirmed') return
  await verdict(teller, cast, id, content, ending)
  if (ending === 'not-met') {
    // Reopened once and raised to the township: the community tries again.
    await teller.pass(5)
    const now = await teller.act(cast.worker, needs.getNeed, { params })
    if (now.actions.find((action) => action.verb === 'answerNeed')?.ok) {
      await teller.act(cast.worker, desk.answerNeed, { params, body: { words: content.answer, files: [] } })
      await teller.pass(3)
      await verdict(teller, cast, id, content, index % 2 === 0 ? 'not-met' : 'partly')
    }
  }
}
