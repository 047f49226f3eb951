// A file on its way in and out over HTTP: the raw body of POST /files, and the headers with which GET /files/:id gives it back.
import type { Readable } from 'node:stream'
import { asDivision, jurisdictionOf } from '../../kit/id.ts'
import { refuse, type Ruling } from '../../kit/ruling.ts'
import type { Call } from '../action.ts'
import { rowOf } from '../database.ts'
import type { Platform } from '../platform.ts'
import { largestFile } from './disk-store.ts'
import type { StoredFile } from './file-store.ts'

/** Files that one person may have lying about unattached. */
const mostLoose = 100
const waitSeconds = 3600

/**
 * Receives one file of a signed-in person; it belongs to that person until it is attached to a record. `stream` is read to at most 20 MB and
 * destroyed beyond. Refuses unauthenticated, file-size, file-type, rate-limited (100 unattached files within two days).
 */
export async function receiveFile(
  platform: Platform,
  call: Call,
  part: { readonly name: string; readonly stream: Readable },
): Promise<Ruling<StoredFile>> {
  const { actor } = call
  if (actor.kind !== 'person') {
    part.stream.destroy()
    return refuse('unauthenticated', {}, { kind: 'unauthenticated' })
  }
  const division =
    actor.grants.find((grant) => grant.reach === 'place')?.division ??
    actor.residence ??
    asDivision(actor.personId.slice(0, 6))
  const jurisdiction = jurisdictionOf(division)
  const loose = await rowOf<{ count: number }>(
    platform.database.reader,
    'SELECT count(*)::int AS count FROM platform.file WHERE jurisdiction = $1 AND owner = $2 AND record_id IS NULL',
    [jurisdiction, actor.personId],
  )
  if ((loose?.count ?? 0) >= mostLoose) {
    part.stream.destroy()
    return refuse('rate-limited', { seconds: waitSeconds }, { kind: 'limited' })
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of part.stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    // Leaving the loop destroys the stream; one byte too many makes the store refuse by size.
    if (size > largestFile) return refuse('file-size', { megabytes: largestFile / 1024 / 1024 }, { kind: 'invalid' })
    chunks.push(bytes)
  }
  return platform.files.put(platform.database.reader, {
    jurisdiction,
    owner: actor.personId,
    name: part.name,
    bytes: Buffer.concat(chunks),
  })
}

/** Headers for giving a file out: never interpreted as a page, images and PDF shown, everything else saved under its name. */
export function fileHeaders(file: StoredFile): Readonly<Record<string, string>> {
  const shown = file.type.startsWith('image/') || file.type === 'application/pdf'
  const charset = file.type.startsWith('text/') ? '; charset=utf-8' : ''
  return {
    'content-type': `${file.type}${charset}`,
    'content-length': String(file.size),
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=300',
  }
}
