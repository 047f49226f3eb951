// What identity does by itself: clearing away what is over. It hears no other domain.
import type { Job } from '../../platform/declarations.ts'
import { removeExpired } from './store/sessions.ts'

export const identityJobs: readonly Job[] = [
  {
    name: 'identity.remove-expired',
    cron: '17 * * * *',
    run: (platform) => removeExpired(platform.database.reader, platform.clock.real()),
  },
]
