// How service records that were written without a network get to the server.
import { fileServiceRecord } from '../../../loop/delivery/contract.ts'
import { call } from '../../app/client.ts'
import { uploadKept } from '../../app/offline/photos.ts'
import type { Handler } from '../../app/offline/queue.ts'
import { type RecordDraft, recordKind } from './record-draft.ts'

/** Photos first, each once; then the record. */
const sendRecord: Handler = async (payload, { key, file, progress }) => {
  const draft = payload as RecordDraft
  const photos = await uploadKept(draft.photos, file, (kept) => progress({ ...draft, photos: kept }))
  const body = { ...draft.body, photos: photos.flatMap((photo) => photo.file ?? []) }
  return call(fileServiceRecord, { body } as never, { idempotencyKey: key })
}

export const offlineKinds = { [recordKind]: sendRecord }
