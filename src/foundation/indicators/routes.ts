// Endpoints of figures bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import * as actions from './actions.ts'

export const indicatorsRoutes: readonly Binding[] = [actions.listIndicators, actions.getValues, actions.listRowsBehind]
