// One-time codes on their way: by the provider when there is one, else into the demo's inbox in memory; never into a log.
import { type Instant, instant } from '../../../kit/instant.ts'
import type { Platform, SmsSender } from '../../../platform/platform.ts'

export type DemoMessage = { readonly phone: string; readonly code: string; readonly at: Instant }

/** Messages that a demo keeps; older ones are forgotten. */
const keptMessages = 200
const inboxes = new WeakMap<Platform, DemoMessage[]>()

function inboxOf(platform: Platform): DemoMessage[] {
  const known = inboxes.get(platform) ?? []
  inboxes.set(platform, known)
  return known
}

/** Codes sent to a number in the demo, newest first, at most five. */
export function messagesTo(platform: Platform, phone: string): DemoMessage[] {
  return inboxOf(platform)
    .filter((message) => message.phone === phone)
    .slice(0, 5)
}

/** The sender in use; undefined where there is neither a provider nor a demo. */
export function senderOf(platform: Platform): SmsSender | undefined {
  if (platform.sms !== undefined || !platform.demo) return platform.sms
  return {
    async send(phone, code) {
      const inbox = inboxOf(platform)
      inbox.unshift({ phone, code, at: instant(platform.clock.real()) })
      inbox.length = Math.min(inbox.length, keptMessages)
    },
  }
}
