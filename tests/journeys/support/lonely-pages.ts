// Pages to which only some states of a record lead: who opens them, and where such a record is found.
import { raise, type Row, rowsOf, verifiedResidents } from './records.ts'
import { demoPeople, personOf, type sizes, type Visit } from './visit.ts'

export type LonelyPage = {
  readonly size?: keyof typeof sizes
  /** Signs in whoever may open the page, and answers its address. */
  readonly find: (visit: Visit) => Promise<string>
}

/** The first record that somebody of a role sees in a list; the window becomes that person. */
async function firstSeen(
  visit: Visit,
  role: string,
  list: string,
  fits: (row: Row) => boolean = () => true,
): Promise<string> {
  for (const person of (await demoPeople()).filter((each) => each.role === role)) {
    await visit.become(person)
    const row = (await rowsOf(visit, list)).find(fits)
    if (row) return row.id
  }
  throw new Error(`no ${role} of the demo sees such a record in ${list}`)
}

type VotedMotion = { readonly id: string; readonly vote?: { readonly id: string; readonly form: string } }

/** A motion that is voted on in secret now, as a worker of its place sees it. */
async function votedMotion(visit: Visit, form: 'households' | 'residents'): Promise<VotedMotion> {
  for (const person of (await demoPeople()).filter((each) => each.role === 'community-worker')) {
    await visit.become(person)
    for (const { id } of await rowsOf(visit, '/api/motions/desk?size=50&state=voting')) {
      const motion = await visit.send<VotedMotion>('GET', `/api/motions/${id}`)
      if (motion.vote?.form === form) return motion
    }
  }
  throw new Error(`no motion of the demo is voted on by ${form}`)
}

/** A tender with sealed bids, as its procurer sees it. */
async function sealedTender(visit: Visit): Promise<string> {
  for (const person of (await demoPeople()).filter((each) => each.role === 'township-procurer')) {
    await visit.become(person)
    for (const { id } of await rowsOf(visit, '/api/tenders/desk?size=50&state=planning')) {
      const { bidForm } = await visit.send<{ bidForm: string }>('GET', `/api/tenders/${id}`)
      if (bidForm === 'sealed') return id
    }
  }
  throw new Error('no tender of the demo takes sealed bids')
}

/** A survey that runs, as a worker of its place sees it. */
async function runningSurvey(visit: Visit): Promise<string> {
  for (const person of (await demoPeople()).filter((each) => each.role === 'community-worker')) {
    await visit.become(person)
    for (const { id } of await rowsOf(visit, '/api/evaluations?size=50&state=planned')) {
      const { survey } = await visit.send<{ survey?: { id?: string } }>('GET', `/api/evaluations/${id}`)
      if (survey?.id !== undefined) return survey.id
    }
  }
  throw new Error('no survey of the demo runs')
}

export const lonelyPages: readonly LonelyPage[] = [
  { find: async (visit) => `/desk/evaluation/surveys/${await runningSurvey(visit)}/papers` },
  { size: 'phone', find: async () => '/surveys/answer' },
  {
    size: 'phone',
    find: async (visit) => {
      const { vote } = await votedMotion(visit, 'residents')
      await visit.become(await personOf('resident'))
      return `/votes/${vote?.id ?? ''}`
    },
  },
  { find: async (visit) => `/desk/deliberation/${(await votedMotion(visit, 'households')).id}/roll` },
  { find: async (visit) => `/desk/deliberation/${(await votedMotion(visit, 'households')).id}/roll/import` },
  { find: async (visit) => `/desk/deliberation/${(await votedMotion(visit, 'households')).id}/paper` },
  {
    size: 'phone',
    find: async (visit) => {
      const group = await firstSeen(visit, 'social-worker', '/api/groups?size=50&state=running')
      const { sessions } = await visit.send<{ sessions: { id: string }[] }>('GET', `/api/groups/${group}`)
      await visit.become(await personOf('resident'))
      return `/groups/${group}/sessions/${sessions[0]?.id ?? ''}/check-in`
    },
  },
  {
    size: 'phone',
    find: async (visit) => {
      const occasion = await firstSeen(visit, 'social-worker', '/api/occasions/desk?size=50&state=open')
      await visit.become(await personOf('resident'))
      return `/occasions/${occasion}`
    },
  },
  {
    size: 'phone',
    find: async (visit) => {
      const motion = await firstSeen(visit, 'community-worker', '/api/motions/desk?size=50&state=voting')
      await visit.become(await personOf('resident'))
      return `/motions/${motion}/check-in`
    },
  },
  {
    find: async (visit) =>
      `/desk/deliberation/${await firstSeen(visit, 'community-worker', '/api/motions/desk?size=50&state=voting')}/meeting`,
  },
  {
    find: async (visit) =>
      `/desk/deliberation/${await firstSeen(visit, 'community-worker', '/api/motions/desk?size=50&state=discussing')}/statements`,
  },
  {
    size: 'phone',
    find: async (visit) => {
      const [resident] = await verifiedResidents(visit, 1)
      if (!resident) throw new Error('nobody lives here')
      return `/raise/done?id=${await raise(visit, resident, { text: '凉亭的木凳少了一块板，坐着不稳当，请补上。' })}`
    },
  },
  {
    size: 'phone',
    find: async (visit) => {
      const [resident] = await verifiedResidents(visit, 1)
      if (!resident) throw new Error('nobody lives here')
      await visit.become(resident)
      const body = {
        kind: 'party-branch',
        name: '巷口第三党支部',
        division: resident.division,
        words: '愿意陪老人就医。',
      }
      const { id } = await visit.send<{ id: string }>('POST', '/api/supporting-bodies', body)
      return `/supporting-bodies/${id}`
    },
  },
  {
    find: async (visit) =>
      `/desk/projects/${await firstSeen(visit, 'community-worker', '/api/projects/desk?size=50')}/edit`,
  },
  {
    find: async (visit) =>
      `/desk/projects/templates/${await firstSeen(visit, 'township-reviewer', '/api/project-templates?size=50')}/edit`,
  },
  {
    find: async (visit) =>
      `/desk/venture/${await firstSeen(visit, 'township-procurer', '/api/venture-calls/desk?state=planning')}/edit`,
  },
  {
    find: async (visit) =>
      `/desk/venture/${await firstSeen(visit, 'organization-administrator', '/api/venture-calls?state=open')}/propose`,
  },
  {
    find: async (visit) =>
      `/desk/venture/proposals/${await firstSeen(visit, 'organization-administrator', '/api/venture-proposals/mine?state=draft')}/edit`,
  },
  {
    find: async (visit) =>
      `/desk/venture/${await firstSeen(visit, 'panelist', '/api/venture-panels', (row) => row.state === 'panel')}/score`,
  },
  {
    size: 'phone',
    find: async (visit) => {
      const [call] = await rowsOf(visit, '/api/venture-calls?state=voting')
      const [proposal] = await rowsOf(visit, `/api/venture-calls/${call?.id ?? ''}/proposals`)
      return `/venture/proposals/${proposal?.id ?? ''}`
    },
  },
  {
    find: async (visit) => {
      await visit.become(await personOf('township-reviewer'))
      return '/desk/projects/templates/new'
    },
  },
  {
    size: 'phone',
    find: async (visit) => {
      const contract = await firstSeen(visit, 'township-procurer', '/api/contracts?state=active&size=20')
      await visit.become(await personOf('resident'))
      return `/contracts/${contract}`
    },
  },
  {
    find: async (visit) =>
      `/desk/procurement/${await firstSeen(visit, 'township-procurer', '/api/tenders/desk?size=50')}/edit`,
  },
  {
    find: async (visit) =>
      `/desk/procurement/${await firstSeen(visit, 'panelist', '/api/tenders/panels?size=50')}/score`,
  },
  ...['keys', 'bid', 'opening'].map((page) => ({
    find: async (visit: Visit) => `/desk/procurement/${await sealedTender(visit)}/${page}`,
  })),
  {
    find: async (visit) =>
      `/desk/contracts/new?tender=${await firstSeen(visit, 'township-procurer', '/api/tenders/desk?size=50', ({ state }) => state === 'awarded' || state === 'contracted')}`,
  },
  {
    find: async (visit) =>
      `/desk/contracts/${await firstSeen(visit, 'township-procurer', '/api/contracts?size=50')}/edit`,
  },
  {
    find: async (visit) =>
      `/desk/funds/accounts/${await firstSeen(visit, 'county-finance', '/api/funds/accounts?size=20')}`,
  },
  {
    find: async (visit) => {
      await visit.become(await personOf('community-worker'))
      return '/desk/search?q=%E8%B7%AF%E7%81%AF'
    },
  },
  {
    find: async (visit) => {
      const contract = await firstSeen(visit, 'county-overseer', '/api/contracts?state=active&size=20')
      const { id } = await visit.send<{ id: string }>('POST', '/api/findings', {
        contract,
        kind: 'records',
        words: '两次服务记录没有写清地点，请补齐。',
      })
      return `/desk/evaluation/findings/${id}`
    },
  },
  {
    find: async (visit) =>
      `/desk/evaluation/inspections/${await firstSeen(visit, 'county-overseer', '/api/inspections?size=20')}`,
  },
  {
    find: async (visit) => {
      const person = await personOf('system-administrator')
      await visit.become(person)
      const client = {
        name: '养老服务信息系统',
        department: '区民政局',
        division: person.division,
        redirectUris: ['https://yanglao.example/back'],
        logoutUris: [],
        authMethod: 'client_secret_basic',
      }
      const { id } = await visit.send<{ id: string }>('POST', '/api/oidc-clients', client)
      return `/desk/oidc-clients/${id}`
    },
  },
  {
    find: async (visit) => {
      const person = await personOf('system-administrator')
      await visit.become(person)
      const program = { name: '城市随手拍', operator: '虚构科技公司', division: person.division }
      const { id } = await visit.send<{ id: string }>('POST', '/api/api-clients', program)
      return `/desk/api-clients/${id}`
    },
  },
]
