// When the registration of a social worker ends by itself. Nobody's desk waits for it: renewing is the worker's own step.
import { endOfDay } from '../../kit/working-days.ts'
import type { Timer } from '../../platform/events.ts'
import type { Worker } from './rules.ts'

export function timersOfWorker(worker: Worker): Timer[] {
  return worker.state === 'registered'
    ? [{ handler: 'social-workers.lapseWorker', due: endOfDay(worker.validUntil) }]
    : []
}
