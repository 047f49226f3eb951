// Stored files: typed by content, images re-encoded without EXIF, reachable only through the record they are attached to.
import type { Readable } from 'node:stream'
import type { Tx } from '../database.ts'
import type { Ruling } from '../../kit/ruling.ts'
import type { Id, Jurisdiction, RecordRef } from '../../kit/id.ts'

export type StoredFile = {
  readonly id: Id<'file'>
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: string
}

export type FileStore = {
  /** Checks type by content and size, re-encodes images, keeps the bytes; owned by `owner` until attached. Refuses file-type, file-size. */
  put(
    tx: Tx,
    input: { jurisdiction: Jurisdiction; owner: string; name: string; bytes: Buffer },
  ): Promise<Ruling<StoredFile>>
  /**
   * Attaches the owner's own unattached files to a record. Refuses file-unknown (not theirs, or attached elsewhere). `orThere`: files that somebody
   * else attached to this very record are accepted too.
   */
  attach(
    tx: Tx,
    owner: string,
    ids: readonly string[],
    to: RecordRef,
    options?: { readonly orThere?: boolean },
  ): Promise<Ruling<StoredFile[]>>
  listOf(tx: Tx, record: RecordRef): Promise<StoredFile[]>
  find(tx: Tx, id: string): Promise<(StoredFile & { record?: RecordRef; owner: string }) | undefined>
  read(id: string): Promise<Readable>
}
