// What the page in the field does beside showing its form: the choices kept for the time without a network, photos, and sending through the queue.
import { useEffect, useRef, useState } from 'react'
import { listContracts } from '../../../loop/contracts/contract.ts'
import { getDelivery } from '../../../loop/delivery/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { call } from '../../app/client.ts'
import { isPassing, type Queue, type QueueItem } from '../../app/offline/queue.ts'
import { useOnline, useQueue } from '../../app/offline/use-queue.ts'
import { type Problem, ProblemError, problemOf } from '../../app/problem.ts'
import { uploadFile } from '../../app/upload.ts'
import type { Photo } from '../../ui/resident/PhotoPicker.tsx'
import { type Choice, choicesKind, type RecordDraft, recordKind } from './record-draft.ts'

/** Contracts whose plans are kept for the time without a network. */
const mostKept = 10

async function choicesOf(contracts: readonly { readonly id: string; readonly title: string }[]): Promise<Choice[]> {
  const found: Choice[] = []
  for (const { id, title } of contracts.slice(0, mostKept)) {
    const { activities } = await call(getDelivery, { params: { id: id as never } })
    found.push({
      id,
      title,
      activities: activities.map(({ id: key, name, done, planned }) => ({ id: key, name, done, planned })),
    })
  }
  return found
}

/** The worker's contracts in force: from the server, else as they were last seen on this device. Undefined while neither is known. */
export function useChoices(): {
  readonly contracts: readonly Pick<Choice, 'id' | 'title'>[] | undefined
  readonly kept: readonly Choice[]
} {
  const { queue, items } = useQueue()
  const { data } = useAsk(listContracts, { query: { state: 'active', mine: 'yes', size: 100 } })
  const rows = data?.rows
  useEffect(() => {
    if (!queue || !rows) return undefined
    let here = true
    choicesOf(rows).then(
      (choices) => {
        if (here) void queue.keep(choicesKind, choices, { id: choicesKind })
      },
      // asked again the next time the page is opened with a network
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [queue, rows])
  const item = items.find((each) => each.kind === choicesKind)
  const kept = (item?.payload as readonly Choice[] | undefined) ?? []
  return { contracts: rows ?? (item ? kept : undefined), kept }
}

/** Pictures go to the server at once; without a network they wait on the device under the record. */
async function storePhoto(
  queue: Queue | undefined,
  record: string,
  online: boolean,
  file: File,
  local: Set<string>,
): Promise<string> {
  if (online) {
    try {
      return (await uploadFile(file, 'photo')).id
    } catch (error) {
      if (!isPassing(problemOf(error))) throw error
    }
  }
  if (!queue) throw new ProblemError({ status: 0, code: 'no-network', title: '' })
  const key = crypto.randomUUID()
  await queue.putFile(record, key, file)
  local.add(key)
  return key
}

export type FieldRecord = {
  readonly online: boolean
  readonly pending: boolean
  readonly problem: Problem | undefined
  readonly store: (file: File) => Promise<string>
  /** Sends it, or leaves it on the device until there is a network; answers the item as it then stands. */
  readonly send: (body: RecordDraft['body'], photos: readonly Photo[], label: string) => Promise<QueueItem | undefined>
  /** Those that wait on this device or were not accepted, but for the one on the screen. */
  readonly waiting: readonly QueueItem[]
  /** Takes one back into the form; answers its content. */
  readonly open: (
    item: QueueItem,
  ) => Promise<{ readonly draft: RecordDraft; readonly photos: readonly Photo[] } | undefined>
  readonly drop: (id: string) => void
  /** An empty form for the next one. */
  readonly next: () => void
}

export function useFieldRecord(): FieldRecord {
  const { queue, items } = useQueue()
  const online = useOnline()
  const [id, setId] = useState<string>(() => crypto.randomUUID())
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const local = useRef(new Set<string>())
  return {
    online,
    // nothing can be sent before the queue is open
    pending: pending || queue === undefined,
    problem,
    store: (file) => storePhoto(queue, id, online, file, local.current),
    async send(body, photos, label) {
      if (!queue) return undefined
      setPending(true)
      setProblem(undefined)
      const kept = photos.map((photo) => ({
        key: photo.id,
        ...(local.current.has(photo.id) ? {} : { file: photo.id }),
      }))
      await queue.enqueue(recordKind, { body, photos: kept } satisfies RecordDraft, { id, label })
      await queue.run()
      const after = queue.items().find((item) => item.id === id)
      setPending(false)
      if (after?.state === 'refused') setProblem(after.problem)
      if (after?.state === 'sent') void queue.remove(id)
      return after
    },
    waiting: items.filter((item) => item.kind === recordKind && item.id !== id && item.state !== 'sent'),
    async open(item) {
      const draft = item.payload as RecordDraft | undefined
      if (!queue || !draft) return undefined
      const photos: Photo[] = []
      for (const photo of draft.photos) {
        const picture = photo.file ? undefined : await queue.getFile(photo.key)
        if (picture) local.current.add(photo.key)
        if (photo.file) photos.push({ id: photo.file, url: `/api/files/${photo.file}` })
        else if (picture) photos.push({ id: photo.key, url: URL.createObjectURL(picture) })
      }
      setId(item.id)
      setProblem(item.problem)
      return { draft, photos }
    },
    drop: (item) => void queue?.remove(item),
    next() {
      setId(crypto.randomUUID())
      setProblem(undefined)
    },
  }
}
