// Head of the wall screen: what it shows, the clock, the way out (Escape too).
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../app/server-time.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Logo } from '../../ui/shared/Logo.tsx'
import { two } from '../../ui/shared/when.ts'
import styles from './cockpit.module.css'

export function WallHead({
  title,
  period,
  onLeave,
}: {
  readonly title: string
  readonly period: string
  readonly onLeave: () => void
}) {
  const { t } = useTranslation('cockpit')
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onLeave()
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [onLeave])
  const local = new Date(now + 8 * 3_600_000)
  return (
    <header className={styles.wallHead}>
      <Logo size={36} />
      <h1>{title}</h1>
      <span>{period}</span>
      <i />
      <DateText date={new Date(now).toISOString()} style="weekday" />
      <b>
        {two(local.getUTCHours())}:{two(local.getUTCMinutes())}:{two(local.getUTCSeconds())}
      </b>
      <button type="button" onClick={onLeave}>
        {t('wall.leave')}
      </button>
    </header>
  )
}
