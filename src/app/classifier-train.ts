// `npm run classifier:train [-- labelled.jsonl …] [--only] [--out file]`: trains the classifier of needs on texts of our own and on given rows.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { categoryModelFile, type LabelledNeed, trainCategoryModel } from '../loop/needs/public.ts'
import { readContent } from './demo/content.ts'

const root = resolve(import.meta.dirname, '../..')
const labelled = z.object({ category: z.string().regex(/^\d{2}(\d{2})?$/), text: z.string().min(1) })

/** Rows of a file, one JSON object with `category` and `text` a line. Throws with the number of a line that is none. */
function rowsOfFile(path: string): LabelledNeed[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return []
      const row = labelled.safeParse(JSON.parse(line))
      if (!row.success) throw new Error(`${path}, line ${index + 1}: { "category": "0801", "text": "…" } is expected`)
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
const rows = [...(values.only ? [] : ownRows()), ...positionals.flatMap((path) => rowsOfFile(path))]
const text = `${JSON.stringify(trainCategoryModel(rows))}\n`
writeFileSync(values.out, text)
console.log(`${rows.length} rows, ${Math.round(text.length / 1000)} kB: ${values.out}`)
