// `npm run check`: types, lint, boundaries, unused code, house rules, dependencies, words, generated docs. Each step is named and counted.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const steps: readonly { readonly name: string; readonly command: readonly [string, ...string[]] }[] = [
  { name: 'types', command: [bin('tsc'), '-b', 'tsconfig.json'] },
  { name: 'lint and format', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'boundaries', command: [process.execPath, 'scripts/check/boundaries.ts'] },
  { name: 'unused code', command: [bin('knip')] },
  { name: 'house rules', command: [process.execPath, 'scripts/check/house-rules.ts'] },
  { name: 'dependencies', command: [process.execPath, 'scripts/check/dependencies.ts'] },
  { name: 'words', command: [process.execPath, 'scripts/check/words.ts'] },
  { name: 'demo content', command: [process.execPath, 'data/demo/check.mjs'] },
  { name: 'generated docs', command: [process.execPath, 'scripts/generate.ts', '--check'] },
]

const results: { name: string; passed: boolean }[] = []
for (const step of steps) {
  const started = performance.now()
  try {
    execFileSync(step.command[0], step.command.slice(1), {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
    })
    results.push({ name: step.name, passed: true })
    console.log(`ok    ${step.name} (${Math.round(performance.now() - started)} ms)`)
  } catch {
    results.push({ name: step.name, passed: false })
    console.log(`FAIL  ${step.name}`)
  }
}
const failed = results.filter((result) => !result.passed).length
const report = process.env['CHECK_REPORT']
if (report !== undefined) writeFileSync(report, JSON.stringify(results))
console.log(`check: ${steps.length - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
