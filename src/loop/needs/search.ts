// Needs: how other parts show a need: threads, timelines, my work, search, notices.
import type { RecordKind } from '../../platform/declarations.ts'
import { reachOf, shownNumber } from './rules.ts'
import { listFoundNeeds } from './store/found.ts'
import { listNeedRows } from './store.ts'
import { needOf } from './store/rows.ts'

export const needsRecords: readonly RecordKind[] = [
  {
    kind: 'need',
    permission: 'needs.readPrivate',
    find: listFoundNeeds,
    page: '/needs',
    async cards(tx, ids) {
      const rows = await listNeedRows(tx, ids)
      return rows.map((row) => {
        const need = needOf(row, undefined)
        const open = need.visibility === 'public' && need.state !== 'draft' && need.state !== 'withdrawn'
        return {
          ref: { kind: 'need', id: need.id },
          number: shownNumber(need),
          title: need.visibility === 'public' ? row.texts?.title : undefined,
          state: need.state,
          division: need.division,
          reach: reachOf(need),
          open,
        }
      })
    },
  },
]
