// The desk's frame: top bar, menu of the domains that I may enter, content; Ant Design comes in here, for staff only.
import { Outlet } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskTheme } from '../../ui/desk/DeskTheme.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Logo } from '../../ui/shared/Logo.tsx'
import { useAskPath } from '../ask.ts'
import { useAddressQuery, useGo, usePath } from '../address.ts'
import { useFace } from '../appearance.ts'
import { InsideMain } from '../main-landmark.tsx'
import { useSession } from '../session.ts'
import { DeskMenu } from './DeskMenu.tsx'
import styles from './DeskShell.module.css'
import { LanguageMenu } from './LanguageMenu.tsx'
import { MeMenu } from './MeMenu.tsx'
import { PlaceSwitch } from './PlaceSwitch.tsx'

/** Search over everything I may see; the key "/" jumps to it from anywhere outside a field. */
function FindBox() {
  const { t } = useTranslation('frame')
  const go = useGo()
  const box = useRef<HTMLInputElement>(null)
  const [{ q = '' }] = useAddressQuery()
  const shown = usePath() === '/desk/search' ? q : ''
  const [text, setText] = useState('')
  // what the search page shows stands in the box, also when one comes by a link
  useEffect(() => setText(shown), [shown])
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      const inField =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]')
      if (event.key !== '/' || inField || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      box.current?.focus()
    }
    document.addEventListener('keydown', jump)
    return () => document.removeEventListener('keydown', jump)
  }, [])
  return (
    <form
      role="search"
      className={styles.find}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) go(`/desk/search?q=${encodeURIComponent(text.trim())}`)
      }}
    >
      <Icon name="search" size={16} />
      <input
        ref={box}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('desk.search')}
        aria-label={t('desk.search')}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  )
}

function Bell() {
  const { t } = useTranslation('frame')
  const { person } = useSession()
  const { data } = useAskPath<{ unread: number }>('/api/notices/unread', {
    enabled: person !== null,
    refetchInterval: 60_000,
  })
  const count = data?.unread ?? 0
  return (
    <Go
      to="/desk/notices"
      className={styles.tool}
      aria-label={count > 0 ? t('notices.some', { count }) : t('notices.none')}
    >
      <Icon name="bell" size={18} />
      {count > 0 && (
        <span className={styles.badge} aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Go>
  )
}

export function DeskShell() {
  const { t } = useTranslation('frame')
  const [menuOpen, setMenuOpen] = useState(false)
  const path = usePath()
  useFace('desk')
  // The menu of narrow screens closes when one arrives at another page.
  const [shownPath, setShownPath] = useState(path)
  if (shownPath !== path) {
    setShownPath(path)
    setMenuOpen(false)
  }
  return (
    <DeskTheme>
      <div className={styles.frame}>
        <header className={styles.top}>
          <button
            type="button"
            className={styles.burger}
            aria-expanded={menuOpen}
            aria-label={t('desk.menu')}
            onClick={() => setMenuOpen(!menuOpen)}
          >
            <Icon name="balance" size={20} />
          </button>
          <Go to="/desk" className={styles.brand}>
            <Logo size={28} />
            <span>{t('brand')}</span>
            <small>{t('desk.name')}</small>
          </Go>
          <PlaceSwitch />
          <FindBox />
          <span className={styles.gap} />
          <Bell />
          <Go to="/desk/help" className={styles.tool} aria-label={t('desk.help')}>
            <Icon name="help" size={18} />
          </Go>
          <LanguageMenu />
          <MeMenu />
        </header>
        <DeskMenu open={menuOpen} />
        <main id="main" tabIndex={-1} className={styles.main}>
          <InsideMain value={true}>
            <Outlet />
          </InsideMain>
        </main>
      </div>
    </DeskTheme>
  )
}
