// The store of the queue where the browser offers no place on the device: as long as the page is open, no longer. Tests use it too.
import type { QueueItem, QueueStore } from './queue.ts'

/** An empty store in memory. */
export function makeMemoryStore(): QueueStore {
  const items = new Map<string, QueueItem>()
  const files = new Map<string, { readonly item: string; readonly file: Blob }>()
  let owner: string | undefined
  const dropFiles = (item: string) => {
    for (const [id, kept] of files) if (kept.item === item) files.delete(id)
  }
  return {
    load: async () => [...items.values()],
    async put(item) {
      items.set(item.id, item)
      if (item.state === 'sent') dropFiles(item.id)
    },
    async remove(id) {
      items.delete(id)
      dropFiles(id)
    },
    async putFile(item, id, file) {
      files.set(id, { item, file })
    },
    getFile: async (id) => files.get(id)?.file,
    async removeFile(id) {
      files.delete(id)
    },
    owner: async () => owner,
    async setOwner(person) {
      owner = person
    },
    async wipe() {
      items.clear()
      files.clear()
      owner = undefined
    },
  }
}
