// The line at the top of the residents' main pages: logo, community (tap to change), type size, notices.
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useElder } from '../../app/appearance.ts'
import { useAskPath } from '../../app/ask.ts'
import { usePlace } from '../../app/place.ts'
import { useSession } from '../../app/session.ts'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import { Logo } from '../shared/Logo.tsx'
import styles from './PlaceTop.module.css'

const PlaceDialog = lazy(() => import('./PlaceDialog.tsx').then((module) => ({ default: module.PlaceDialog })))

/** Large type on or off. */
export function SizeToggle() {
  const { t } = useTranslation('frame')
  const [elder, toggle] = useElder()
  return (
    <button type="button" className={styles.tool} onClick={toggle}>
      <Icon name="textsize" />
      <span>{t(elder ? 'resident.normal' : 'resident.bigger')}</span>
    </button>
  )
}

export function PlaceTop() {
  const { t } = useTranslation('frame')
  const [elder] = useElder()
  const { person } = useSession()
  const [place, choosePlace] = usePlace()
  const [choosing, setChoosing] = useState(false)
  const { data } = useAskPath<{ unread: number }>('/api/notices/unread', { enabled: person !== null && !elder })
  const unread = data?.unread ?? 0
  return (
    <header className={styles.top}>
      <button type="button" className={styles.place} onClick={() => setChoosing(true)} aria-haspopup="dialog">
        {place && <span className="sr-only">{t('resident.changePlace')}</span>}
        <Logo size={elder ? 44 : 36} />
        <span className={styles.names}>
          <b>
            {place?.name ?? t('resident.choosePlace')}
            <Icon name="open" size={20} />
          </b>
          {place?.within && <small>{place.within}</small>}
        </span>
      </button>
      <SizeToggle />
      {!elder && (
        <Go
          to="/notices"
          className={styles.tool}
          aria-label={unread > 0 ? t('notices.some', { count: unread }) : t('notices.none')}
        >
          <Icon name="bell" />
          <span>{t('resident.notices')}</span>
          {unread > 0 && <i className={styles.dot} />}
        </Go>
      )}
      {choosing && (
        <Suspense fallback={null}>
          <PlaceDialog
            onClose={() => setChoosing(false)}
            onChoose={(chosen) => {
              choosePlace(chosen)
              setChoosing(false)
            }}
          />
        </Suspense>
      )}
    </header>
  )
}
