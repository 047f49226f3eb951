// The server's time goes on between two readings of the session: a deadline must not wait for the next reading.
import { afterEach, expect, test, vi } from 'vitest'
import { queryClient } from './ask.ts'
import { serverNow, serverOffset } from './server-time.ts'
import { sessionKey } from './session.ts'

// words exist only in a build; nothing is asked of a server here
vi.mock('./client.ts', () => ({ call: vi.fn(), send: vi.fn() }))

afterEach(() => {
  vi.useRealTimers()
  queryClient.clear()
})

test('a page that is opened an hour after the session was read shows the time of now, whatever the device’s clock says', () => {
  // A device that is five minutes slow.
  vi.useFakeTimers({ now: Date.parse('2026-11-24T01:00:00Z') })
  queryClient.setQueryData(sessionKey, { now: '2026-11-24T01:05:00Z' })
  expect(serverOffset()).toBe(300_000)
  vi.advanceTimersByTime(3_600_000)
  expect(serverOffset()).toBe(300_000)
  expect(new Date(serverNow()).toISOString()).toBe('2026-11-24T02:05:00.000Z')
})

test('before the session was read the device’s clock is all there is', () => {
  expect(serverOffset()).toBe(0)
})
