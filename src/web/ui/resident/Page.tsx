// A residents' page: the bar with back arrow and title (or the place line of main pages), content, and a dock with the primary action.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../../app/appearance.ts'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import styles from './Page.module.css'
import { PlaceTop } from './PlaceTop.tsx'

type Props = {
  readonly title: string
  /** `bar` (default): back arrow and title. `place`: the main pages' line with community, type size and notices. `none`: the page brings its own. */
  readonly top?: 'bar' | 'place' | 'none'
  /** Where the arrow leads; without it, back in history. */
  readonly back?: string
  /** The arrow is a cross: this page is a form that one leaves. */
  readonly closing?: boolean
  /** Right end of the bar: one tool or a short note. */
  readonly tool?: ReactNode
  /** Coloured band right under the bar (state of a need, hero of the home page). */
  readonly band?: ReactNode
  /** Sticky foot: `dockNote` (the promise) above the primary action. */
  readonly dock?: ReactNode
  readonly dockNote?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, top = 'bar', back, closing, tool, band, dock, dockNote, children }: Props) {
  const { t } = useTranslation('frame')
  usePageTitle(title)
  const icon = <Icon name={closing ? 'close' : 'back'} />
  const label = t(closing ? 'close' : 'back')
  return (
    <>
      {top === 'place' && <PlaceTop />}
      {top === 'bar' && (
        <header className={styles.bar}>
          {back ? (
            <Go to={back} className={styles.back} aria-label={label}>
              {icon}
            </Go>
          ) : (
            <button
              type="button"
              className={styles.back}
              aria-label={label}
              onClick={() => (window.history.length > 1 ? window.history.back() : window.location.assign('/'))}
            >
              {icon}
            </button>
          )}
          <h1>{title}</h1>
          {tool}
        </header>
      )}
      <main id="main" tabIndex={-1} className={styles.main} data-band={band ? true : undefined}>
        {top !== 'bar' && <h1 className="sr-only">{title}</h1>}
        {band && <div className={styles.band}>{band}</div>}
        {children}
      </main>
      {dock && (
        <footer className={styles.dock}>
          {dockNote && <p>{dockNote}</p>}
          {dock}
        </footer>
      )}
    </>
  )
}
