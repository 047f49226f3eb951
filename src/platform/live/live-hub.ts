// Live messages to signed-in screens over WebSocket: what changed, never personal data.

export type LiveMessage = { readonly kind: string; readonly data: Readonly<Record<string, unknown>> }

export type LiveHub = {
  /** Sends to every screen of the persons, over all server processes. Delivered after commit; call it from reactions only. */
  toPersons(persons: readonly string[], message: LiveMessage): void
  connections(): number
}
