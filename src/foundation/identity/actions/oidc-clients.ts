// Registering the systems of departments that sign in here, and taking one's own outside accounts off.
import { jurisdictionOf } from '../../../kit/id.ts'
import { countCap } from '../../../kit/listing.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { absent, allow, forbid } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import { cursorOf, readCursor } from '../../../platform/cursor.ts'
import { unkept } from '../../../platform/http/session-cookie.ts'
import { divisionName } from '../../divisions/public.ts'
import * as contract from '../contract/oidc.ts'
import { hasFreshSecondFactor, listPeople } from '../public.ts'
import * as rules from '../rules/oidc.ts'
import { newToken, tokenHash } from '../sealed-rules.ts'
import * as store from '../store/oidc.ts'
import { recordOwn } from './guard.ts'
import { selfOf } from './session.ts'

function rowView(client: rules.OidcClient) {
  return {
    id: client.id,
    name: client.name,
    department: client.department,
    division: client.division,
    divisionName: divisionName(client.division) ?? client.division,
    state: client.state,
    createdAt: client.createdAt,
    secretAt: client.secretAt,
    version: client.version,
  }
}

export const listOidcClients = question(contract.listOidcClients, async (ask, { query }) => {
  const [at, id] = readCursor(query.cursor, 2) ?? []
  const after = at === undefined || id === undefined ? undefined : { at, id }
  const filter = { scopes: ask.scopes, division: query.division, state: query.state, size: query.size + 1, after }
  const rows = await store.listOidcClients(ask.tx, filter)
  const page = rows.slice(0, query.size)
  const last = page.at(-1)
  const n = after === undefined ? await store.countOidcClients(ask.tx, filter, countCap) : undefined
  return allow({
    rows: page.map(rowView),
    next: rows.length > query.size && last !== undefined ? cursorOf([last.createdAt, last.id.slice(7)]) : undefined,
    count: n === undefined ? undefined : { n: Math.min(n, countCap), capped: n > countCap },
  })
})

export const getOidcClient = question(contract.getOidcClient, async (ask, { params }) => {
  const client = await store.findOidcClient(ask.tx, params.id)
  if (client === undefined) return absent()
  const refusal = ask.see(rules.judgedOidcClient(client))
  if (refusal !== undefined) return refusal
  const by = (await listPeople(ask.tx, [client.registeredBy])).get(client.registeredBy)
  const fresh = hasFreshSecondFactor(ask.actor, ask.platform)
  const rotation = rules.rotateOidcSecret(client, { hash: client.secretHash, at: client.secretAt })
  return allow({
    ...rowView(client),
    redirectUris: [...client.redirectUris],
    logoutUris: [...client.logoutUris],
    authMethod: client.authMethod,
    registeredBy: by?.officialName ?? by?.maskedName ?? '',
    // The second factor is asked for when the button is pressed: only the record's state greys it.
    actions: actionsOf({
      rotateOidcSecret: rotation.ok && !fresh.ok ? allow(client) : rotation,
      disableOidcClient: rules.disableOidcClient(client),
    }),
  })
})

export const registerOidcClient = action(contract.registerOidcClient, async (act, { body }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  const ruling = await act.judge({ reach: { division: body.division } }, () => {
    const fresh = hasFreshSecondFactor(act.actor, act.platform)
    return fresh.ok ? rules.registerOidcClient(body) : forbid('second-factor-needed')
  })
  if (!ruling.ok) return ruling
  const secret = newToken()
  const client: rules.OidcClient = {
    id: act.newId<'oidc-client'>(jurisdictionOf(body.division)),
    division: body.division,
    state: 'active',
    version: 1,
    name: body.name,
    department: body.department,
    redirectUris: body.redirectUris,
    logoutUris: body.logoutUris,
    authMethod: body.authMethod,
    secretHash: tokenHash(secret),
    secretAt: act.now,
    registeredBy: self.value.personId,
    createdAt: act.now,
  }
  await store.insertOidcClient(act.tx, client)
  act.record({
    name: 'identity.registerOidcClient',
    of: { kind: 'oidc-client', id: client.id },
    division: client.division,
    state: { to: 'active' },
    data: { redirectUris: body.redirectUris.length, logoutUris: body.logoutUris.length, authMethod: body.authMethod },
  })
  return allow(unkept({ id: client.id, version: 1, state: client.state, clientId: client.id, secret }))
})

export const rotateOidcSecret = action(contract.rotateOidcSecret, async (act, { params }) => {
  const client = await store.findOidcClientForUpdate(act.tx, params.id)
  if (client === undefined) return absent()
  const secret = newToken()
  const ruling = await act.judge(rules.judgedOidcClient(client), () => {
    const fresh = hasFreshSecondFactor(act.actor, act.platform)
    return fresh.ok
      ? rules.rotateOidcSecret(client, { hash: tokenHash(secret), at: act.now })
      : forbid('second-factor-needed')
  })
  if (!ruling.ok) return ruling
  await store.saveOidcClient(act.tx, ruling.value, act.now)
  act.record({
    name: 'identity.rotateOidcSecret',
    of: { kind: 'oidc-client', id: client.id },
    division: client.division,
  })
  return allow(
    unkept({ id: client.id, version: ruling.value.version, state: ruling.value.state, clientId: client.id, secret }),
  )
})

export const disableOidcClient = action(contract.disableOidcClient, async (act, { params }) => {
  const client = await store.findOidcClientForUpdate(act.tx, params.id)
  if (client === undefined) return absent()
  const ruling = await act.judge(rules.judgedOidcClient(client), () => rules.disableOidcClient(client))
  if (!ruling.ok) return ruling
  await store.saveOidcClient(act.tx, ruling.value, act.now)
  act.record({
    name: 'identity.disableOidcClient',
    of: { kind: 'oidc-client', id: client.id },
    division: client.division,
    state: { from: client.state, to: ruling.value.state },
  })
  return allow({ id: client.id, version: ruling.value.version, state: ruling.value.state })
})

export const listOutsideLinks = question(contract.listOutsideLinks, async (ask) => {
  const self = selfOf(ask)
  if (!self.ok) return self
  const rows = await store.listOutsideLinks(ask.tx, self.value.personId)
  return allow({ rows: rows.map(({ id, issuer, kind, linkedAt, usedAt }) => ({ id, issuer, kind, linkedAt, usedAt })) })
})

export const removeOutsideLink = action(contract.removeOutsideLink, async (act, { params }) => {
  const self = selfOf(act)
  if (!self.ok) return self
  if (!(await store.removeOutsideLink(act.tx, params.id, self.value.personId))) return absent()
  recordOwn(act, self.value.personId, 'removeOutsideLink')
  return allow({ id: params.id })
})
