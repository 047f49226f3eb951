// How social workers are shown outside of the register: as cards with number, state and place, never with a name.
import type { RecordKind } from '../../platform/declarations.ts'
import { numberOfWorker, reachOf } from './rules.ts'
import { listFoundWorkers, listWorkersById } from './store.ts'

export const socialWorkersRecords: readonly RecordKind[] = [
  {
    kind: 'worker',
    permission: 'social-workers.read',
    find: listFoundWorkers,
    cards: async (tx, ids) =>
      (await listWorkersById(tx, ids)).map((worker) => ({
        ref: { kind: 'worker', id: worker.id },
        number: numberOfWorker(worker),
        state: worker.state,
        division: worker.division,
        reach: reachOf(worker),
        open: false,
      })),
  },
]
