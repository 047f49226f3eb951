// Who is signed in, in which role, and what that role may do.
import { useQuery } from '@tanstack/react-query'
import type { getSession } from '../../foundation/identity/contract.ts'
import type { OutputOf } from '../../kit/endpoint.ts'
import { queryClient } from './ask.ts'
import { send } from './client.ts'

// only the type: the contract itself would weigh on the landing page
export type Session = OutputOf<typeof getSession>
export type Assignment = Session['assignments'][number]

const nobody: Session = {
  person: null,
  assignments: [],
  permissions: [],
  verified: false,
  adult: false,
  residence: null,
  demo: false,
  now: new Date().toISOString(),
}
/** Under what the session is kept. */
export const sessionKey = ['session']

/** The session; `loaded` is false until the server has answered once, `asked` until it has answered or could not be reached. */
export function useSession(): Session & { readonly loaded: boolean; readonly asked: boolean } {
  const { data, isError } = useQuery<Session>({
    queryKey: sessionKey,
    queryFn: ({ signal }) => send<Session>('GET', '/api/session', undefined, { signal }),
    staleTime: 60_000,
  })
  return { ...(data ?? nobody), loaded: data !== undefined, asked: data !== undefined || isError }
}

/** May the current role do this? Greys menus and buttons only: the server decides. */
export function useMay(permission: string | undefined): boolean {
  const { permissions } = useSession()
  return permission === undefined || permissions.includes(permission)
}

/** The assignment that is on, if any. */
export function currentAssignment(session: Session): Assignment | undefined {
  return session.assignments.find((assignment) => assignment.current)
}

/** Forgets everything read as the previous person and asks anew. */
export async function renewSession(): Promise<void> {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
  await queryClient.refetchQueries({ queryKey: sessionKey })
  await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
}

/** Works on as another of my roles. */
export async function switchAssignment(assignment: string): Promise<void> {
  await send('POST', '/api/session/switch', { assignment })
  await renewSession()
}

/** Confirms the second factor for the next minutes, before signing or paying (SecondFactorDialog asks for the code). */
export async function confirmSecondFactor(code: string): Promise<void> {
  await send('POST', '/api/session/confirm', { code })
  await queryClient.refetchQueries({ queryKey: sessionKey })
}

/** Ends the session on the server, wipes what was written on this device, then leaves for the given page. */
export async function signOut(leaveTo = '/'): Promise<void> {
  await send('POST', '/api/session/sign-out', {})
  // where the person lives, too (place.ts)
  localStorage.removeItem('liandong.place.own')
  // what needs no network to be seen comes when it is needed: the landing page carries nothing of it
  await import('./offline/offline.ts').then(({ wipeQueue }) => wipeQueue()).catch(() => undefined)
  window.location.assign(leaveTo)
}
