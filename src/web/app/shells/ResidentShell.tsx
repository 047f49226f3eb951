// The residents' frame: one narrow column, the bottom bar on the main places.
import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import type { IconName } from '../../ui/shared/icon-paths.ts'
import { usePath } from '../address.ts'
import { useElder, useFace } from '../appearance.ts'
import styles from './ResidentShell.module.css'

type Tab = { readonly key: string; readonly to: string; readonly icon: IconName; readonly elder: boolean }

const tabs: readonly Tab[] = [
  { key: 'home', to: '/', icon: 'home', elder: true },
  { key: 'square', to: '/square', icon: 'chat', elder: false },
  { key: 'raise', to: '/raise', icon: 'plus', elder: true },
  { key: 'services', to: '/services', icon: 'services', elder: false },
  { key: 'mine', to: '/mine', icon: 'user', elder: true },
]

/** Main places show the bottom bar; inner pages have a back arrow and often a dock instead. */
const places = ['/', '/square', '/services', '/mine']

export function ResidentShell() {
  const { t } = useTranslation('frame')
  const path = usePath()
  const [elder] = useElder()
  useFace('resident')
  return (
    <div className={styles.column}>
      <Outlet />
      {places.includes(path) && (
        <nav className={styles.tabs} aria-label={t('resident.tabs')} data-count={elder ? 3 : 5}>
          {tabs
            .filter((tab) => tab.elder || !elder)
            .map((tab) => (
              <Go
                key={tab.key}
                to={tab.to}
                aria-current={path === tab.to ? 'page' : undefined}
                className={tab.key === 'raise' ? styles.raise : undefined}
              >
                {tab.key === 'raise' ? (
                  <span className={styles.disc}>
                    <Icon name={tab.icon} />
                  </span>
                ) : (
                  <Icon name={tab.icon} />
                )}
                {t(`resident.tab.${tab.key}`)}
              </Go>
            ))}
        </nav>
      )}
    </div>
  )
}
