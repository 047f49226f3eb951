// The thread's endpoint bound to what answers it.
import type { Binding } from '../../platform/action.ts'
import * as account from './actions/account.ts'
import * as actions from './actions.ts'

export const threadRoutes: readonly Binding[] = [actions.getThread, account.getProjectAccount]
