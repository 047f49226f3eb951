// Needs: how other parts show a need: threads, timelines, my work, search, notices.
import type { RecordKind } from '../../platform/declarations.ts'
import { reachOf, shownNumber } from './rules.ts'
import { listNeedCards } from './store/cards.ts'
import { listFoundNeeds } from './store/found.ts'

export const needsRecords: readonly RecordKind[] = [
  {
    kind: 'need',
    permission: 'needs.readPrivate',
    find: listFoundNeeds,
    page: '/needs',
    async cards(tx, ids) {
      return (await listNeedCards(tx, ids)).map((need) => ({
        ref: { kind: 'need', id: need.id },
        number: shownNumber(need),
        title: need.title,
        state: need.state,
        division: need.division,
        reach: reachOf(need),
        open: need.visibility === 'public' && need.state !== 'draft' && need.state !== 'withdrawn',
      }))
    },
  },
]
