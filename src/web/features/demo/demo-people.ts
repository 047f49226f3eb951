// The made-up people of the demo: listing them and becoming one of them.
import { send } from '../../app/client.ts'

export type DemoFace = 'resident' | 'desk' | 'cockpit'

export type DemoPerson = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly roleName: string
  readonly place: string
  readonly face: DemoFace
}

export const demoPeopleAddress = '/api/demo/people'

/** The first page of a face. */
export function homeOf(face: DemoFace): string {
  return face === 'resident' ? '/' : face === 'desk' ? '/desk' : '/cockpit'
}

/**
 * Signs in as a made-up person and opens a page as that person; refused by the server unless it runs as a demo. The page is loaded anew:
 * nothing that the previous person read stays in memory, and no page asks as somebody who may not see it.
 */
export async function becomePerson(person: string, leaveTo: string): Promise<void> {
  await send('POST', '/api/demo/sign-in', { person })
  window.location.assign(leaveTo)
}
