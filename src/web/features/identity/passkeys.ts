// Enrolling a passkey of this device: the browser makes it, the server checks it.
import { beginPasskey, finishPasskey } from '../../../foundation/identity/contract/credentials.ts'
import { send } from '../../app/client.ts'

/** Adds a passkey under `label`. Throws what the client throws, and what the browser throws when the person declines. */
export async function addPasskey(label: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  type Options = Parameters<typeof startRegistration>[0]['optionsJSON']
  const begun = await send<{ challenge: string; options: Options }>(beginPasskey.method, `/api${beginPasskey.path}`, {})
  const response = await startRegistration({ optionsJSON: begun.options })
  await send(finishPasskey.method, `/api${finishPasskey.path}`, { challenge: begun.challenge, response, label })
}
