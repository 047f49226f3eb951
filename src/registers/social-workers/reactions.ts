// What happens to social workers by itself: a registration ends with its last day.
import type { TimerHandler } from '../../platform/declarations.ts'
import { keep } from './actions.ts'
import { lapseWorker } from './rules.ts'
import { findWorkerForUpdate } from './store.ts'

export const socialWorkersTimers: readonly TimerHandler[] = [
  {
    handler: 'social-workers.lapseWorker',
    run: async (act, ref) => {
      const worker = await findWorkerForUpdate(act.tx, ref.id)
      const next = worker === undefined ? undefined : lapseWorker(worker, act.now)
      if (worker !== undefined && next !== undefined) await keep(act, 'lapseWorker', worker, next)
    },
  },
]
