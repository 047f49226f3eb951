// The community that a resident looks at: the chosen one, else the residence, else the place of the role.
import { useEffect, useSyncExternalStore } from 'react'
import { currentAssignment, useSession } from './session.ts'

export type Place = {
  /** Division code. */
  readonly code: string
  readonly name: string
  /** Names of the divisions above, for the small line. */
  readonly within?: string
}

const memory = 'liandong.place'
/** The place of whoever is signed in, for the time without a network; `signOut` forgets it. */
const ownMemory = 'liandong.place.own'
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

/** A committee's name as people say it: 横塘社区居委会 is 横塘社区. */
export function shortPlace(name: string): string {
  return name.replace(/(?<=社区|村)(?:居委会|居民委员会|村委会|村民委员会)$/, '')
}

/** A full name runs from the county to the place itself, in one piece: "虎丘区横塘街道横塘社区居委会". */
function split(code: string, full: string): Place {
  const parts = /^(.*街道)(.{2,})$/.exec(full) ?? /^(.+?[镇乡])(.{2,})$/.exec(full)
  const [, within, name = full] = parts ?? []
  return { code, name, within }
}

/** The place and the way to choose another; remembered on this device. */
export function usePlace(): readonly [Place | undefined, (place: Place) => void] {
  const session = useSession()
  const chosen = parse(useSyncExternalStore(subscribe, read))
  const assignment = currentAssignment(session)
  const told = session.residence
    ? split(session.residence.division, session.residence.name)
    : assignment
      ? split(assignment.division, assignment.divisionName)
      : undefined
  const own = told ?? (session.loaded ? undefined : parse(localStorage.getItem(ownMemory)))
  const remembered = told && JSON.stringify(told)
  useEffect(() => {
    if (remembered) localStorage.setItem(ownMemory, remembered)
  }, [remembered])
  const choose = (place: Place) => {
    localStorage.setItem(memory, JSON.stringify(place))
    for (const listener of listeners) listener()
  }
  const place = chosen ?? own
  return [place && { ...place, name: shortPlace(place.name) }, choose]
}
