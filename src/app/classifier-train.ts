// `npm run classifier:train [-- labelled.jsonl …] [--only] [--out file]`: trains the classifier of needs on texts of our own and on given rows.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { categoryCodes } from '../loop/needs/contract/taxonomy.ts'
import { categoryModelFile, type LabelledNeed, trainCategoryModel } from '../loop/needs/public.ts'
import { readContent } from './demo/content.ts'

const root = resolve(import.meta.dirname, '../..')
const labelled = z.object({ category: z.enum(categoryCodes), text: z.string().min(1) })

/** What is wrong with what was given, in one sentence. */
class Unusable extends Error {}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Rows of a file, one JSON object with `category` (of our taxonomy) and `text` a line. Throws Unusable with the number of a line that is none. */
function rowsOfFile(path: string): LabelledNeed[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return []
      const row = labelled.safeParse(jsonOf(line))
      if (!row.success)
        throw new Unusable(`${path}, line ${index + 1}: { "category": "0801", "text": "…" } is expected`)
      return [row.data]
    })
}

/** Words by which residents name a category: `0801 电梯 困人 …`; lines with # are remarks. */
function rowsOfWords(path: string): LabelledNeed[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const [category = '', ...words] = line.trim().split(/\s+/)
      return words.map((text) => ({ category, text, aside: true }))
    })
}

/** The texts that ship with the program: all made up by us. */
function ownRows(): LabelledNeed[] {
  const demo = readContent(root).needs.map(({ category, title, text }) => ({ category, text: `${title}。${text}` }))
  const folder = join(root, 'data/classifier')
  return [...rowsOfFile(join(folder, 'sentences.jsonl')), ...demo, ...rowsOfWords(join(folder, 'words.txt'))]
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'boolean', default: false }, out: { type: 'string', default: categoryModelFile } },
})
try {
  const rows = [...(values.only ? [] : ownRows()), ...positionals.flatMap((path) => rowsOfFile(path))]
  const classes = Map.groupBy(rows, ({ category }) => category.slice(0, 2))
  if (classes.size < 2)
    throw new Unusable(`${rows.length} rows of ${classes.size} classes: there is nothing to tell apart below two`)
  const text = `${JSON.stringify(trainCategoryModel(rows))}\n`
  writeFileSync(values.out, text)
  console.log(`${rows.length} rows, ${Math.round(text.length / 1000)} kB: ${values.out}`)
} catch (error) {
  if (!(error instanceof Unusable)) throw error
  console.error(error.message)
  process.exitCode = 2
}
