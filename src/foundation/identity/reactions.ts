// What identity does by itself: clearing away what is over. It hears no other domain.
import type { Job } from '../../platform/declarations.ts'
import { removeExpiredArtefacts } from './store/oidc.ts'
import { removeExpired } from './store/sessions.ts'

export const identityJobs: readonly Job[] = [
  {
    name: 'identity.remove-expired',
    cron: '17 * * * *',
    async run(platform) {
      await removeExpired(platform.database.reader, platform.clock.real())
      await removeExpiredArtefacts(platform.database.reader, platform.clock.real())
    },
  },
]
