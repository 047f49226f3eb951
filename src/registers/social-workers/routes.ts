// Endpoints of the register of social workers bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as actions from './actions.ts'

export const socialWorkersRoutes: readonly Binding[] = [
  actions.listWorkers,
  actions.getWorker,
  actions.registerWorker,
  actions.renewWorker,
  actions.changeEmployer,
  actions.workerStatistics,
]
