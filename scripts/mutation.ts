// `npm run mutation -- [domain …]`: Stryker breaks the rules of a domain in one place at a time, and a pure test must notice.
import { globSync, mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'

/** Percent of the mutants that tests must notice (quality.md). */
const bar = 85

/** Domains whose rules are held to the bar; every other one can be named. */
const domains = ['projects', 'procurement', 'venture', 'contracts', 'delivery', 'evaluation', 'thread'] as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Only the file of rules with this name, while tests are written. */
    file: { type: 'string' },
    /** Try again also what no change has touched since the last run. */
    fresh: { type: 'boolean', default: false },
    /** Also what is read once when a module loads: the lifecycle tables. Each such mutant runs every test of the domain. */
    static: { type: 'boolean', default: false },
  },
})

const root = join(import.meta.dirname, '..')
process.chdir(root)
// Every mutant starts a fresh worker: libraries are compiled once.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'reports/mutation/compiled')

type Score = {
  readonly domain: string
  readonly mutants: number
  readonly noticed: number
  /** Read once when a module loads, and not tried without --static. */
  readonly left: number
}

async function mutate(domain: string): Promise<Score> {
  const rules = globSync([`src/loop/${domain}/rules.ts`, `src/loop/${domain}/rules/*.ts`])
    .filter((path) => !path.endsWith('.test.ts'))
    .filter((path) => values.file === undefined || path.endsWith(`/${values.file}.ts`))
  const tests = globSync([`src/loop/${domain}/rules.test.ts`, `src/loop/${domain}/rules/*.test.ts`])
  if (rules.length === 0 || tests.length === 0) throw new Error(`no rules or no pure tests in src/loop/${domain}`)
  const report = `reports/mutation/${domain}`
  mkdirSync(report, { recursive: true })
  const results = await new Stryker({
    mutate: rules,
    testFiles: tests,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // Which tests a mutant needs is known from the first run, so vitest need not look for related files.
    vitest: { configFile: 'vitest.mutation.config.ts', related: false },
    coverageAnalysis: 'perTest',
    // String literals stay among the mutants: a wrong code of a refusal or a wrong state is a fault that a person sees.
    ignoreStatic: !values.static,
    incremental: true,
    incrementalFile: `${report}/incremental.json`,
    force: values.fresh,
    concurrency: 2,
    // Other work on the machine must not look like a loop.
    timeoutMS: 20_000,
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['/.ci', '/bench', '/dist', '/docs', '/migrations', '/out', '/scripts', '/src/web', '/var'],
    disableTypeChecks: false,
    checkers: [],
    reporters: ['html', 'json', 'clear-text', 'progress-append-only'],
    clearTextReporter: {
      allowColor: false,
      logTests: false,
      reportTests: false,
      reportMutants: false,
      skipFull: false,
    },
    htmlReporter: { fileName: `${report}/mutants.html` },
    jsonReporter: { fileName: `${report}/mutants.json` },
    thresholds: { high: bar, low: bar, break: null },
    allowConsoleColors: false,
  }).runMutationTest()
  const tried = results.filter((mutant) => !['Ignored', 'CompileError', 'RuntimeError'].includes(mutant.status))
  const noticed = tried.filter((mutant) => mutant.status === 'Killed' || mutant.status === 'Timeout')
  for (const mutant of tried) {
    if (mutant.status === 'Survived' || mutant.status === 'NoCoverage')
      console.log(
        `${relative(root, mutant.fileName)}:${mutant.location.start.line}:${mutant.location.start.column} ${mutant.status === 'NoCoverage' ? 'untested' : 'unnoticed'} ${mutant.mutatorName} -> ${mutant.replacement?.slice(0, 80).replaceAll(/\s+/g, ' ')}`,
      )
  }
  return {
    domain,
    mutants: tried.length,
    noticed: noticed.length,
    left: results.filter((mutant) => mutant.status === 'Ignored').length,
  }
}

const percent = ({ noticed, mutants }: Score) => Math.floor((noticed / mutants) * 1000) / 10

const scores: Score[] = []
for (const domain of positionals.length > 0 ? positionals : domains) scores.push(await mutate(domain))
for (const score of scores)
  console.log(`| ${score.domain} | ${score.mutants} | ${score.noticed} | ${percent(score)} % |`)
const below = scores.filter((score) => percent(score) < bar)
console.log(`mutation: ${scores.length - below.length} at ${bar} % or above, ${below.length} below`)
process.exit(below.length > 0 ? 1 : 0)
