// The arrows of the house by dependency-cruiser; fails, too, when it saw suspiciously few modules (a green tick over nothing).
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

type Violation = { from: string; to: string; rule: { name: string } }
type Report = { summary: { violations: Violation[]; totalCruised: number } }

/** Cruises `src` under `root` with the project's rules; answers one line per violation. */
export function cruise(root: string): { violations: string[]; modules: number } {
  let text: string
  try {
    text = execFileSync(
      join(import.meta.dirname, '../../node_modules/.bin/depcruise'),
      ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'],
      { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] },
    )
  } catch (error) {
    // A cruise with violations exits with their number and still prints its report.
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    if (!output.startsWith('{')) throw error
    text = output
  }
  const report: Report = JSON.parse(text)
  return {
    violations: report.summary.violations.map(
      (violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`,
    ),
    modules: report.summary.totalCruised,
  }
}

function countSources(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile() && /\.tsx?$/.test(entry.name),
  ).length
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..')
  const { violations, modules } = cruise(root)
  const sources = countSources(join(root, 'src'))
  for (const violation of violations) console.error(violation)
  if (modules < sources) console.error(`only ${modules} modules were cruised of ${sources} source files`)
  process.exit(violations.length > 0 || modules < sources ? 1 : 0)
}
