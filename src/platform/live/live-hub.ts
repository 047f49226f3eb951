// Live messages to signed-in screens over WebSocket: what changed, never personal data. Sent with `sendLive`.

export type LiveMessage = { readonly kind: string; readonly data: Readonly<Record<string, unknown>> }

export type LiveHub = {
  /** This server process among the others. */
  readonly process: string
  /** Screens that are open on this process. */
  connections(): number
}
