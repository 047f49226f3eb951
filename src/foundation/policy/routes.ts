// Endpoints of policy bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as actions from './actions.ts'

export const policyRoutes: readonly Binding[] = [
  actions.listParameters,
  actions.listParameterHistory,
  actions.setParameter,
]
