// The server's clock in the browser: deadlines count by it, never by the device's own.
import { useEffect, useMemo, useState } from 'react'
import { serverNow, serverOffset } from '../../app/server-time.ts'
import { useSession } from '../../app/session.ts'
import { two } from '../../ui/shared/when.ts'

/** Milliseconds of the server's clock, every second, and how far the device's clock is off. */
export function useServerClock(): { readonly now: number; readonly offset: number } {
  const session = useSession()
  // session.now is what was read, at whatever time: the offset belongs to that reading, not to this moment
  const offset = useMemo(() => (session.now ? serverOffset() : 0), [session.now])
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const tick = () => setNow(Date.now() + offset)
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [offset])
  return { now, offset }
}

/** "2 天 03:04:05" or "03:04:05" of a span in milliseconds. */
export function spanWords(span: number, days: (count: number) => string): string {
  const seconds = Math.max(0, Math.floor(span / 1000))
  const whole = Math.floor(seconds / 86_400)
  const clock = `${two(Math.floor((seconds % 86_400) / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return whole > 0 ? `${days(whole)} ${clock}` : clock
}

/** "09:42:47" in Asia/Shanghai. */
export function clockWords(milliseconds: number): string {
  const shanghai = new Date(milliseconds + 8 * 3_600_000)
  return `${two(shanghai.getUTCHours())}:${two(shanghai.getUTCMinutes())}:${two(shanghai.getUTCSeconds())}`
}
