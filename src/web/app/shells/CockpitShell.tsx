// The cockpit's frame: one top bar into which the page puts its path and tools; the wall mode has none and is dark.
import { Outlet } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { DeskTheme } from '../../ui/desk/DeskTheme.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Logo } from '../../ui/shared/Logo.tsx'
import { useAddressQuery } from '../address.ts'
import { useFace } from '../appearance.ts'
import { InsideMain } from '../main-landmark.tsx'
import styles from './CockpitShell.module.css'
import { LanguageMenu } from './LanguageMenu.tsx'
import { MeMenu } from './MeMenu.tsx'

const Slot = createContext<HTMLElement | null>(null)

/** What a cockpit page shows in the top bar: breadcrumb left, tools right. Nothing in wall mode. */
export function CockpitBar({ path, tools }: { readonly path?: ReactNode; readonly tools?: ReactNode }) {
  const slot = useContext(Slot)
  if (!slot) return null
  return createPortal(
    <>
      <div className={styles.path}>{path}</div>
      <span className={styles.gap} />
      <div className={styles.tools}>{tools}</div>
    </>,
    slot,
  )
}

/** Is the wall on (`?wall=1`)? */
export function useWall(): boolean {
  const [query] = useAddressQuery()
  return query['wall'] === '1'
}

export function CockpitShell() {
  const { t } = useTranslation('frame')
  const wall = useWall()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  useFace('cockpit', wall)
  return (
    <DeskTheme wall={wall}>
      {!wall && (
        <header className={styles.top}>
          <Go to="/desk" className={styles.brand}>
            <Logo size={28} />
            <span>{t('brand')}</span>
            <small>{t('cockpit.name')}</small>
          </Go>
          <div className={styles.slot} ref={setSlot} />
          <LanguageMenu />
          <MeMenu />
        </header>
      )}
      <Slot value={wall ? null : slot}>
        <main id="main" tabIndex={-1} className={wall ? styles.wall : styles.main}>
          <InsideMain value={true}>
            <Outlet />
          </InsideMain>
        </main>
      </Slot>
    </DeskTheme>
  )
}
