// Every edge of a motion through the endpoints: in each state each verb is tried by whom it belongs to; what the table allows happens, all else is refused in words.
import { afterAll, describe, expect, it } from 'vitest'
import { type Person, places } from '../../../tests/support/app.ts'
import { uploadTable } from '../../../tests/support/upload.ts'
import * as ballots from './contract/ballots.ts'
import { addProgress } from './contract/follow-up.ts'
import * as day from './contract/meeting.ts'
import * as rolls from './contract/rolls.ts'
import * as statements from './contract/statements.ts'
import * as contract from './contract.ts'
import { at, type Made, noStatement, openPavilion, type Place, words } from './edges.fixture.ts'
import { motionLifecycle, type MotionVerb } from './rules.ts'

const {
  app,
  resident,
  neighbour,
  worker,
  head,
  reviewer,
  meeting,
  terms,
  numbers,
  made,
  decided,
  published,
  counted,
  stateOf,
} = await openPavilion()
afterAll(() => app.close())

type Answer = ReturnType<typeof app.call>
/** Each verb of a person by the person whose it is. */
const tried = {
  supportMotion: async ({ id }: Made) => app.call(await app.person(), contract.supportMotion, at(id)),
  admitMotion: ({ id }: Made) => app.call(head, contract.admitMotion, at(id)),
  declineMotion: ({ id }: Made) => app.call(head, contract.declineMotion, { ...at(id), body: words }),
  withdrawMotion: ({ id }: Made) => app.call(worker, contract.withdrawMotion, at(id)),
  startDiscussion: ({ id }: Made) => app.call(worker, contract.startDiscussion, at(id)),
  addStatement: ({ id }: Made) =>
    app.call(neighbour, statements.addStatement, { ...at(id), body: { side: 'against', words: '会占用停车的地方' } }),
  rateStatement: ({ id, statement }: Made) =>
    app.call(neighbour, statements.rateStatement, { params: { id, statement }, body: { opinion: 'agree' } }),
  openMeeting: ({ id }: Made) => app.call(worker, contract.openMeeting, { ...at(id), body: meeting() }),
  setAgenda: ({ id }: Made) => app.call(worker, day.setAgenda, { ...at(id), body: { items: [{ title: '介绍方案' }] } }),
  openCheckIn: ({ id }: Made) => app.call(worker, day.openCheckIn, at(id)),
  closeCheckIn: ({ id }: Made) => app.call(worker, day.closeCheckIn, at(id)),
  async checkIn({ id }: Made): Answer {
    const { status, body } = await app.call(worker, day.getCheckInCode, at(id))
    return app.call(resident, day.checkIn, { ...at(id), body: { code: status === 200 ? body.code : '000000' } })
  },
  enterPaperCount: ({ id }: Made) =>
    app.call(worker, day.enterPaperCount, { ...at(id), body: { for: 35, against: 3, abstain: 1, invalid: 1 } }),
  recordMeeting: ({ id }: Made) => app.call(worker, contract.recordMeeting, { ...at(id), body: numbers(40, 3) }),
  sendBackMeeting: ({ id }: Made) => app.call(head, contract.sendBackMeeting, { ...at(id), body: words }),
  confirmMeeting: ({ id }: Made) => app.call(head, contract.confirmMeeting, at(id)),
  setRollLine: ({ id }: Made) =>
    app.call(worker, rolls.setRollLine, { ...at(id), body: { household: '3幢2单元101室' } }),
  async removeRollLine({ id }: Made): Answer {
    const { rows } = await app.ok(worker, rolls.listRoll, { ...at(id), query: {} })
    return app.call(worker, rolls.removeRollLine, { params: { id, line: rows[0]?.line ?? 1 } })
  },
  async importRoll({ id }: Made): Answer {
    const file = await uploadTable(app, worker, '门牌,姓名,联系电话\n3幢2单元102室,,')
    return app.call(worker, rolls.importRoll, { ...at(id), body: { file } })
  },
  openVote: ({ id }: Made) => app.call(worker, ballots.openVote, { ...at(id), body: terms() }),
  changeVote: ({ id }: Made) => app.call(worker, ballots.changeVote, { ...at(id), body: terms() }),
  cancelVote: ({ id }: Made) => app.call(head, ballots.cancelVote, { ...at(id), body: words }),
  publishResolution: ({ id }: Made) => app.call(worker, contract.publishResolution, at(id)),
  objectToResolution: ({ id }: Made) => app.call(neighbour, contract.objectToResolution, { ...at(id), body: words }),
  decideObjection: ({ id }: Made) =>
    app.call(reviewer, contract.decideObjection, { ...at(id), body: { upheld: false, ...words } }),
  addProgress: ({ id }: Made) =>
    app.call(worker, addProgress, { ...at(id), body: { words: '地面已经平整', percent: 30 } }),
  reportMotion: ({ id }: Made) =>
    app.call(worker, contract.reportMotion, { ...at(id), body: { words: '充电棚已经建好' } }),
  closeMotion: ({ id }: Made) => app.call(head, contract.closeMotion, at(id)),
} as const satisfies Partial<Record<MotionVerb, (made: Made) => Answer>>
type PersonsVerb = keyof typeof tried
const verbs = Object.keys(tried) as PersonsVerb[]

/** What must have happened in the same state before a verb can lead on. */
const first: Partial<Record<PersonsVerb, readonly PersonsVerb[]>> = {
  closeCheckIn: ['openCheckIn'],
  checkIn: ['openCheckIn'],
  sendBackMeeting: ['recordMeeting'],
  confirmMeeting: ['recordMeeting'],
  decideObjection: ['objectToResolution'],
  removeRollLine: ['setRollLine'],
}
const ofMeeting: readonly PersonsVerb[] = [
  'openMeeting',
  'setAgenda',
  'openCheckIn',
  'closeCheckIn',
  'checkIn',
  'enterPaperCount',
  'recordMeeting',
  'sendBackMeeting',
  'confirmMeeting',
]
const ofVote: readonly PersonsVerb[] = ['changeVote', 'cancelVote']

const placeState = (place: Place): contract.MotionState => (place.startsWith('voting') ? 'voting' : (place as never))
/** Where the table lets a verb lead; of the two ways of voting each knows its own verbs only. */
function edge(place: Place, verb: PersonsVerb): contract.MotionState | undefined {
  const other = place === 'voting by meeting' ? ofVote : place === 'voting in secret' ? ofMeeting : []
  if (other.includes(verb)) return undefined
  const table: Partial<Record<MotionVerb, contract.MotionState>> = motionLifecycle[placeState(place)]
  return table[verb]
}

/** Which of the two ways a motion is voted on is told; a statement that is not there is not found before anything else is asked. */
function refusalOf(place: Place, verb: PersonsVerb, { statement }: Made): [number, string] {
  // In a hall the code alone counts: what is not open is closed, whatever the motion's state.
  if (verb === 'checkIn') return [409, 'check-in-closed']
  if (verb === 'rateStatement' && statement === noStatement) return [404, 'not-found']
  if (place === 'voting by meeting' && ofVote.includes(verb)) return [409, 'no-secret-vote']
  if (place === 'voting in secret' && (verb === 'openMeeting' || verb === 'recordMeeting'))
    return [409, 'secret-vote-running']
  if (place === 'voting in secret' && (verb === 'sendBackMeeting' || verb === 'confirmMeeting'))
    return [409, 'nothing-recorded']
  return [409, 'not-in-this-state']
}

describe.each(Object.keys(made) as Place[])('a motion that is %s', (place) => {
  it.each(verbs.filter((verb) => edge(place, verb) !== undefined))('%s leads on', async (verb) => {
    const motion = await made[place]()
    expect(await stateOf(motion.id)).toBe(placeState(place))
    for (const before of first[verb] ?? []) {
      const { status, problem } = await tried[before](motion)
      expect(status, `${before} ${JSON.stringify(problem)}`).toBe(200)
    }
    const { status, problem } = await tried[verb](motion)
    expect(status, JSON.stringify(problem)).toBe(200)
    expect(await stateOf(motion.id)).toBe(edge(place, verb))
  })

  it('refuses every other verb in words, and stays as it is', async () => {
    const motion = await made[place]()
    const before = await app.ok(worker, contract.getMotion, at(motion.id))
    for (const verb of verbs.filter((each) => edge(place, each) === undefined)) {
      const { status, problem } = await tried[verb](motion)
      expect([status, problem.code], verb).toEqual(refusalOf(place, verb, motion))
      expect(`${problem.title}${problem.detail ?? ''}`, verb).toMatch(/[\u4e00-\u9fff]{4,}/)
    }
    const after = await app.ok(worker, contract.getMotion, at(motion.id))
    expect([after.state, after.version]).toEqual([placeState(place), before.version])
  })
})

describe('who proposes', () => {
  const organization = '320000-0190f1c0-1111-7000-8000-0000000000aa' as never
  const other = '320000-0190f1c0-1111-7000-8000-0000000000bb' as never
  const body = { title: '关于开设书法课的议题', text: '想借社区教室开一门书法课', division: places.community }
  const propose = (who: Person, more: { as: 'organization' | 'community' | 'resident'; organization?: never }) =>
    app.call(who, contract.proposeMotion, { body: { ...body, ...more } })

  it('an organization by its administrator, and only that one withdraws it', async () => {
    const administrator = await app.person('organization-administrator', { division: places.county, organization })
    const { status, body: answer } = await propose(administrator, { as: 'organization', organization })
    expect([status, answer.state]).toEqual([200, 'proposed'])
    expect(await app.ok('nobody', contract.getMotion, at(answer.id))).toMatchObject({ origin: 'organization' })
    for (const who of [worker, neighbour])
      expect((await app.call(who, contract.withdrawMotion, at(answer.id))).status).toBe(403)
    await app.ok(administrator, contract.withdrawMotion, at(answer.id))
    expect(await stateOf(answer.id)).toBe('withdrawn')
  })

  it('nobody in the name of an organization that is not theirs, or of a community without office there', async () => {
    const administrator = await app.person('organization-administrator', { division: places.county, organization })
    expect((await propose(administrator, { as: 'organization', organization: other })).status).toBe(403)
    expect((await propose(neighbour, { as: 'organization', organization })).status).toBe(403)
    expect((await propose(worker, { as: 'organization', organization })).status).toBe(403)
    expect((await propose(neighbour, { as: 'community' })).status).toBe(403)
    const unnamed = await propose(administrator, { as: 'organization' })
    expect(unnamed.problem.fields).toMatchObject([{ path: 'body.organization', code: 'organization-missing' }])
  })
})

describe('outcomes', () => {
  it.each([
    ['adopted', 40, 3],
    ['rejected', 10, 30],
    ['no-quorum', 5, 1],
  ] as const)('a meeting leaves it %s', async (state, inFavour, against) => {
    expect(await stateOf((await decided(inFavour, against)).id)).toBe(state)
  })

  it.each([
    ['adopted', ['for', 'for', 'against'], 3],
    ['rejected', ['for', 'against', 'against'], 3],
    ['no-quorum', ['for', 'for'], 40],
  ] as const)('a secret vote leaves it %s', async (state, choices, eligible) => {
    expect(await stateOf(await counted(choices, eligible))).toBe(state)
  })

  it('the end of the notice carries an adopted motion out, ends the two others, and moves nothing before', async () => {
    for (const [inFavour, against, end] of [
      [40, 3, 'executing'],
      [10, 30, 'closed'],
      [5, 1, 'closed'],
    ] as const) {
      const { id } = await published(inFavour, against)
      await app.pass(2)
      expect(await stateOf(id)).toBe('published')
      await app.pass(13)
      expect(await stateOf(id)).toBe(end)
    }
  })

  it('an upheld objection leads back to discussion', async () => {
    const { id } = await published()
    await app.ok(neighbour, contract.objectToResolution, { ...at(id), body: words })
    await app.ok(reviewer, contract.decideObjection, { ...at(id), body: { upheld: true, ...words } })
    expect(await stateOf(id)).toBe('discussing')
  })

  it('time moves on only what is published or voted on in secret', async () => {
    const still = (Object.keys(made) as Place[]).filter(
      (place) => place !== 'published' && place !== 'voting in secret',
    )
    const ids = new Map<string, Place>()
    for (const place of still) ids.set((await made[place]()).id, place)
    await app.pass(60)
    for (const [id, place] of ids) expect(await stateOf(id)).toBe(placeState(place))
  })

  it('every edge of the table is a verb of a person or an outcome', () => {
    const all = contract.motionStates.flatMap((state) => Object.keys(motionLifecycle[state]))
    const outcomes = [
      'rejectByMeeting',
      'lackQuorum',
      'countVote',
      'rejectByVote',
      'lackVoters',
      'reopenDiscussion',
      'executeMotion',
      'endWithoutResult',
    ]
    // Only where a household took paper: by its own tests (paper.test.ts), as is the wait for it.
    const onPaper = ['awaitPaper', 'enterVotePaper']
    expect(new Set(all)).toEqual(new Set([...verbs, ...outcomes, ...onPaper]))
  })
})
