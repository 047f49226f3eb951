// Makes data/working-days.json (holidays and in-lieu working weekends by year) from the npm package chinese-days.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { calendarOf, type WorkingDaysFile, workingDaysFile } from '../src/kit/working-days.ts'

const require = createRequire(import.meta.url)
const packageFolder = dirname(dirname(require.resolve('chinese-days')))
const { version } = z.object({ version: z.string() }).parse(readJson(join(packageFolder, 'package.json')))
const publishedYear = z.object({
  holidays: z.record(z.string(), z.string()),
  workdays: z.record(z.string(), z.string()),
})

const yearsFolder = join(packageFolder, 'dist/years')
const years: WorkingDaysFile['years'] = {}
for (const file of readdirSync(yearsFolder).sort()) {
  const year = /^(\d{4})\.json$/.exec(file)?.[1]
  if (year === undefined) continue
  const published = publishedYear.parse(readJson(join(yearsFolder, file)))
  years[year] = workingDaysFile.shape.years.valueType.parse({
    holidays: Object.keys(published.holidays).sort(),
    workingWeekends: Object.keys(published.workdays).sort(),
  })
}

const made: WorkingDaysFile = {
  source: `chinese-days ${version} (MIT), from the yearly notices of the State Council`,
  years,
}
calendarOf(made)
const target = join(import.meta.dirname, '../data/working-days.json')
const lines = Object.entries(years).map(([year, days]) => `    "${year}": ${JSON.stringify(days)}`)
writeFileSync(target, `{\n  "source": ${JSON.stringify(made.source)},\n  "years": {\n${lines.join(',\n')}\n  }\n}\n`)
console.log(`${Object.keys(years).length} years, ${Object.keys(years).at(0)}–${Object.keys(years).at(-1)} -> ${target}`)

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
