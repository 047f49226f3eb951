// What every page of every face stands in: skip link, demo strip, focus and announcement after a change of page, toasts.
import { Outlet, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ToastHost } from '../../ui/resident/ToastHost.tsx'
import { useSession } from '../session.ts'
import styles from './shells.module.css'

const DemoStrip = lazy(() =>
  import('../../features/demo/DemoStrip.tsx').then((module) => ({ default: module.DemoStrip })),
)

/** After a change of page the reader starts at its heading, and hears its name. */
function usePageFocus(): string {
  const router = useRouter()
  const [said, setSaid] = useState('')
  useEffect(
    () =>
      router.subscribe('onResolved', ({ fromLocation, toLocation }) => {
        if (!fromLocation || fromLocation.pathname === toLocation.pathname) return
        requestAnimationFrame(() => {
          const heading = document.querySelector<HTMLElement>('main h1, h1') ?? document.getElementById('main')
          if (heading) {
            if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1
            heading.focus({ preventScroll: true })
          }
          setSaid(document.title)
        })
      }),
    [router],
  )
  return said
}

export function Root() {
  const { t } = useTranslation('frame')
  const session = useSession()
  const said = usePageFocus()
  const { loaded } = session
  const person = session.person?.id
  useEffect(() => {
    if (loaded) import('../offline/offline.ts').then(({ tellQueue }) => tellQueue(person)).catch(() => undefined)
  }, [loaded, person])
  return (
    <>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <p className="sr-only" role="status">
        {said}
      </p>
      {session.demo && (
        <Suspense fallback={<div className={styles.stripPlace} />}>
          <DemoStrip />
        </Suspense>
      )}
      <Suspense fallback={<div className={styles.waiting} role="status" aria-label={t('loading')} />}>
        <Outlet />
      </Suspense>
      <ToastHost />
    </>
  )
}
