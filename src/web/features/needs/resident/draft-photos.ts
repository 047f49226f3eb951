// Photos of a draft: kept on the device at once, uploaded one after the other as soon as there is a network and somebody is signed in.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isEditable, isPassing } from '../../../app/offline/queue.ts'
import { useOnline } from '../../../app/offline/use-queue.ts'
import { problemOf } from '../../../app/problem.ts'
import { largestUpload, uploadFile } from '../../../app/upload.ts'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { withUploaded } from './raise-content.ts'
import type { Keeper } from './raise-draft.ts'

/** Most photos of a need. */
export const mostPhotos = 9

export type DraftPhotos = {
  readonly add: (files: readonly File[]) => void
  readonly remove: (key: string) => void
  /** Address of the picture, once it is known. */
  readonly address: (key: string) => string | undefined
  /** Share of 0 to 1 that is uploaded, while it is under way. */
  readonly progress: (key: string) => number | undefined
  readonly uploading: boolean
  /** Done when everything that was chosen lies on the device, and nothing is on its way to the server. */
  readonly settled: () => Promise<unknown>
}

/** Addresses of pictures that lie on this device, given back when the page is left. */
function usePictures(): readonly [ReadonlyMap<string, string>, (key: string, picture: Blob) => void] {
  const [addresses, setAddresses] = useState<ReadonlyMap<string, string>>(new Map())
  const all = useRef(addresses)
  all.current = addresses
  useEffect(
    () => () => {
      for (const address of all.current.values()) URL.revokeObjectURL(address)
    },
    [],
  )
  return [addresses, (key, picture) => setAddresses((before) => new Map(before).set(key, URL.createObjectURL(picture)))]
}

export function useDraftPhotos({ draft, change, id, item, queue, opened }: Keeper, signedIn: boolean): DraftPhotos {
  const { t } = useTranslation('frame')
  const problemText = useProblemText()
  const online = useOnline()
  const [pictures, show] = usePictures()
  const [under, setUnder] = useState<{ readonly key: string; readonly share: number }>()
  const [failures, setFailures] = useState(0)
  const [early, setEarly] = useState<readonly File[]>([])
  const asked = useRef(new Set<string>())
  const sending = useRef<Promise<unknown>>(undefined)
  const writes = useRef<Promise<unknown>>(Promise.resolve())
  const waiting = draft.photos.find((photo) => !photo.file)
  const editable = item === undefined || isEditable(item)

  // pictures of an earlier visit
  useEffect(() => {
    for (const { key, file } of draft.photos) {
      if (file || pictures.has(key) || asked.current.has(key) || !queue) continue
      asked.current.add(key)
      queue.getFile(key).then(
        (picture) => picture && show(key, picture),
        () => undefined,
      )
    }
  }, [draft.photos, pictures, queue, show])

  // one at a time; the next one when the draft tells that this one is there
  useEffect(() => {
    if (!queue || !waiting || !signedIn || !online || !editable || sending.current || under || failures > 2) return
    const { key } = waiting
    const upload = async () => {
      await writes.current
      const picture = await queue.getFile(key)
      if (!picture) return
      setUnder({ key, share: 0 })
      const { id: file } = await uploadFile(picture, 'photo', (share) => setUnder({ key, share }))
      change((before) => withUploaded(before, key, file))
      setFailures(0)
      // the picture stays on the device as long as the item: what was submitted meanwhile may still look for it
    }
    sending.current = upload()
      .catch((error: unknown) => {
        const problem = problemOf(error)
        if (isPassing(problem)) return setFailures((count) => count + 1)
        // the server does not take this one, and will not later either
        change((before) => ({ ...before, photos: before.photos.filter((photo) => photo.key !== key) }))
        showToast(problemText(problem), 'problem')
        return undefined
      })
      .finally(() => {
        sending.current = undefined
        setUnder(undefined)
      })
  }, [queue, waiting, signedIn, online, editable, under, failures, change, problemText])

  const keep = (files: readonly File[]) => {
    for (const file of files.slice(0, mostPhotos - draft.photos.length)) {
      const key = crypto.randomUUID()
      asked.current.add(key)
      show(key, file)
      // of the draft at once: whoever goes on before the device has written it does not lose it
      change((before) => ({ ...before, photos: [...before.photos, { key }] }))
      const written = queue?.putFile(id, key, file).catch(() => {
        change((before) => ({ ...before, photos: before.photos.filter((photo) => photo.key !== key) }))
        showToast(t('photo.notKept'), 'problem')
      })
      writes.current = Promise.all([writes.current, written])
    }
  }
  // chosen before it was known which draft they belong to
  useEffect(() => {
    if (!queue || !opened || early.length === 0) return
    setEarly([])
    keep(early)
  })

  return {
    add(files) {
      const fitting = files.filter((file) => file.size <= largestUpload && file.type.startsWith('image/'))
      if (fitting.length < files.length) showToast(t('photo.tooBig'), 'problem')
      if (queue && opened) keep(fitting)
      else setEarly((before) => [...before, ...fitting])
    },
    remove(key) {
      void queue?.removeFile(key)
      change((before) => ({ ...before, photos: before.photos.filter((photo) => photo.key !== key) }))
    },
    address: (key) => {
      const file = draft.photos.find((photo) => photo.key === key)?.file
      return pictures.get(key) ?? (file && `/api/files/${file}`)
    },
    progress: (key) => (under?.key === key ? under.share : undefined),
    uploading: under !== undefined,
    settled: () => Promise.all([writes.current, sending.current]),
  }
}
