// What identity does by itself: clearing away what is over. It hears no other domain.
import { removeExpired } from './store/sessions.ts'
import type { Job, Reaction, TimerHandler } from '../../platform/declarations.ts'

export const identityReactions: readonly Reaction[] = []
export const identityTimers: readonly TimerHandler[] = []

export const identityJobs: readonly Job[] = [
  { name: 'identity.remove-expired', cron: '17 * * * *', run: (platform) => removeExpired(platform.database.reader, platform.clock.real()) },
]
