// Registering outside programs that act with a key, and the actor that a key stands for.
import type { PersonActor } from '../../../kit/actor.ts'
import { jurisdictionOf } from '../../../kit/id.ts'
import { countCap } from '../../../kit/listing.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import type { Tx } from '../../../platform/database.ts'
import { unkept } from '../../../platform/http/session-cookie.ts'
import { divisionName, withPredecessors } from '../../divisions/public.ts'
import * as contract from '../contract/api-clients.ts'
import { createPerson, hasFreshSecondFactor, listPeople } from '../public.ts'
import * as rules from '../rules/api-clients.ts'
import { newToken, tokenHash } from '../sealed-rules.ts'
import * as store from '../store/api-clients.ts'
import { selfOf } from './session.ts'

function rowView(client: rules.ApiClient) {
  return {
    id: client.id,
    name: client.name,
    operator: client.operator,
    division: client.division,
    divisionName: divisionName(client.division) ?? client.division,
    state: client.state,
    createdAt: client.createdAt,
    version: client.version,
  }
}

/**
 * The actor whom a key stands for: the program's own account, with these permissions at its place and nothing else; undefined for a key
 * that is unknown or of a disabled program. `sessionId` is the program's id, so that limits and answers kept are per program.
 */
export async function findApiActor(
  tx: Tx,
  key: string,
  permissions: ReadonlySet<string>,
): Promise<PersonActor | undefined> {
  const client = await store.findApiClientByKey(tx, tokenHash(key))
  if (client === undefined) return undefined
  return {
    kind: 'person',
    personId: client.person,
    sessionId: client.id,
    verified: false,
    adult: true,
    grants: withPredecessors(client.division).map((division) => ({
      role: 'api-client',
      reach: 'place',
      permissions,
      division,
    })),
  }
}

export const listApiClients = question(contract.listApiClients, async (ask, { query }) => {
  const [at, id] = readCursor(query.cursor, 2) ?? []
  const after = at === undefined || id === undefined ? undefined : { at, id }
  const filter = { scopes: ask.scopes, division: query.division, state: query.state, size: query.size + 1, after }
  const rows = await store.listApiClients(ask.tx, filter)
  const page = rows.slice(0, query.size)
  const last = page.at(-1)
  const n = after === undefined ? await store.countApiClients(ask.tx, filter, countCap) : undefined
  return allow({
    rows: page.map(rowView),
    next: rows.length > query.size && last !== undefined ? cursorOf([last.createdAt, last.id.slice(7)]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  })
})

export const getApiClient = question(contract.getApiClient, async (ask, { params }) => {
  const client = await store.findApiClient(ask.tx, params.id)
  if (client === undefined) return absent()
  const refusal = ask.see(rules.judgedApiClient(client))
  if (refusal !== undefined) return refusal
  const by = (await listPeople(ask.tx, [client.registeredBy])).get(client.registeredBy)
  return allow({
    ...rowView(client),
    registeredBy: by?.officialName ?? by?.maskedName ?? '',
    // The second factor is asked for when the button is pressed: only the record's state greys it.
    actions: actionsOf({
      rotateApiKey: rules.rotateApiKey(client, client.keyHash),
      disableApiClient: rules.disableApiClient(client),
    }),
  })
})

export const registerApiClient = action(contract.registerApiClient, async (act, { body }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const ruling = await act.judge({ reach: { division: body.division } }, () => {
    const fresh = hasFreshSecondFactor(act.actor, act.platform)
    return fresh.ok ? rules.registerApiClient(body) : forbid('second-factor-needed')
  })
  if (!ruling.ok) return ruling
  // No number, no account, no password: nobody can ever sign in as this person.
  const person = await createPerson(act, { name: body.name, officialName: body.name })
  if (!person.ok) return person
  const key = newToken()
  const client: rules.ApiClient = {
    id: act.newId<'api-client'>(jurisdictionOf(body.division)),
    division: body.division,
    state: 'active',
    version: 1,
    name: body.name,
    operator: body.operator,
    person: person.value,
    keyHash: tokenHash(key),
    registeredBy: self.value.personId,
    createdAt: act.now,
  }
  await store.insertApiClient(act.tx, client)
  act.record({
    name: 'identity.registerApiClient',
    of: { kind: 'api-client', id: client.id },
    division: client.division,
    state: { to: 'active' },
    links: [{ kind: 'person', id: client.person }],
  })
  return allow(unkept({ id: client.id, version: 1, state: client.state, key }))
})

export const rotateApiKey = action(contract.rotateApiKey, async (act, { params }) => {
  const client = await store.findApiClientForUpdate(act.tx, params.id)
  if (client === undefined) return absent()
  const key = newToken()
  const ruling = await act.judge(rules.judgedApiClient(client), () => {
    const fresh = hasFreshSecondFactor(act.actor, act.platform)
    return fresh.ok ? rules.rotateApiKey(client, tokenHash(key)) : forbid('second-factor-needed')
  })
  if (!ruling.ok) return ruling
  await store.saveApiClient(act.tx, ruling.value, act.now)
  act.record({
    name: 'identity.rotateApiKey',
    of: { kind: 'api-client', id: client.id },
    division: client.division,
  })
  return allow(unkept({ id: client.id, version: ruling.value.version, state: ruling.value.state, key }))
})

export const disableApiClient = action(contract.disableApiClient, async (act, { params }) => {
  const client = await store.findApiClientForUpdate(act.tx, params.id)
  if (client === undefined) return absent()
  const ruling = await act.judge(rules.judgedApiClient(client), () => rules.disableApiClient(client))
  if (!ruling.ok) return ruling
  await store.saveApiClient(act.tx, ruling.value, act.now)
  act.record({
    name: 'identity.disableApiClient',
    of: { kind: 'api-client', id: client.id },
    division: client.division,
    state: { from: client.state, to: ruling.value.state },
  })
  return allow({ id: client.id, version: ruling.value.version, state: ruling.value.state })
})
