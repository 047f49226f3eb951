// How needs that were written without a network get to the server.
import { changeDraft, submitDraft, submitNeed } from '../../../loop/needs/contract.ts'
import { call } from '../../app/client.ts'
import type { Handler } from '../../app/offline/queue.ts'
import { ProblemError } from '../../app/problem.ts'
import { uploadFile } from '../../app/upload.ts'
import { contentOf, needKind, type RaiseDraft, withUploaded } from './resident/raise-content.ts'

/** Photos first, each once; then the need, through its draft on the server when there is one. */
const sendNeed: Handler = async (payload, { key, baseVersion, file, progress }) => {
  let draft = payload as RaiseDraft
  for (const photo of draft.photos) {
    if (photo.file) continue
    const picture = await file(photo.key)
    if (!picture) {
      draft = { ...draft, photos: draft.photos.filter((each) => each.key !== photo.key) }
      continue
    }
    const { id } = await uploadFile(picture, 'photo')
    draft = withUploaded(draft, photo.key, id)
    await progress(draft)
  }
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
