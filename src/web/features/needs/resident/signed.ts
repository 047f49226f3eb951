// Acting without being signed in: off to the sign-in page and back, with what was typed kept.
import { useState } from 'react'
import { useGo } from '../../../app/address.ts'
import { useSession } from '../../../app/session.ts'

/** Whether somebody is signed in, and the way to do so that comes back to this very page. */
export function useSignedIn(): { readonly signedIn: boolean; readonly signIn: () => void } {
  const { person } = useSession()
  const go = useGo()
  return {
    signedIn: person !== null,
    signIn: () => go(`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`),
  }
}

const prefix = 'liandong.kept.'

/** Reads something kept in this tab. */
export function readKept(key: string): string | null {
  return sessionStorage.getItem(prefix + key)
}

/** Keeps something in this tab until it closes; empty forgets it. */
export function keep(key: string, value: string): void {
  if (value === '') sessionStorage.removeItem(prefix + key)
  else sessionStorage.setItem(prefix + key, value)
}

/** A text that survives signing in and reloading; '' when nothing was typed. */
export function useKept(key: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => readKept(key) ?? '')
  return [
    value,
    (next) => {
      keep(key, next)
      setValue(next)
    },
  ]
}
