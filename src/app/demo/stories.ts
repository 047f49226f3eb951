// Which stories the demo tells, where, and when each begins: twelve threads, five of them whole, and the single needs around them.
import { tellCasework } from './casework-story.ts'
import { ancestorAt, type DivisionCode } from '../../kit/id.ts'
import { addDays, addHours, type Instant, max } from '../../kit/instant.ts'
import type { Content, NeedContent, ProjectContent } from './content.ts'
import { type DiscussionCast, tellCarryingOut, tellDiscussion, tellMeeting, tellProposal } from './discussion-story.ts'
import { sealedTender, tellSealedTender } from './sealed-tender.ts'
import { secretVotes, tellVote } from './secret-votes.ts'
import { type Ending, endings, lengthOf, tellNeed } from './small-stories.ts'
import type { Cast, Player, Teller } from './story.ts'
import { tellMatters } from './tender-matters.ts'
import { tellMidTerm } from './thread-evaluation.ts'
import { type Stage, stages, tellThread } from './thread-story.ts'
import { tellTemplate, tellVenture, ventureDays, ventureEndings } from './venture-stories.ts'
import { tellBody, tellWish, wishDays } from './wish-stories.ts'
import { county } from './ground.ts'
import { staffOf, type World } from './world.ts'

/** The history of the demo. `ago`: when a story begins that is to go on over so many working days before the end. */
export type Span = { readonly start: Instant; readonly end: Instant; readonly ago: (workingDays: number) => Instant }

export type Story = { readonly start: Instant; readonly tell: (teller: Teller) => Promise<void> }

/** How far each of the twelve threads has come by the end, how many working days before the end it began, and when casework on its contract did. */
const threads: readonly {
  readonly project: string
  readonly until: Stage
  readonly daysAgo: number
  readonly caseworkDaysAgo?: number
  /** When a mid-term evaluation with a survey began that still runs. */
  readonly midTermDaysAgo?: number
}[] = [
  { project: 'p01', until: 'verdict', daysAgo: 282 },
  { project: 'p02', until: 'verdict', daysAgo: 268 },
  { project: 'p04', until: 'verdict', daysAgo: 254 },
  { project: 'p07', until: 'verdict', daysAgo: 241 },
  { project: 'p12', until: 'verdict', daysAgo: 227 },
  { project: 'p03', until: 'second-milestone', daysAgo: 134 },
  { project: 'p13', until: 'reported', daysAgo: 96, caseworkDaysAgo: 15, midTermDaysAgo: 3 },
  { project: 'p10', until: 'signing', daysAgo: 68 },
  { project: 'p06', until: 'standstill', daysAgo: 53 },
  { project: 'p08', until: 'published', daysAgo: 34 },
  { project: 'p09', until: 'review', daysAgo: 25 },
  { project: 'p14', until: 'deliberation', daysAgo: 11 },
]

function first<T>(list: readonly T[], what: string): T {
  const [one] = list
  if (one === undefined) throw new Error(`the demo has no ${what}`)
  return one
}

function at<T>(list: readonly T[], index: number, what: string): T {
  const one = list[index % list.length]
  if (one === undefined) throw new Error(`the demo has no ${what}`)
  return one
}

/** The people of one thread in a community: nobody twice where duties are separated. */
export function castOf(world: World, community: DivisionCode, index: number, categories: readonly string[]): Cast {
  const township = ancestorAt(community, 'township')
  if (township === undefined) throw new Error('a community lies in a township')
  const residents = (world.residents.get(community) ?? []).filter((_, place) => place % 9 !== 8)
  const workers = staffOf(world, community, 'community-worker')
  const settlers = staffOf(world, township, 'township-settler')
  const agencies = world.organizations.filter((organization) => organization.agency && organization.workers.length >= 3)
  const fit = agencies.filter((agency) =>
    agency.categories.some((category) =>
      categories.some((wanted) => wanted === category || wanted.startsWith(category)),
    ),
  )
  const bidders = [...fit, ...agencies.filter((agency) => !fit.includes(agency))].slice(0, 4)
  return {
    resident: at(residents, index, 'resident'),
    neighbours: residents.filter((_, place) => place !== index % residents.length),
    worker: first(workers, 'worker'),
    secondWorker: at(workers, 1, 'worker'),
    head: first(staffOf(world, community, 'community-head'), 'head'),
    reviewer: at(staffOf(world, township, 'township-reviewer'), index, 'reviewer'),
    procurer: at(staffOf(world, township, 'township-procurer'), index, 'procurer'),
    settler: first(settlers, 'settler'),
    secondSettler: at(settlers, 1, 'settler'),
    overseer: at(staffOf(world, county, 'county-overseer'), index, 'overseer'),
    finance: first(staffOf(world, county, 'county-finance'), 'finance'),
    panelists: staffOf(world, county, 'panelist'),
    evaluator: at(staffOf(world, county, 'evaluator'), index, 'evaluator'),
    bidders: bidders.map((bidder) => ({
      organization: bidder.id,
      administrator: bidder.administrator,
      supervisor: bidder.supervisor,
      workers: bidder.workers,
    })),
  }
}

/** Order in which the endings come around: the frequent ones more often. */
const round: readonly Ending[] = [
  ...endings,
  'met',
  'met',
  'submitted',
  'accepted',
  'met',
  'partly',
  'responding',
  'met',
  'answered',
  'unconfirmed',
  'met',
  'submitted',
  'referred',
  'met',
]

function smallStory(world: World, content: Content, need: NeedContent, index: number, span: Span): Story {
  const ending: Ending = need.declineReason !== undefined && index % 2 === 0 ? 'declined' : at(round, index, 'ending')
  // A need is merged where a thread's needs have been open for long; the others lie all over the townships.
  const community = at(world.communities, ending === 'merged' ? 0 : index * 5, 'community')
  const residents = world.residents.get(community) ?? []
  const verified = residents.filter((_, place) => place % 9 !== 8)
  const resident: Player = at(residents, index, 'resident')
  const closed = ['met', 'partly', 'not-met', 'unconfirmed', 'declined', 'withdrawn', 'merged'].includes(ending)
  // Closed ones lie anywhere in the year, open ones just long enough ago.
  const day =
    ending === 'merged'
      ? addDays(span.end, -300 - (index % 40))
      : closed
        ? addDays(span.end, -lengthOf[ending] - 5 - ((index * 37) % 320))
        : span.ago(lengthOf[ending])
  return {
    start: addHours(day, (index % 9) - 9),
    tell: (teller) =>
      tellNeed(
        teller,
        {
          resident,
          neighbours: verified.filter((neighbour) => neighbour.person !== resident.person),
          worker: first(staffOf(world, community, 'community-worker'), 'worker'),
          head: first(staffOf(world, community, 'community-head'), 'head'),
          officer: at(staffOf(world, county, 'department-officer'), index, 'officer'),
        },
        need,
        ending,
        content.words,
        index,
      ),
  }
}

function threadStory(
  world: World,
  content: Content,
  plan: (typeof threads)[number],
  project: ProjectContent,
  index: number,
  span: Span,
): Story {
  // The first township's communities take turns with the second's.
  const community = at(world.communities, index * 3, 'community')
  const needs = project.needs.flatMap((key) => content.needs.find((need) => need.key === key) ?? [])
  const begun = span.ago(plan.daysAgo)
  return {
    start: max(begun, addDays(span.start, 1)),
    tell: async (teller) => {
      const cast = castOf(world, community, index, [project.category])
      const { contract, tender } = await tellThread(teller, cast, needs, project, { until: plan.until, tell: () => {} })
      if (plan.until === 'published' && tender !== undefined) await tellMatters(teller, cast, tender)
      if (contract === undefined) return
      if (plan.caseworkDaysAgo !== undefined) {
        await teller.until(span.ago(plan.caseworkDaysAgo))
        await tellCasework(teller, cast, contract)
      }
      if (plan.midTermDaysAgo === undefined) return
      await teller.until(span.ago(plan.midTermDaysAgo))
      await tellMidTerm(teller, cast, contract)
    },
  }
}

/** A tender with sealed bids in the first community, where visitors of the demo begin. */
function sealedStory(world: World, content: Content, project: ProjectContent, span: Span): Story {
  const needs = project.needs.flatMap((key) => content.needs.find((need) => need.key === key) ?? [])
  const community = at(world.communities, 0, 'community')
  return {
    start: span.ago(sealedTender.daysAgo),
    tell: (teller) => tellSealedTender(teller, castOf(world, community, 0, [project.category]), needs, project),
  }
}

/** Deliberation by itself, in the community with the most verified residents. */
function discussionStories(world: World, span: Span): Story[] {
  const { communities } = world
  // As the world confirms residents: one in nine over all communities has not been confirmed yet.
  const verified = (community: DivisionCode) =>
    (world.residents.get(community) ?? []).filter(
      (_, place) => (place * communities.length + communities.indexOf(community)) % 9 !== 8,
    )
  const most = Math.max(...communities.map((community) => verified(community).length))
  const community = first(
    communities.filter((each) => verified(each).length === most),
    'community',
  )
  const cast: DiscussionCast = {
    community,
    residents: verified(community),
    worker: first(staffOf(world, community, 'community-worker'), 'worker'),
    head: first(staffOf(world, community, 'community-head'), 'head'),
  }
  return [
    { start: span.ago(2), tell: (teller) => tellProposal(teller, cast) },
    { start: span.ago(7), tell: (teller) => tellDiscussion(teller, cast) },
    { start: span.ago(6), tell: (teller) => tellMeeting(teller, cast, span.end) },
    { start: span.ago(35), tell: (teller) => tellCarryingOut(teller, cast) },
  ]
}

/** Wishes of two neighbouring communities, most of them in the first, where visitors of the demo begin. */
function wishStories(world: World, content: Content, span: Span): Story[] {
  const castAt = (index: number) => {
    const community = at(world.communities, index % 4 === 3 ? 1 : 0, 'community')
    const verified = (world.residents.get(community) ?? []).filter((_, place) => place % 9 !== 8)
    return {
      resident: at(verified, index + 3, 'resident'),
      giver: at(verified, (index % 3) + 20, 'neighbour'),
      worker: first(staffOf(world, community, 'community-worker'), 'worker'),
      head: first(staffOf(world, community, 'community-head'), 'head'),
      bodyPerson: at(
        (world.residents.get(at(world.communities, 0, 'community')) ?? []).filter((_, place) => place % 9 !== 8),
        1,
        'person',
      ),
    }
  }
  const bodies = content.bodies.map((body, index): Story => {
    const { bodyPerson, giver, head } = castAt(0)
    return {
      start: span.ago(body.confirmed ? 80 : 1),
      tell: (teller) => tellBody(teller, body.confirmed ? bodyPerson : giver, head, body, index),
    }
  })
  const single = content.wishes.map(
    (wish, index): Story => ({
      start: addHours(
        addDays(span.ago(wishDays[wish.ending]), wish.ending === 'confirmed' ? -index * 4 : 0),
        -(index % 7),
      ),
      tell: (teller) => tellWish(teller, castAt(index), wish),
    }),
  )
  return [...bodies, ...single]
}

/** Venture calls of the first township, where visitors of the demo begin, one at each stage; and a template. */
function ventureStories(world: World, span: Span): Story[] {
  const cast = castOf(world, at(world.communities, 0, 'community'), 0, ['01'])
  return [
    { start: span.ago(150), tell: (teller) => tellTemplate(teller, cast) },
    ...ventureEndings.map(
      (ending): Story => ({
        start: span.ago(ventureDays[ending]),
        tell: (teller) => tellVenture(teller, cast, ending),
      }),
    ),
  ]
}

/** All stories of the demo. */
export function planStories(world: World, content: Content, span: Span): Story[] {
  const taken = new Set<string>()
  const long = threads.flatMap((plan, index) => {
    const project = content.projects.find((candidate) => candidate.key === plan.project)
    if (project === undefined || !stages.includes(plan.until)) return []
    for (const key of project.needs) taken.add(key)
    return [threadStory(world, content, plan, project, index, span)]
  })
  const sealed = content.projects.find((candidate) => candidate.key === sealedTender.project)
  for (const key of sealed?.needs ?? []) taken.add(key)
  const single = content.needs
    .filter((need) => !taken.has(need.key))
    .map((need, index) => smallStory(world, content, need, index, span))
  const voted = secretVotes.map((plan): Story => {
    const community = at(world.communities, 0, 'community')
    return {
      start: span.ago(plan.daysAgo),
      tell: (teller) => tellVote(teller, castOf(world, community, 0, []), plan),
    }
  })
  const bidding = sealed === undefined ? [] : [sealedStory(world, content, sealed, span)]
  return [
    ...long,
    ...bidding,
    ...single,
    ...voted,
    ...discussionStories(world, span),
    ...wishStories(world, content, span),
    ...ventureStories(world, span),
  ]
}
