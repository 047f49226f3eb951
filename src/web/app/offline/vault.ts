// The device's own store of the queue: IndexedDB through Dexie, everything encrypted with a key that never leaves the browser.
import Dexie, { type Table } from 'dexie'
import type { QueueItem, QueueStore } from './queue.ts'

type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly data: ArrayBuffer }
type KeyRow = { readonly name: string; readonly key: CryptoKey }
type OwnerRow = { readonly name: string; readonly value: string }
type ItemRow = Sealed & { readonly id: string }
type FileRow = Sealed & { readonly id: string; readonly item: string; readonly type: string }

class Shelves extends Dexie {
  declare keys: Table<KeyRow, string>
  declare facts: Table<OwnerRow, string>
  declare items: Table<ItemRow, string>
  declare files: Table<FileRow, string>
  constructor() {
    super('liandong')
    this.version(1).stores({ keys: 'name', facts: 'name', items: 'id', files: 'id, item' })
  }
}

const algorithm = 'AES-GCM'

/** The key of this device, made on first use. It cannot be exported, only used by pages of this site. */
async function keyOf(shelves: Shelves): Promise<CryptoKey> {
  const known = await shelves.keys.get('items')
  if (known) return known.key
  const key = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt'])
  // two windows may come here at once: the first key stays
  return shelves.transaction('rw', shelves.keys, async () => {
    const other = await shelves.keys.get('items')
    if (other) return other.key
    await shelves.keys.add({ name: 'items', key })
    return key
  })
}

/** Opens the store. Throws where the browser has no IndexedDB or no cryptography (a page that came without TLS). */
export async function openVault(): Promise<QueueStore> {
  const shelves = new Shelves()
  await shelves.open()
  const bound = (of: string) => new TextEncoder().encode(of)
  const seal = async (of: string, bytes: BufferSource): Promise<Sealed> => {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const how = { name: algorithm, iv, additionalData: bound(of) }
    return { iv, data: await crypto.subtle.encrypt(how, await keyOf(shelves), bytes) }
  }
  const open = async (of: string, { iv, data }: Sealed): Promise<ArrayBuffer> =>
    crypto.subtle.decrypt({ name: algorithm, iv, additionalData: bound(of) }, await keyOf(shelves), data)
  await keyOf(shelves)

  return {
    async load() {
      const rows = await shelves.items.toArray()
      const items = await Promise.all(
        rows.map(async (row) => {
          try {
            return [JSON.parse(new TextDecoder().decode(await open(`item:${row.id}`, row))) as QueueItem]
          } catch {
            // sealed under a key that is gone: nobody can read it any more
            await shelves.items.delete(row.id)
            return []
          }
        }),
      )
      return items.flat().sort((one, other) => one.changedAt - other.changedAt)
    },
    async put(item) {
      const sealed = await seal(`item:${item.id}`, new TextEncoder().encode(JSON.stringify(item)))
      await shelves.items.put({ id: item.id, ...sealed })
      if (item.state === 'sent') await shelves.files.where('item').equals(item.id).delete()
    },
    async remove(id) {
      await shelves.transaction('rw', shelves.items, shelves.files, async () => {
        await shelves.items.delete(id)
        await shelves.files.where('item').equals(id).delete()
      })
    },
    async putFile(item, id, file) {
      await shelves.files.put({ id, item, type: file.type, ...(await seal(`file:${id}`, await file.arrayBuffer())) })
    },
    async getFile(id) {
      const row = await shelves.files.get(id)
      return row && new Blob([await open(`file:${id}`, row)], { type: row.type })
    },
    removeFile: (id) => shelves.files.delete(id),
    owner: async () => (await shelves.facts.get('owner'))?.value,
    async setOwner(person) {
      await shelves.facts.put({ name: 'owner', value: person })
    },
    async wipe() {
      await shelves.transaction('rw', shelves.tables, async () => {
        for (const table of shelves.tables) await table.clear()
      })
    },
  }
}
