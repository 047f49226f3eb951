// An uploaded table as rows of text, for its uploader alone.
import { buffer } from 'node:stream/consumers'
import { refuse, type Ruling } from '../../kit/ruling.ts'
import type { Ask } from '../action.ts'
import { readTable, type TableRow } from './read-table.ts'

/** Largest file that is looked at, in bytes: some thousand rows. */
const largestTable = 5 * 1024 * 1024

/**
 * The rows of a CSV or Excel file that the actor uploaded and that belongs to no record yet, at most `most` beside the first. Refuses file-unknown,
 * not-a-table, and as readTable.
 */
export async function readUploaded(
  reader: Pick<Ask, 'tx' | 'actor' | 'platform'>,
  id: string,
  most: number,
): Promise<Ruling<TableRow[]>> {
  const me = reader.actor.kind === 'person' ? reader.actor.personId : undefined
  const file = await reader.platform.files.find(reader.tx, id)
  if (file === undefined || file.owner !== me || file.record !== undefined)
    return refuse('file-unknown', {}, { kind: 'invalid' })
  const isTable = file.type === 'text/csv' || file.type.endsWith('spreadsheetml.sheet')
  if (!isTable || file.size > largestTable) return refuse('not-a-table', {}, { kind: 'invalid' })
  return readTable(await buffer(await reader.platform.files.read(file.id)), file.type, most)
}
