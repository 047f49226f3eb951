// The demo's words, read from data/demo and checked: all made up.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const need = z.object({
  key: z.string(),
  category: z.string(),
  title: z.string(),
  text: z.string(),
  forWhom: z.enum(['self', 'family', 'group']),
  visibility: z.enum(['public', 'private']),
  voice: z.string(),
  place: z.string(),
  answer: z.string(),
  verdictWords: z.object({ met: z.string(), partly: z.string(), notMet: z.string() }),
  declineCode: z.string().optional(),
  declineReason: z.string().optional(),
})
const person = z.object({
  name: z.string(),
  sex: z.string(),
  birth: z.string(),
  phone: z.string(),
  nickname: z.string(),
})
const socialWorker = z.object({
  name: z.string(),
  sex: z.string(),
  birth: z.string(),
  level: z.enum(['assistant', 'social-worker', 'senior']),
  skill: z.array(z.string()),
})
const staff = z.object({
  name: z.string(),
  role: z.string(),
  title: z.string(),
  place: z.string(),
  department: z.string().optional(),
})
const organization = z.object({
  name: z.string(),
  kind: z.enum(['association', 'service-institution', 'foundation', 'community-organization']),
  standing: z.enum(['registered', 'filed']),
  agency: z.boolean(),
  serial: z.string(),
  categories: z.array(z.string()),
  charter: z.string(),
  address: z.string(),
  founded: z.string(),
  rating: z.enum(['1A', '2A', '3A', '4A', '5A']).optional(),
  class: z.string().optional(),
  evaluator: z.boolean().optional(),
})
const goal = z.object({ indicator: z.string(), target: z.number(), unit: z.string() })
const project = z.object({
  key: z.string(),
  theme: z.string(),
  category: z.string(),
  needs: z.array(z.string()),
  title: z.string(),
  targetGroup: z.string(),
  goals: z.array(z.string()),
  activities: z.array(z.string()),
  outputs: z.array(goal),
  outcomes: z.array(goal),
  budgetLines: z.array(
    z.object({ name: z.string(), quantity: z.number(), unit: z.string(), unitPrice: z.string(), amount: z.string() }),
  ),
  budget: z.string(),
  fundSource: z.string(),
  mode: z.string(),
  milestones: z.array(z.object({ title: z.string(), deliverable: z.string(), share: z.number() })),
  criteria: z.array(z.object({ name: z.string(), weight: z.number() })),
  motion: z.object({
    title: z.string(),
    text: z.string(),
    for: z.number(),
    against: z.number(),
    abstain: z.number(),
    minutes: z.string(),
  }),
  serviceRecords: z.array(
    z.object({
      activity: z.string(),
      place: z.string(),
      minutes: z.number(),
      attendance: z.number(),
      words: z.string(),
    }),
  ),
  acceptanceWords: z.array(z.string()),
  evaluation: z.object({ score: z.number(), words: z.string() }),
  bids: z.array(z.object({ price: z.string(), words: z.string() })),
})
const words = z.object({
  declines: z.array(z.object({ code: z.string(), words: z.string() })),
  sendBacks: z.array(z.string()),
  mergers: z.array(z.string()),
  askResidents: z.array(z.string()),
  supports: z.array(z.string()),
  statementsFor: z.array(z.string()),
  statementsAgainst: z.array(z.string()),
  returns: z.array(z.string()),
  withdrawals: z.array(z.string()),
})

const wish = z.object({
  key: z.string(),
  ending: z.enum(['asked', 'offered', 'open', 'claimed', 'delivered', 'confirmed', 'unconfirmed', 'fell-back']),
  category: z.string(),
  need: z.string(),
  title: z.string(),
  text: z.string(),
  delivery: z.string(),
  thanks: z.string(),
  shownName: z.string().optional(),
  private: z.boolean().default(false),
  by: z.enum(['giver', 'body']).default('giver'),
})
const body = z.object({
  kind: z.enum(['enterprise', 'party-branch']),
  name: z.string(),
  words: z.string(),
  confirmed: z.boolean(),
})

export type WishContent = z.output<typeof wish>
export type BodyContent = z.output<typeof body>
export type NeedContent = z.output<typeof need>
export type ProjectContent = z.output<typeof project>
export type Content = {
  readonly needs: readonly NeedContent[]
  readonly residents: readonly z.output<typeof person>[]
  readonly socialWorkers: readonly z.output<typeof socialWorker>[]
  readonly staff: readonly z.output<typeof staff>[]
  readonly organizations: readonly z.output<typeof organization>[]
  readonly projects: readonly ProjectContent[]
  readonly words: z.output<typeof words>
  readonly wishes: readonly WishContent[]
  readonly bodies: readonly BodyContent[]
}

/** Reads the files under data/demo of the program's root. */
export function readContent(root: string): Content {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(root, 'data/demo', name), 'utf8'))
  const people = z
    .object({ residents: z.array(person), socialWorkers: z.array(socialWorker), staff: z.array(staff) })
    .parse(read('people.json'))
  return {
    needs: z.object({ needs: z.array(need) }).parse(read('needs.json')).needs,
    ...people,
    organizations: z.object({ organizations: z.array(organization) }).parse(read('organizations.json')).organizations,
    projects: z.object({ projects: z.array(project) }).parse(read('projects.json')).projects,
    words: words.parse(read('words.json')),
    ...z.object({ wishes: z.array(wish), bodies: z.array(body) }).parse(read('wishes.json')),
  }
}
