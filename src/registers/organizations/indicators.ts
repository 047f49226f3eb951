// What the register of organizations counts: entries into the register and cancellations.
import type { Indicator } from '../../platform/declarations.ts'

export const organizationsIndicators: readonly Indicator[] = [
  {
    name: 'organizations.registered',
    unit: 'count',
    kind: 'count',
    hears: ['organizations.registerOrganization'],
    entries: () => [{ amount: 1n }],
  },
  {
    name: 'organizations.filed',
    unit: 'count',
    kind: 'count',
    hears: ['organizations.fileOrganization'],
    entries: () => [{ amount: 1n }],
  },
  {
    name: 'organizations.cancelled',
    unit: 'count',
    kind: 'count',
    hears: ['organizations.cancelOrganization'],
    entries: () => [{ amount: 1n }],
  },
]
