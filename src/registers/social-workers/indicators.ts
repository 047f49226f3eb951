// What the register of social workers counts: registrations, renewals and lapses.
import type { Indicator } from '../../platform/declarations.ts'

export const socialWorkersIndicators: readonly Indicator[] = [
  {
    name: 'social-workers.registered',
    unit: 'count',
    kind: 'count',
    hears: ['social-workers.registerWorker'],
    entries: () => [{ amount: 1n }],
  },
  {
    name: 'social-workers.renewed',
    unit: 'count',
    kind: 'count',
    hears: ['social-workers.renewWorker'],
    entries: () => [{ amount: 1n }],
  },
  {
    name: 'social-workers.lapsed',
    unit: 'count',
    kind: 'count',
    hears: ['social-workers.lapseWorker'],
    entries: () => [{ amount: 1n }],
  },
]
