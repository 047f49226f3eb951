// The guided tour "one thread in ten minutes" as data, and how far this browser has come in it.
import { useSyncExternalStore } from 'react'

export type TourStep = {
  /** Key of the step's texts: `demo:tour.<key>.who`, `.what`, `.where`. */
  readonly key: string
  /** The role whose made-up person does it. */
  readonly role: string
  /** The screen on which it is done. */
  readonly path: string
}

export const tourSteps: readonly TourStep[] = [
  { key: 'raise', role: 'resident', path: '/raise' },
  { key: 'accept', role: 'community-worker', path: '/desk/needs' },
  { key: 'deliberate', role: 'community-head', path: '/desk/deliberation' },
  { key: 'vote', role: 'resident', path: '/square' },
  { key: 'design', role: 'community-worker', path: '/desk/projects' },
  { key: 'approve', role: 'township-reviewer', path: '/desk/projects' },
  { key: 'tender', role: 'township-procurer', path: '/desk/procurement' },
  { key: 'bid', role: 'organization-administrator', path: '/desk/procurement/open' },
  { key: 'sign', role: 'organization-administrator', path: '/desk/contracts' },
  { key: 'serve', role: 'social-worker', path: '/desk/delivery' },
  { key: 'pay', role: 'township-settler', path: '/desk/funds' },
  { key: 'verdict', role: 'resident', path: '/mine' },
]

const memory = 'liandong.tour'
const listeners = new Set<() => void>()

function read(): number {
  const value = Number(localStorage.getItem(memory) ?? '-1')
  return Number.isInteger(value) && value < tourSteps.length ? value : -1
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The step that is on (0-based), -1 when the tour is not running, and the way to set it. */
export function useTour(): readonly [number, (step: number) => void] {
  const step = useSyncExternalStore(subscribe, read)
  return [
    step,
    (next) => {
      localStorage.setItem(memory, String(next))
      for (const listener of listeners) listener()
    },
  ]
}
