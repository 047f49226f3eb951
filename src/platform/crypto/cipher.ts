// Encryption of personal fields: AES-256-GCM under a key per person or case, key versions, blind index.
import type { Tx } from '../database.ts'

export type Cipher = {
  /** Makes keys for many new subjects (ids of one government) with one statement, so that sealing for each sends none. */
  prepare(tx: Tx, subjects: readonly string[]): Promise<void>
  /** Encrypts `text` under the key of `subject` (a person or case id; made when absent). AAD binds it to `<table>.<column>:<row>`. */
  seal(tx: Tx, subject: string, place: { table: string; column: string; row: string }, text: string): Promise<Buffer>
  /** Decrypts; undefined when the subject's key was destroyed. Throws on altered bytes or another place: a fault. */
  open(
    tx: Tx,
    subject: string,
    place: { table: string; column: string; row: string },
    sealed: Buffer,
  ): Promise<string | undefined>
  /** Destroys the subject's key: nothing under it can be read again. */
  destroy(tx: Tx, subject: string): Promise<void>
  /** Keyed hash for finding equal values (phone, identity number) and for naming changed fields in events; `purpose` separates uses. */
  blind(purpose: string, text: string): string
}
