// The one consumer that counts; compose lets it hear every event that an indicator names.
import type { Reaction } from '../../platform/declarations.ts'
import { countEvents } from './public.ts'

export const indicatorsReactions: readonly Reaction[] = [
  {
    name: 'indicators.count',
    hears: [],
    run: (act, event) => countEvents(act.platform, act.tx, [event]),
    runAll: (act, events) => countEvents(act.platform, act.tx, events),
  },
]
