// `npm test`: installs and builds what is missing, checks, runs every test, and ends with one line `N passed, N failed`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureWeb } from './build-web.mjs'
import { ensureInstalled, Explained, findNode, root, run, runAsProgram, say } from './install.mjs'

const minute = 60_000
const reports = join(root, 'reports')
const checkReport = join(reports, `check-${process.pid}.json`)
const testReport = join(reports, `vitest-${process.pid}.json`)

/** Counts of what was examined; a step that could not run counts as failed. */
const total = { passed: 0, failed: 0 }

function count(name, passed) {
  total[passed ? 'passed' : 'failed'] += 1
  if (!passed) say(`未通过:${name}`, `failed: ${name}`)
}

/**
 * `npm run check`. It may write its steps to the file named in CHECK_REPORT, as a JSON list of { name, passed }; without
 * that file it counts as one step.
 */
async function runChecks(environment) {
  const npm = process.env.npm_execpath
  const [command, first] = npm?.includes('npm-cli') ? [process.execPath, [npm]] : ['npm', []]
  const code = await run(command, [...first, 'run', 'check'], {
    env: { ...environment, CHECK_REPORT: checkReport },
    timeout: 15 * minute,
  })
  const steps = readReport(checkReport)
  if (!Array.isArray(steps) || steps.length === 0) return count('npm run check', code === 0)
  for (const step of steps) count(step.name, step.passed === true)
  // A check that claims success step by step and still ends in error has failed.
  if (code !== 0 && steps.every((step) => step.passed === true)) count('npm run check', false)
}

async function runTests(environment) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${testReport}`]
  const code = await run(findNode(), [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    env: environment,
    timeout: 40 * minute,
  })
  const report = readReport(testReport)
  if (report === undefined) return count('vitest', false)
  let failed = 0
  for (const file of report.testResults) {
    const results = file.assertionResults.map((test) => test.status)
    total.passed += results.filter((status) => status === 'passed').length
    const broken = results.filter((status) => status === 'failed').length
    // A file that could not be loaded, or whose set-up failed, has no failed test to show for it.
    failed += file.status === 'failed' && broken === 0 ? 1 : broken
  }
  total.failed += failed
  const ran = report.testResults.some((file) => file.assertionResults.some((test) => test.status === 'passed'))
  if (!ran || (code !== 0 && failed === 0)) count(`vitest (${code})`, false)
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  } finally {
    rmSync(path, { force: true })
  }
}

async function attempt(name, work) {
  try {
    await work()
  } catch (error) {
    if (error instanceof Explained) say(error.chinese, error.message)
    else console.error(error)
    count(name, false)
  }
}

await runAsProgram(async () => {
  mkdirSync(reports, { recursive: true })
  await ensureInstalled()
  // Tests run on the Node that the program runs on, and child programs find it by name.
  const environment = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` }
  delete environment.NODE_ENV
  await attempt('build', ensureWeb)
  await attempt('check', () => runChecks(environment))
  await attempt('vitest', () => runTests(environment))
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed > 0 || total.passed === 0 ? 1 : 0
})
