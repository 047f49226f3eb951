// Endpoints of delivery bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as plan from './actions/plan.ts'
import * as read from './actions/read.ts'
import * as record from './actions/record.ts'

export const deliveryRoutes: readonly Binding[] = [
  plan.startDelivery,
  plan.getDelivery,
  record.fileServiceRecord,
  record.voidServiceRecord,
  read.listServiceRecords,
  read.getServiceRecord,
]
