// The file store on a disk: bytes under DATA_DIR/files by their hash, what they are in platform.file and platform.attachment.
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Id, type Jurisdiction, joinId, makeId, splitId } from '../../kit/id.ts'
import { instant } from '../../kit/instant.ts'
import { allow, refuse } from '../../kit/ruling.ts'
import { uuidAt } from '../clock.ts'
import { type Database, rowOf, rowsOf, type Tx } from '../database.ts'
import type { Job } from '../declarations.ts'
import type { FileStore, StoredFile } from './file-store.ts'
import { fileTypeOf, inUtf8, isImage, plainName } from './file-type.ts'
import { redrawn } from './images.ts'

const megabytes = 20
/** Largest file that is received, in bytes. */
export const largestFile = megabytes * 1024 * 1024

type FileRow = {
  jurisdiction: string
  id: string
  owner: string
  name: string
  type: string
  size: bigint
  sha256: string
  record_kind: string | null
  record_id: string | null
}

const columns = 'jurisdiction, id, owner, name, type, size, sha256, record_kind, record_id'

function storedFile(row: Pick<FileRow, 'name' | 'type' | 'size' | 'sha256'>, id: string): StoredFile {
  return { id: id as Id<'file'>, name: row.name, type: row.type, size: Number(row.size), sha256: row.sha256 }
}

/** Where the bytes of a hash lie; 256 folders keep each one small. */
function pathOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256)
}

/** Whole or not at all, also when the machine loses power: written beside, flushed, renamed. */
async function keep(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const takeFiles = `
UPDATE platform.file AS f SET record_kind = $3, record_id = $4, attached_at = coalesce(f.attached_at, clock_timestamp())
FROM jsonb_to_recordset($1::jsonb) AS x(jurisdiction text, id uuid)
WHERE f.jurisdiction = x.jurisdiction AND f.id = x.id AND ((f.owner = $2 AND f.record_id IS NULL) OR ((f.owner = $2 OR $5) AND f.record_kind = $3 AND f.record_id = $4))
RETURNING f.jurisdiction, f.id, f.name, f.type, f.size, f.sha256`

const insertAttachments = `
INSERT INTO platform.attachment (jurisdiction, record_kind, record_id, file_id, place, name, type, size, sha256)
SELECT $1, $2, $3, x.id, x.place, x.name, x.type, x.size, x.sha256
FROM jsonb_to_recordset($4::jsonb) AS x(id text, place integer, name text, type text, size bigint, sha256 text)
ON CONFLICT DO NOTHING`

// Files and record of one government: taken and listed in one statement.
const takeAndList = `
WITH x AS (SELECT * FROM jsonb_to_recordset($4::jsonb) AS x(id uuid, place integer)), taken AS (
  UPDATE platform.file AS f SET record_kind = $2, record_id = $3, attached_at = coalesce(f.attached_at, clock_timestamp())
  FROM x WHERE f.jurisdiction = $1 AND f.id = x.id AND ((f.owner = $5 AND f.record_id IS NULL) OR ((f.owner = $5 OR $6) AND f.record_kind = $2 AND f.record_id = $3))
  RETURNING f.jurisdiction, f.id, f.name, f.type, f.size, f.sha256, x.place
), listed AS (
  INSERT INTO platform.attachment (jurisdiction, record_kind, record_id, file_id, place, name, type, size, sha256)
  SELECT $1, $2, $3, t.jurisdiction || '-' || t.id, t.place, t.name, t.type, t.size, t.sha256 FROM taken t ON CONFLICT DO NOTHING
)
SELECT jurisdiction, id, name, type, size, sha256 FROM taken`

const isFileId = (id: string) => /^\d{6}-[0-9a-f-]{36}$/.test(id)

/** Opens the file store of a data folder. */
export function openFileStore(database: Database, dataDir: string): FileStore {
  const folder = join(dataDir, 'files')

  const find = async (tx: Tx, id: string) => {
    if (!isFileId(id)) return undefined
    const { jurisdiction, uuid } = splitId(id)
    const row = await rowOf<FileRow>(tx, `SELECT ${columns} FROM platform.file WHERE jurisdiction = $1 AND id = $2`, [
      jurisdiction,
      uuid,
    ])
    if (row === undefined) return undefined
    const record =
      row.record_kind === null || row.record_id === null ? undefined : { kind: row.record_kind, id: row.record_id }
    return { ...storedFile(row, id), owner: row.owner, record }
  }

  return {
    find,
    async put(tx, { jurisdiction, owner, name, bytes }) {
      if (bytes.length > largestFile) return refuse('file-size', { megabytes }, { kind: 'invalid' })
      const type = fileTypeOf(bytes, name)
      if (type === undefined) return refuse('file-type', {}, { kind: 'invalid' })
      const kept = isImage(type) ? await redrawn(bytes, type) : type === 'text/csv' ? inUtf8(bytes) : bytes
      if (kept === undefined) return refuse('file-type', {}, { kind: 'invalid' })
      const sha256 = createHash('sha256').update(kept).digest('hex')
      // Before the row: a row without bytes would be a lie, bytes without a row are removed by the clean-up.
      await keep(pathOf(folder, sha256), kept)
      const uuid = uuidAt(instant(Date.now()))
      const file = { name: plainName(name, type), type, size: BigInt(kept.length), sha256 }
      await rowsOf(
        tx,
        'INSERT INTO platform.file (jurisdiction, id, owner, name, type, size, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [jurisdiction, uuid, owner, file.name, type, file.size, sha256],
      )
      return allow(storedFile(file, makeId<'file'>(jurisdiction as Jurisdiction, uuid)))
    },
    async attach(tx, owner, ids, to, { orThere = false } = {}) {
      if (ids.length === 0) return allow([])
      const wanted = [...new Set(ids)]
      if (!wanted.every(isFileId)) return refuse('file-unknown', {}, { kind: 'invalid' })
      const keys = wanted.map((id) => ({ jurisdiction: splitId(id).jurisdiction, id: splitId(id).uuid }))
      const { jurisdiction } = splitId(to.id)
      const near = keys.every((key) => key.jurisdiction === jurisdiction)
      const rows = near
        ? await rowsOf<FileRow>(tx, takeAndList, [
            jurisdiction,
            to.kind,
            to.id,
            JSON.stringify(keys.map(({ id }, place) => ({ id, place }))),
            owner,
            orThere,
          ])
        : await rowsOf<FileRow>(tx, takeFiles, [JSON.stringify(keys), owner, to.kind, to.id, orThere])
      if (rows.length !== wanted.length) return refuse('file-unknown', {}, { kind: 'invalid' })
      const byId = new Map(rows.map((row) => [joinId<'file'>(row.jurisdiction, row.id) as string, row]))
      const files = wanted.flatMap((id) => {
        const row = byId.get(id)
        return row === undefined ? [] : [storedFile(row, id)]
      })
      if (near) return allow(files)
      await rowsOf(tx, insertAttachments, [
        jurisdiction,
        to.kind,
        to.id,
        JSON.stringify(files.map((file, place) => ({ ...file, place }))),
      ])
      return allow(files)
    },
    async listOf(tx, record) {
      const rows = await rowsOf<FileRow & { file_id: string }>(
        tx,
        `SELECT file_id, name, type, size, sha256 FROM platform.attachment
         WHERE jurisdiction = $1 AND record_kind = $2 AND record_id = $3 ORDER BY attached_at, place LIMIT 200`,
        [splitId(record.id).jurisdiction, record.kind, record.id],
      )
      return rows.map((row) => storedFile(row, row.file_id))
    },
    async read(id) {
      const file = await find(database.reader, id)
      if (file === undefined) throw new Error('no such file')
      const bytes = createReadStream(pathOf(folder, file.sha256))
      // Waits for the open, so that a lost file is a fault of the caller's and not of a half-sent answer.
      await new Promise((resolve, reject) => bytes.once('open', resolve).once('error', reject))
      return bytes
    },
  }
}

/** Removes files that nobody attached within two days, and their bytes where no other file has the same. */
export function looseFileCleanup(dataDir: string): Job {
  const folder = join(dataDir, 'files')
  const atOnce = 200
  return {
    name: 'platform.removeLooseFiles',
    cron: '41 3 * * *',
    async run(platform) {
      for (;;) {
        const rows = await rowsOf<{ sha256: string }>(
          platform.database.reader,
          `DELETE FROM platform.file WHERE (jurisdiction, id) IN (
             SELECT jurisdiction, id FROM platform.file WHERE record_id IS NULL AND created_at < clock_timestamp() - interval '2 days' LIMIT $1
           ) RETURNING sha256`,
          [atOnce],
        )
        for (const { sha256 } of rows) {
          const used = await rowOf(platform.database.reader, 'SELECT 1 FROM platform.file WHERE sha256 = $1 LIMIT 1', [
            sha256,
          ])
          const path = pathOf(folder, sha256)
          const age = await stat(path).then(
            (found) => Date.now() - found.mtimeMs,
            () => 0,
          )
          // Each put writes the bytes anew: young bytes belong to a file whose row is not committed yet.
          if (used === undefined && age > 86_400_000) await rm(path, { force: true })
        }
        if (rows.length < atOnce) return
      }
    },
  }
}
