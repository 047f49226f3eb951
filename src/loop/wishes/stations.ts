// Wishes: their part of the thread: with the need, that it was put on the board; with the delivery, who took it on, delivered and confirmed.
import type { Station } from '../../platform/declarations.ts'

export const wishesStations: readonly Station[] = [
  {
    station: 'need',
    hears: ['wishes.putUpWish', 'wishes.admitWish', 'wishes.agreeToWish'],
    party: 'community',
    facing: 'public',
  },
  {
    station: 'delivery',
    hears: ['wishes.claimWish', 'wishes.deliverWish', 'wishes.confirmWish', 'wishes.confirmSilently'],
    party: 'resident',
    facing: 'public',
  },
]
