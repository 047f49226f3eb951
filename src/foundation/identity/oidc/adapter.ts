// Where oidc-provider keeps its artefacts: PostgreSQL, ids hashed, contents sealed, each code and token consumed by one statement.
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider'
import type { Platform } from '../../../platform/platform.ts'
import type { OidcClient } from '../rules/oidc.ts'
import { tokenHash } from '../sealed-rules.ts'
import * as store from '../store/oidc.ts'
import type { OidcKeys } from './keys.ts'

/** A system as the provider knows it. Its "secret" is the hash: provider.ts compares the hash of what a system shows. */
function metadataOf(client: OidcClient): AdapterPayload {
  return {
    client_id: client.id,
    client_name: client.name,
    client_secret: client.secretHash,
    token_endpoint_auth_method: client.authMethod,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.logoutUris,
    application_type: 'web',
    subject_type: 'pairwise',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    response_modes: ['query'],
  }
}

function clientAdapter(platform: Platform): Adapter {
  const never = async (): Promise<undefined> => {
    throw new Error('systems are registered by administrators')
  }
  return {
    async find(id) {
      const client = await store.findOidcClient(platform.database.reader, id)
      return client?.state === 'active' ? metadataOf(client) : undefined
    },
    upsert: never,
    findByUid: never,
    findByUserCode: never,
    consume: never,
    destroy: never,
    revokeByGrantId: never,
  }
}

/** Adapters by model name over one platform. */
export function makeAdapter(platform: Platform, keys: OidcKeys): AdapterFactory {
  const tx = platform.database.reader
  const read = (model: string, idHash: string, artefact: store.Artefact | undefined): AdapterPayload | undefined => {
    const text = artefact === undefined ? undefined : keys.open(`${model}:${idHash}`, artefact.payload)
    if (artefact === undefined || text === undefined) return undefined
    const payload: AdapterPayload = JSON.parse(text)
    return artefact.consumedAt === undefined
      ? payload
      : { ...payload, consumed: Math.floor(Date.parse(artefact.consumedAt) / 1000) }
  }
  return (model) => {
    if (model === 'Client') return clientAdapter(platform)
    const hash = (id: string, of = model) => tokenHash(`${of}:${id}`)
    const keyOf = (id: string) => ({ model, idHash: hash(id) })
    return {
      async upsert(id, payload, expiresIn) {
        const key = keyOf(id)
        await store.saveArtefact(tx, key, {
          payload: keys.seal(`${model}:${key.idHash}`, JSON.stringify(payload)),
          grantHash: payload.grantId === undefined ? undefined : hash(payload.grantId, 'Grant'),
          uidHash: payload.uid === undefined ? undefined : hash(payload.uid, 'uid'),
          expires: platform.clock.real() + (expiresIn ?? 3600) * 1000,
        })
      },
      async find(id) {
        const key = keyOf(id)
        return read(model, key.idHash, await store.findArtefact(tx, key))
      },
      async findByUid(uid) {
        const found = await store.findArtefactByUid(tx, model, hash(uid, 'uid'))
        return found === undefined ? undefined : read(model, found.idHash, found)
      },
      findByUserCode: async () => undefined,
      async consume(id) {
        const key = keyOf(id)
        if (await store.consumeArtefact(tx, key, platform.clock.real())) return
        // Somebody redeemed it first: whichever of the two is the thief, nothing of this grant stays (RFC 6749 4.1.2, RFC 9700 4.14).
        const grantHash = await store.findGrantHash(tx, key)
        if (grantHash !== undefined) await store.removeArtefactsOfGrant(tx, grantHash)
        throw new errors.InvalidGrant(`${model} already consumed`)
      },
      destroy: (id) => store.removeArtefact(tx, keyOf(id)),
      revokeByGrantId: (grantId) => store.removeArtefactsOfGrant(tx, hash(grantId, 'Grant'), model),
    }
  }
}
