// Wishes: the figures counted from the wishes' own events; what residents confirmed and what they left unsaid apart.
import type { Indicator } from '../../platform/declarations.ts'

const counted = (name: string, hears: readonly string[]): Indicator => ({
  name,
  unit: 'count',
  kind: 'count',
  hears,
  entries: () => [{ amount: 1n }],
})

export const wishesIndicators: readonly Indicator[] = [
  counted('wishes.put-up', ['wishes.putUpWish', 'wishes.admitWish', 'wishes.agreeToWish']),
  counted('wishes.claimed', ['wishes.claimWish']),
  counted('wishes.fallen-back', ['wishes.fallBack']),
  counted('wishes.confirmed', ['wishes.confirmWish']),
  counted('wishes.unconfirmed', ['wishes.confirmSilently']),
  {
    name: 'wishes.residents-helped',
    unit: 'persons',
    kind: 'distinct',
    hears: ['wishes.confirmWish'],
    // Help within one's own household is fine and is not counted.
    entries: ({ data }) =>
      data['counts'] === true && typeof data['resident'] === 'string' ? [{ person: data['resident'] }] : [],
  },
]
