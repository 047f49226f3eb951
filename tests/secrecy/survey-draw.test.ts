// The public redraw of a survey's sample: it agrees with an honest draw over the network, and names a changed list, order, secret, size or person.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyDraw } from '../../src/app/draw-verify.ts'
import { redrawSurvey, type SurveyDrawFile, surveyDrawFile, type Witness } from '../../src/app/draw-verify/survey.ts'
import * as surveys from '../../src/loop/evaluation/contract/surveys.ts'
import * as contract from '../../src/loop/evaluation/contract.ts'
import { supportNeed } from '../../src/loop/needs/contract.ts'
import { type Person, startApp, type TestApp } from '../support/app.ts'
import { makeStory } from '../support/story.ts'

/** So many are drawn where more than 60 were served: the default policy. */
const sample = 80
let app: TestApp
let folder: string
let survey = ''
let file: SurveyDrawFile
let witness: Witness
/** One who was drawn and one who was not, as they saw it while the survey ran. */
let asked = ''
let passed = ''
let strangers: number[]

beforeAll(async () => {
  app = await startApp()
  folder = mkdtempSync(join(tmpdir(), 'liandong-survey-draw-'))
  const residents: Person[] = []
  for (let made = 0; made < 100; made += 1) residents.push(await app.person())
  const story = await makeStory(app, 'delivering')
  const who = (key: string): Person => {
    const person = story.people.get(key)
    if (person === undefined) throw new Error(`nobody plays ${key}`)
    return person
  }
  for (const resident of residents) await app.ok(resident, supportNeed, { params: { id: story.thread.needs[0] ?? '' } })
  await app.settle()
  const { id } = await app.ok(who('reviewer'), contract.planEvaluation, {
    body: {
      contract: story.thread.contract as never,
      kind: 'mid-term',
      evaluator: who('evaluator').id,
      items: [{ source: 'survey', name: '满意', weight: 100, questions: ['服务态度您满意吗？'] }],
    },
  })
  const { commitment = '' } = (await app.ok(who('evaluator'), contract.getEvaluation, { params: { id } })).survey ?? {}
  survey = (await app.ok(who('evaluator'), surveys.openSurvey, { params: { id } })).survey
  await app.settle()
  const params = { id: survey }
  const { populationHash = '', population = 0 } = await app.ok('nobody', surveys.getSurvey, { params })
  const nonce = randomBytes(32).toString('hex')
  const drawn = await app.ok(who('evaluator'), surveys.drawSurvey, { params: { id }, body: { nonce, populationHash } })
  witness = { survey, commitment, populationHash, nonce, population, size: drawn.size }
  await app.settle()
  const seen = []
  for (const resident of residents) {
    const { receipts } = await app.ok(resident, surveys.listSurveyReceipts, { params })
    const link = await app.call(resident, surveys.takeSurveyLink, { params })
    seen.push({ ...receipts[0], link: link.status })
  }
  asked = seen.find((each) => each.asked === true && each.link === 200)?.receipt ?? ''
  passed = seen.find((each) => each.asked === false && each.link === 403)?.receipt ?? ''
  strangers = seen.flatMap((each) => ((each.asked === true) === (each.link === 200) ? [] : [each.link]))
  await app.pass(20)
  file = surveyDrawFile.parse(await app.ok('nobody', surveys.getSurveyDraw, { params }))
}, 240_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await app?.close()
})

const found = (of: SurveyDrawFile, given: Parameters<typeof redrawSurvey>[1] = {}) =>
  redrawSurvey(of, given).faults.map((fault) => fault.what)
const changed = (change: (copy: SurveyDrawFile) => void): SurveyDrawFile => {
  const copy = structuredClone(file)
  change(copy)
  return copy
}
/** As somebody publishes it who wants no fault to show: hash, seed and sample follow from whatever was changed. */
const smoothed = (change: (copy: SurveyDrawFile) => void): SurveyDrawFile => {
  const copy = changed(change)
  const again = redrawSurvey(copy)
  return { ...copy, populationHash: again.listHash, seed: again.seed, asked: again.order }
}

test('an honest draw agrees, with what the evaluator kept and with the receipts of who was drawn and who was not', () => {
  expect([file.list.length > sample, file.asked.length, asked, passed].map(Boolean)).toEqual([true, true, true, true])
  const { faults, own } = redrawSurvey(file, {
    witnesses: [witness],
    own: [asked, passed.toUpperCase().replace(/.{4}/g, '$& ')],
    commitment: witness.commitment,
  })
  expect(faults).toEqual([])
  expect(own.map((each) => each.place === undefined)).toEqual([false, true])
  // Links went to exactly those whose entry was drawn.
  expect(strangers).toEqual([])
})

test('a beneficiary left out, added, exchanged or moved is found; made to fit, by the published hash that others noted', () => {
  const differs = ['list-differs', 'seed-differs']
  expect(found(changed(({ list }) => list.pop()))).toEqual(differs)
  expect(found(changed(({ list }) => list.splice(3, 1, `${list[3]?.slice(0, -1)}x`)))).toEqual(
    expect.arrayContaining(differs),
  )
  expect(found(changed(({ list }) => list.reverse()))).toEqual(['list-not-in-order', ...differs])
  const hidden = smoothed((copy) => {
    copy.list = copy.list.slice(1)
  })
  expect(found(hidden)).toEqual([])
  expect(found(hidden, { witnesses: [witness] })).toEqual(['witness-list', 'witness-size'])
  const without = smoothed((copy) => {
    const [entry] = redrawSurvey(file, { own: [passed] }).own
    copy.list = copy.list.filter((each) => each !== entry?.entry)
  })
  expect(found(without, { own: [passed] })).toEqual(['own-missing'])
})

test('another secret is found by the commitment; exchanged with it, by whoever noted the first', () => {
  const other = 'f'.repeat(64)
  expect(
    found(
      smoothed((copy) => {
        copy.secret = other
      }),
    ),
  ).toEqual(['secret-differs'])
  const both = smoothed((copy) => {
    copy.secret = other
    copy.commitment = redrawSurvey(copy, { own: [other] }).own[0]?.entry ?? ''
  })
  expect(found(both)).toEqual([])
  expect(found(both, { commitment: witness.commitment })).toEqual(['commitment-differs'])
  expect(found(both, { witnesses: [witness] })).toEqual(['witness-commitment'])
})

test('a draw made again with another number is found by the evaluator’s receipt, one without any number by itself', () => {
  const again = smoothed((copy) => {
    copy.nonce = 'e'.repeat(64)
  })
  expect(found(again)).toEqual([])
  expect(found(again, { witnesses: [witness] })).toEqual(['witness-number'])
  expect(found(changed((copy) => Reflect.deleteProperty(copy, 'nonce')))).toEqual(['number-missing', 'seed-differs'])
  expect(found(file, { witnesses: [{ ...witness, survey: 'another' }] })).toEqual(['witness-elsewhere'])
})

test('more or fewer asked, an exchanged person and another order are found, each by its name', () => {
  expect(found(changed((copy) => copy.asked.pop()))).toEqual(['size-differs', 'left-out'])
  const [out = ''] = file.list.filter((each) => !file.asked.includes(each))
  expect(found(changed((copy) => copy.asked.push(out)))).toEqual(['size-differs', 'not-drawn'])
  const swapped = redrawSurvey(changed((copy) => copy.asked.splice(2, 1, out))).faults
  expect(swapped).toEqual([
    { what: 'not-drawn', which: out },
    { what: 'left-out', which: file.asked[2] },
  ])
  expect(found(changed((copy) => copy.asked.reverse()))).toEqual(['order-differs'])
  const smaller = smoothed((copy) => {
    copy.terms = { ...copy.terms, sample: sample - 5 }
  })
  expect(found(smaller, { witnesses: [witness] })).toEqual(['witness-size'])
})

test('where all are asked nothing is drawn, and whoever is not asked is found', () => {
  const all = changed((copy) => {
    copy.terms = { ...copy.terms, all: copy.list.length }
    copy.asked = copy.list
    delete copy.nonce
    delete copy.seed
  })
  expect(found(all)).toEqual([])
  expect(found({ ...all, asked: all.asked.slice(1) })).toEqual(['size-differs', 'left-out'])
})

test('the command says so: 0 agreed over the network and from a file, 1 something differs, 2 not readable or not yet public', async () => {
  const keep = (name: string, value: unknown) => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(value))
    return path
  }
  const said: string[] = []
  const run = async (...args: string[]) => {
    said.length = 0
    return verifyDraw(args, (line) => said.push(line))
  }
  const site = await app.server.listen({ port: 0, host: '127.0.0.1' })
  const receipt = keep('witness.json', witness)
  expect(await run(site, '--survey', survey, '--own', asked, '--receipt', receipt)).toBe(0)
  expect(said.filter((line) => line.startsWith('drawn'))).toHaveLength(sample)
  expect(said.some((line) => /^your own: .*, asked as number \d+$/.test(line))).toBe(true)
  expect(said.at(-1)).toMatch(/^agreed/)
  expect(await run(keep('draw.json', file), '--survey', survey, '--own', passed)).toBe(0)
  expect(said.some((line) => /^your own: .*, not asked$/.test(line))).toBe(true)
  const wrong = keep('wrong.json', { ...file, asked: file.asked.slice(1) })
  expect(await run(wrong, '--survey', survey)).toBe(1)
  expect(said.filter((line) => line.startsWith('WRONG'))).toHaveLength(2)
  expect(await run(keep('wrong.json', file), '--survey', 'another')).toBe(2)
  expect(await run(keep('empty.json', { ...file, list: [] }), '--survey', survey)).toBe(2)
  expect(await run(join(folder, 'none.json'), '--survey', survey)).toBe(2)
  expect(await run(site, '--survey', '320505-00000000-0000-7000-8000-000000000000')).toBe(2)
  expect(await run(site)).toBe(2)
})
