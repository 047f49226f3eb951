// Deliberation: how other parts show a motion: threads, timelines, my work, search, notices.
import type { RecordKind } from '../../platform/declarations.ts'
import { judgedMotion, shownNumber } from './rules.ts'
import { listFoundMotions, listMotionsByIds } from './store.ts'

export const deliberationRecords: readonly RecordKind[] = [
  {
    kind: 'motion',
    permission: 'deliberation.listDeskMotions',
    find: listFoundMotions,
    page: '/motions',
    async cards(tx, ids) {
      return (await listMotionsByIds(tx, ids)).map((motion) => ({
        ref: { kind: 'motion', id: motion.id },
        number: shownNumber(motion),
        title: motion.title,
        state: motion.state,
        division: motion.division,
        reach: judgedMotion(motion).reach,
        open: true,
      }))
    },
  },
]
