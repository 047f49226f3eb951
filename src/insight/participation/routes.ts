// Participation: the endpoints bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import { getParticipation, getParticipationShares } from './actions.ts'

export const participationRoutes: readonly Binding[] = [getParticipation, getParticipationShares]
