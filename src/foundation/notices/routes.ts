// Endpoints of inbox, my work, timelines and search bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import * as history from './actions/history.ts'
import * as inbox from './actions/inbox.ts'
import * as search from './actions/search.ts'
import * as work from './actions/work.ts'

export const noticesRoutes: readonly Binding[] = [
  inbox.listNotices,
  inbox.countUnread,
  inbox.readNotice,
  inbox.readAllNotices,
  inbox.listPreferences,
  inbox.setPreference,
  work.listMyWork,
  work.listMyDone,
  history.getTimeline,
  history.getRelated,
  search.searchRecords,
]
