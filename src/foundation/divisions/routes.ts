// Endpoints of divisions bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as actions from './actions.ts'

export const divisionsRoutes: readonly Binding[] = [actions.listDivisions, actions.getDivision, actions.succeedDivision]
