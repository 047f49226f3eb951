// The wall-clock jobs of the platform itself, gathered for compose.
import type { KeyObject } from 'node:crypto'
import type { Job } from '../declarations.ts'
import { looseFileCleanup } from '../files/disk-store.ts'
import { sealJob } from '../seal/seal.ts'
import { idempotencyCleanup } from './cleanup.ts'

/** Jobs of one installation: clean-ups and the sealing of events. */
export function platformJobs(installation: { readonly seal: KeyObject; readonly dataDir: string }): readonly Job[] {
  return [idempotencyCleanup, looseFileCleanup(installation.dataDir), sealJob(installation.seal)]
}

/** Their names, for the migration that makes the queues and has no keys; a test holds them beside platformJobs. */
export const platformJobNames: readonly Pick<Job, 'name'>[] = [
  { name: idempotencyCleanup.name },
  { name: 'platform.removeLooseFiles' },
  { name: 'platform.sealEvents' },
]
