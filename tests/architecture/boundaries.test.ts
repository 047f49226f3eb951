// Each boundary of the house with a planted violation: the check must be red, and green without it.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cruise } from '../../scripts/check/boundaries.ts'

const project = resolve(import.meta.dirname, '../..')
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'liandong-architecture-'))
  for (const file of ['.dependency-cruiser.cjs', 'architecture.json', 'tsconfig.cruise.json', 'package.json'])
    cpSync(join(project, file), join(root, file))
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function plant(files: Readonly<Record<string, string>>): string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return cruise(root).violations
}

const anything = 'export const one = 1\n'
const taking = (from: string) => `import { one } from '${from}'\nexport const two = one + 1\n`

describe('the boundary check', () => {
  it('is green over a sound house, and has looked at every module', () => {
    const sound = plant({
      'src/kit/ruling.ts': anything,
      'src/platform/events.ts': taking('../kit/ruling.ts'),
      'src/loop/needs/public.ts': taking('../../platform/events.ts'),
      'src/loop/deliberation/actions.ts': taking('../needs/public.ts'),
      'src/web/features/needs/Page.tsx': taking('../../../loop/needs/rules.ts'),
      'src/loop/needs/rules.ts': taking('../../kit/ruling.ts'),
    })
    expect(sound).toEqual([])
    expect(cruise(root).modules).toBe(6)
  })

  const planted: readonly [string, Readonly<Record<string, string>>][] = [
    ['downward-kit', { 'src/kit/a.ts': taking('../platform/b.ts'), 'src/platform/b.ts': anything }],
    [
      'downward-platform',
      {
        'src/platform/a.ts': taking('../foundation/identity/public.ts'),
        'src/foundation/identity/public.ts': anything,
      },
    ],
    [
      'downward-foundation',
      {
        'src/foundation/policy/actions.ts': taking('../../loop/needs/public.ts'),
        'src/loop/needs/public.ts': anything,
      },
    ],
    [
      'downward-registers',
      {
        'src/registers/funds/actions.ts': taking('../../loop/contracts/public.ts'),
        'src/loop/contracts/public.ts': anything,
      },
    ],
    ['downward-loop', { 'src/loop/needs/actions.ts': taking('../../app/compose.ts'), 'src/app/compose.ts': anything }],
    [
      'calls-needs',
      { 'src/loop/needs/actions.ts': taking('../projects/public.ts'), 'src/loop/projects/public.ts': anything },
    ],
    [
      'calls-divisions',
      {
        'src/foundation/divisions/public.ts': taking('../identity/public.ts'),
        'src/foundation/identity/public.ts': anything,
      },
    ],
    [
      'door-needs',
      { 'src/loop/projects/actions.ts': taking('../needs/store.ts'), 'src/loop/needs/store.ts': anything },
    ],
    [
      'door-funds',
      {
        'src/loop/contracts/actions.ts': taking('../../registers/funds/actions.ts'),
        'src/registers/funds/actions.ts': anything,
      },
    ],
    [
      'no-circles',
      {
        'src/kit/a.ts': taking('./b.ts'),
        'src/kit/b.ts': "import { two } from './a.ts'\nexport const one = () => two\n",
      },
    ],
    [
      'web-sees-pure',
      {
        'src/web/features/needs/Page.tsx': taking('../../../loop/needs/actions.ts'),
        'src/loop/needs/actions.ts': anything,
      },
    ],
    [
      'web-sees-pure',
      { 'src/web/app/client.ts': taking('../../platform/http/bind.ts'), 'src/platform/http/bind.ts': anything },
    ],
    ['pure-stays-pure', { 'src/loop/needs/rules.ts': taking('./store.ts'), 'src/loop/needs/store.ts': anything }],
    [
      'pure-stays-pure',
      { 'src/loop/needs/contract.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n" },
    ],
    ['pure-stays-pure', { 'src/kit/money.ts': "import pg from 'pg'\nexport const one = pg\n" }],
    [
      'sealed-stays-home',
      {
        'src/loop/projects/actions.ts': taking('../needs/sealed-rules.ts'),
        'src/loop/needs/sealed-rules.ts': anything,
      },
    ],
    ['store-is-sql', { 'src/loop/needs/waiting.ts': taking('./store.ts'), 'src/loop/needs/store.ts': anything }],
    [
      'no-tests-in-product',
      { 'src/loop/needs/actions.ts': taking('../../../tests/support/app.ts'), 'tests/support/app.ts': anything },
    ],
    [
      'landing-is-light',
      { 'src/web/ui/resident/Page.tsx': "import { Button } from 'antd'\nexport const one = Button\n" },
    ],
    ['resolvable', { 'src/kit/a.ts': taking('./absent.ts') }],
  ]
  it.each(planted)('is red when %s is broken', (rule, files) => {
    expect(plant(files).map((line) => line.split(':')[0])).toContain(rule)
  })
})
