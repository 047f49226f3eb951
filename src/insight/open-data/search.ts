// Open data: under which name a tender is published, for the thread.
import type { PublishedAs } from '../../platform/declarations.ts'
import { listOcids } from './store.ts'

export const openDataPublishedAs: readonly PublishedAs[] = [
  {
    kind: 'tender',
    standard: 'ocds',
    find: async (tx, ids) =>
      (await listOcids(tx, ids)).map(({ tender, ocid }) => ({
        of: tender,
        name: ocid,
        path: `/api/ocds/records/${ocid}`,
      })),
  },
]
