// Addresses of systems that sign in here, and their lifecycle over every state and verb.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDivision, joinId } from '../../../kit/id.ts'
import { oidcClientStates } from '../contract/oidc.ts'
import { addressParts, disableOidcClient, type OidcClient, registerOidcClient, rotateOidcSecret } from './oidc.ts'

const client = (state: OidcClient['state']): OidcClient => ({
  id: joinId('320505', '01940000-0000-7000-8000-000000000001'),
  division: asDivision('320505'),
  state,
  version: 3,
  name: '系统',
  department: '部门',
  redirectUris: ['https://a.example/cb'],
  logoutUris: [],
  authMethod: 'client_secret_basic',
  secretHash: 'old',
  secretAt: '2026-11-01T00:00:00.000Z',
  registeredBy: '320000-01940000-0000-7000-8000-000000000002',
  createdAt: '2026-11-01T00:00:00.000Z',
})

describe('addresses', () => {
  it.each([
    'https://a.example/cb',
    'https://a.example',
    'https://A.example:8443/x?y=1',
    'http://127.0.0.1:3000/cb',
    'http://localhost/cb',
    'http://[::1]:9/cb',
  ])('%s is safe', (address) => {
    expect(registerOidcClient({ redirectUris: [address], logoutUris: [] }).ok).toBe(true)
  })
  it.each([
    'http://a.example/cb',
    'https://a.example/cb#top',
    'https://user@a.example/',
    'javascript:alert(1)',
    'https://',
    '//a.example/',
    'https://a.example/ b',
    'http://127.0.0.1.evil.example/',
    'data:text/html,x',
    'https:\\\\a.example',
    '',
  ])('%s is not', (address) => {
    expect(addressParts(address)).toBeUndefined()
    const ruling = registerOidcClient({ redirectUris: ['https://a.example/cb'], logoutUris: [address] })
    expect(!ruling.ok && ruling.fields?.map((field) => [field.path, field.code])).toEqual([
      ['body.logoutUris.0', 'address-not-safe'],
    ])
  })
  it('what counts as safe is an address that the URL standard reads the same way', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ['https'] }), (address) => {
        const parts = addressParts(address)
        if (parts !== undefined) expect(new URL(address).protocol).toBe(`${parts.scheme}:`)
        if (parts !== undefined) expect(new URL(address).hostname).toBe(parts.host.replace(/:\d+$/, ''))
      }),
    )
  })
  it('redirect addresses of two hosts, or of two ports of one, are two systems', () => {
    for (const other of ['https://b.example/cb', 'https://a.example:8443/cb']) {
      const ruling = registerOidcClient({ redirectUris: ['https://a.example/cb', other], logoutUris: [] })
      expect(!ruling.ok && ruling.fields?.[0]?.code).toBe('addresses-of-several-hosts')
    }
  })
})

describe('every state and verb', () => {
  it.each(oidcClientStates)('%s', (state) => {
    const rotated = rotateOidcSecret(client(state), { hash: 'new', at: '2026-11-02T00:00:00.000Z' })
    const disabled = disableOidcClient(client(state))
    expect([rotated.ok, disabled.ok]).toEqual(state === 'active' ? [true, true] : [false, false])
    if (rotated.ok) expect(rotated.value).toMatchObject({ state: 'active', secretHash: 'new', version: 4 })
    if (disabled.ok) expect(disabled.value).toMatchObject({ state: 'disabled', version: 4 })
    if (!disabled.ok) expect(disabled.code).toBe('not-in-this-state')
  })
})
