// Each house rule with a planted breach in a repository of its own.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { houseFaults } from '../../scripts/check/house-rules.ts'

const project = resolve(import.meta.dirname, '../..')
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'liandong-house-'))
  execFileSync('git', ['init', '-q'], { cwd: root })
  cpSync(join(project, 'architecture.json'), join(root, 'architecture.json'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function faultsWith(path: string, text: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  return houseFaults(root).join('\n')
}

const head = '// A planted file.\n'

describe('the house rules', () => {
  it('pass a sound file', () => {
    expect(faultsWith('src/loop/needs/rules.ts', `${head}export const one = 1\n`)).toBe('')
  })

  it('pass Chinese in what no reader of the page sees: comments, regular expressions, tests, the server', () => {
    const comments = `${head}// 说明（一）\nexport const marks = /[，；]/\n/** “${'元'}” */\nexport const two = '“a” — b · c…'\n`
    expect(faultsWith('src/web/features/needs/Marks.tsx', comments)).toBe('')
    expect(faultsWith('src/web/features/needs/marks.test.ts', `${head}export const said = '路灯'\n`)).toBe('')
    expect(faultsWith('src/loop/needs/rules.ts', `${head}export const joint = '。'\n`)).toBe('')
  })

  it.each([
    ['a string', `export const label = 'A：B'`],
    ['the head of a template', `export const label = (n: number) => \`（\${n})\``],
    ['the end of a template', `export const label = (n: number) => \`(\${n}）\``],
    ['a template without values', 'export const label = `，`'],
    ['a JSX text', 'export const One = () => <b>a，b</b>'],
    ['a JSX attribute', 'export const One = () => <b title="说明">a</b>'],
    ['what stands beside an exception', `export const marks = ['，', '、']`, 'src/web/ui/desk/FormFields.tsx'],
  ])('refuse Chinese in a component: %s', (_name, text, path = 'src/web/features/needs/Marks.tsx') => {
    expect(faultsWith(path, `${head}${text}\n`)).toMatch(/^src\S+:2: Chinese in the code \(“.”\)[^\n]*$/)
  })

  it.each([
    ['a file that does not say what it holds', 'src/kit/a.ts', 'export const one = 1\n', /first line/],
    ['a file over 400 lines', 'src/kit/a.ts', `${head}${'export {}\n'.repeat(401)}`, /more than 400/],
    ['an unfinished word', 'src/kit/a.ts', `${head}// ${'TO'}DO later\n`, /unfinished/],
    ['an escape from the types', 'src/kit/a.ts', `${head}export const one = 1 as ${'unknown'} as string\n`, /escape/],
    ['a skipped test', 'src/kit/a.test.ts', `${head}it.${'skip'}('x', () => {})\n`, /skipped/],
    [
      'a test that sleeps',
      'src/kit/a.test.ts',
      `${head}await new Promise((done) => ${'set'}Timeout(done, 50))\n`,
      /sleeps/,
    ],
    [
      'hidden time in a rule',
      'src/loop/needs/rules.ts',
      `${head}export const one = () => ${'Date'}.now()\n`,
      /time and chance/,
    ],
    ['a room that the house does not know', 'src/loop/needs/service.ts', head, /not a room/],
    ['a domain that the law does not know', 'src/loop/auctions/rules.ts', head, /not a domain/],
  ])('refuse %s', (_name, path, text, says) => {
    expect(faultsWith(path, text)).toMatch(says)
  })
})
