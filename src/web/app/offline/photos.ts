// Photos that lie on this device until they are uploaded.
import { uploadFile } from '../upload.ts'
import type { Sending } from './queue.ts'

/** On the device under `key` until it is uploaded, then `file` on the server. */
export type KeptPhoto = { readonly key: string; readonly file?: string }

/** Uploads those that are not yet there, one after the other; one that the device lost is left out. `kept` hears of each, so that none goes twice. */
export async function uploadKept(
  photos: readonly KeptPhoto[],
  file: Sending['file'],
  kept: (photos: readonly KeptPhoto[]) => Promise<void>,
): Promise<readonly KeptPhoto[]> {
  let all = photos
  for (const photo of photos) {
    if (photo.file) continue
    const picture = await file(photo.key)
    if (!picture) {
      all = all.filter((each) => each.key !== photo.key)
      continue
    }
    const { id } = await uploadFile(picture, 'photo')
    all = all.map((each) => (each.key === photo.key ? { ...each, file: id } : each))
    await kept(all)
  }
  return all
}
