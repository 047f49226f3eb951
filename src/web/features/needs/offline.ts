// How needs that were written without a network get to the server.
import { changeDraft, submitDraft, submitNeed } from '../../../loop/needs/contract.ts'
import { call } from '../../app/client.ts'
import { uploadKept } from '../../app/offline/photos.ts'
import type { Handler } from '../../app/offline/queue.ts'
import { ProblemError } from '../../app/problem.ts'
import { contentOf, needKind, type RaiseDraft } from './resident/raise-content.ts'

/** Photos first, each once; then the need, through its draft on the server when there is one. */
const sendNeed: Handler = async (payload, { key, baseVersion, file, progress }) => {
  const before = payload as RaiseDraft
  const photos = await uploadKept(before.photos, file, (kept) => progress({ ...before, photos: kept }))
  const draft: RaiseDraft = { ...before, photos }
  const body = contentOf(draft)
  if (!body) throw new ProblemError({ status: 422, code: 'invalid-input', title: '' })
  if (!draft.server) return call(submitNeed, { body }, { idempotencyKey: key })
  const params = { id: draft.server.id }
  // the last keystrokes first: what is submitted is what stood on the screen
  const ifMatch = baseVersion === undefined ? undefined : String(baseVersion)
  await call(changeDraft, { params, body }, { idempotencyKey: `${key}.1`, ifMatch })
  return call(submitDraft, { params }, { idempotencyKey: `${key}.2` })
}

export const offlineKinds = { [needKind]: sendNeed }
