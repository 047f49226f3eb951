// The community that a resident looks at: the chosen one, else the residence, else the place of the role.
import { useSyncExternalStore } from 'react'
import { currentAssignment, useSession } from './session.ts'

export type Place = {
  /** Division code. */
  readonly code: string
  readonly name: string
  /** Names of the divisions above, for the small line. */
  readonly within?: string
}

const memory = 'liandong.place'
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): string | null {
  return localStorage.getItem(memory)
}

function parse(text: string | null): Place | undefined {
  if (!text) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'code' in value && 'name' in value) {
      const within = 'within' in value && typeof value.within === 'string' ? value.within : undefined
      return { code: String(value.code), name: String(value.name), within }
    }
  } catch {
    return undefined
  }
  return undefined
}

/** The last part of a full name is the place, the rest where it lies: "苏州市虎丘区横塘街道 横塘社区" or parts joined by spaces. */
function split(code: string, full: string): Place {
  const parts = full.split(' ').filter(Boolean)
  const name = parts.pop() ?? full
  return { code, name, within: parts.join('') || undefined }
}

/** The place and the way to choose another; remembered on this device. */
export function usePlace(): readonly [Place | undefined, (place: Place) => void] {
  const session = useSession()
  const chosen = parse(useSyncExternalStore(subscribe, read))
  const assignment = currentAssignment(session)
  const own = session.residence
    ? split(session.residence.division, session.residence.name)
    : assignment
      ? split(assignment.division, assignment.divisionName)
      : undefined
  const choose = (place: Place) => {
    localStorage.setItem(memory, JSON.stringify(place))
    for (const listener of listeners) listener()
  }
  return [chosen ?? own, choose]
}
