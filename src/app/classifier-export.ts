// `npm run classifier:export -- rows.jsonl`: the open needs whose category a worker confirmed, as rows for `npm run classifier:train -- rows.jsonl`.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { confirmedCategories } from '../loop/needs/public.ts'
import { openDatabase } from '../platform/database.ts'
import { withDatabaseOf } from './embedded-database.ts'

/** Writes the rows to the file, one JSON object a line, read and written page by page; answers how many. */
async function exportTo(url: string, path: string): Promise<number> {
  const database = openDatabase(url, { max: 2 })
  let count = 0
  async function* lines() {
    for await (const row of confirmedCategories(database.reader)) {
      count += 1
      yield `${JSON.stringify(row)}\n`
    }
  }
  try {
    // Readable by its owner alone: these are residents' words, if public ones.
    await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }))
  } finally {
    await database.close()
  }
  return count
}

const [path] = process.argv.slice(2)
if (path === undefined) {
  // Not to standard output: npm writes its own lines there, and they would stand among the rows.
  console.error('请给出文件名：npm run classifier:export -- rows.jsonl。Name a file to write.')
  process.exitCode = 2
} else {
  const count = await withDatabaseOf(process.env, (url) => exportTo(url, path))
  console.log(`${count} rows: ${path}`)
}
