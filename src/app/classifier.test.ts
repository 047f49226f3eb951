// The commands of the classifier, run as an operator runs them, on a real database: what workers confirmed comes out, and a model is trained on it.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, places, startApp, type TestApp } from '../../tests/support/app.ts'
import { categoryModelOf, proposeFor } from '../loop/needs/actions/categories.ts'
import * as needs from '../loop/needs/contract.ts'
import * as desk from '../loop/needs/contract/desk.ts'

let app: TestApp
let folder: string
let resident: Person
let worker: Person

beforeAll(async () => {
  app = await startApp()
  folder = mkdtempSync(join(tmpdir(), 'liandong-classifier-'))
  resident = await app.person()
  worker = await app.person('community-worker')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await app?.close()
})

const root = join(import.meta.dirname, '../..')

function run(command: 'export' | 'train', args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [join(root, `src/app/classifier-${command}.ts`), ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: app.database.appUrl, NODE_OPTIONS: '' },
  })
  let out = ''
  child.stdout.on('data', (bytes) => (out += String(bytes)))
  child.stderr.on('data', (bytes) => (out += String(bytes)))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out }))
  })
}

const path = (name: string) => join(folder, name)
async function confirmed(text: string, category: '0801' | '1301', visibility: 'public' | 'private' = 'public') {
  const body = { text, category: '20' as const, division: places.community, visibility }
  const { id } = await app.ok(resident, needs.submitNeed, { body })
  await app.ok(worker, desk.acceptNeed, { params: { id }, body: { category, routeHint: 'department' } })
}

test('what workers confirmed is written to a file, trained on alone, and proposed from', async () => {
  const numbers = ['一', '二', '三', '四', '五', '六']
  for (const number of numbers) {
    await confirmed(`${number}号楼的电梯又停了，维保没有人来`, '0801')
    await confirmed(`${number}组想排练合唱，找不到练歌的教室`, '1301')
  }
  await confirmed('家里的难处只想让社区知道', '0801', 'private')
  expect(await run('export', [path('rows.jsonl')])).toEqual({ code: 0, out: `12 rows: ${path('rows.jsonl')}\n` })
  const written = readFileSync(path('rows.jsonl'), 'utf8')
  expect(written).not.toContain('难处')
  expect(statSync(path('rows.jsonl')).mode & 0o077).toBe(0)
  const trained = await run('train', ['--only', '--out', path('model.json'), path('rows.jsonl')])
  expect(trained.code, trained.out).toBe(0)
  expect(trained.out).toMatch(/^12 rows, \d+ kB/)
  const model = categoryModelOf(JSON.parse(readFileSync(path('model.json'), 'utf8')))
  expect(proposeFor('七号楼的电梯停了', 50, model)).toMatchObject({ category: '08' })
  expect(proposeFor('排练合唱的教室', 50, model)?.words).toContain('合唱')
})

test('the export says which file it wants, and leaves standard output alone', async () => {
  const { code, out } = await run('export', [])
  expect([code, out]).toEqual([2, expect.stringContaining('rows.jsonl')])
})

test.each([
  ['a line that is no JSON', '\n> liandong@0.1.0 classifier:export\n', 'line 2'],
  ['a category that we do not have', '{"category":"9901","text":"电梯"}', 'line 1'],
  ['a row without text', '{"category":"0801","text":""}', 'line 1'],
  ['rows of one class only', '{"category":"0801","text":"电梯"}', 'nothing to tell apart'],
])('training on %s is refused with its place, and writes nothing', async (_, content, said) => {
  writeFileSync(path('bad.jsonl'), content)
  const { code, out } = await run('train', ['--only', '--out', path('none.json'), path('bad.jsonl')])
  expect([code, out]).toEqual([2, expect.stringContaining(said)])
  expect(existsSync(path('none.json'))).toBe(false)
})
