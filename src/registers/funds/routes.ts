// Endpoints of the funds bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as book from './actions/book.ts'
import * as decide from './actions/decide.ts'
import * as read from './actions/read.ts'

export const fundsRoutes: readonly Binding[] = [
  read.listAccounts,
  read.getAccount,
  book.bookSource,
  book.allot,
  read.listTransfers,
  read.getTransfer,
  decide.approveTransfer,
  decide.refuseTransfer,
  decide.reverseTransfer,
  read.booksBalance,
]
