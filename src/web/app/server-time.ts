// The server's time at this moment, whatever the device's clock says and however long ago the session was read.
import { queryClient } from './ask.ts'
import { type Session, sessionKey } from './session.ts'

/** Milliseconds that the server's clock is ahead of the device's, from when the session was last read; 0 before that. */
export function serverOffset(): number {
  const read = queryClient.getQueryState<Session>(sessionKey)
  return read?.data === undefined ? 0 : Date.parse(read.data.now) - read.dataUpdatedAt
}

/** The server's time now, in milliseconds. */
export function serverNow(): number {
  return Date.now() + serverOffset()
}
