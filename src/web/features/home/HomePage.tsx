// The front page: say something, then what waits for me; everything below comes in a second chunk so that the button is there at once.
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useElder } from '../../app/appearance.ts'
import { usePlace } from '../../app/place.ts'
import { useSession } from '../../app/session.ts'
import { Page } from '../../ui/resident/Page.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './home.module.css'

const HomeWaiting = lazy(() => import('./HomeWaiting.tsx'))
const HomeSections = lazy(() => import('./HomeSections.tsx'))
const NoPlace = lazy(() => import('./NoPlace.tsx'))

/** The browser can turn speech into text. */
const hearing = 'SpeechRecognition' in window || 'webkitSpeechRecognition' in window

export default function HomePage() {
  const { t } = useTranslation('home')
  const [elder] = useElder()
  const [place] = usePlace()
  const { person, loaded } = useSession()
  const hero = (
    <div className={styles.hero}>
      <div className={styles.say}>
        <Go to="/raise" className={styles.main}>
          <Icon name="pencil" size={30} />
          <span>
            <b>{t('raise')}</b>
            <small>{t('raiseNote')}</small>
          </span>
        </Go>
        {hearing && (
          <Go to="/raise?voice=1" className={styles.voice}>
            <Icon name="mic" size={24} />
            {t(elder ? 'voiceElder' : 'voice')}
          </Go>
        )}
      </div>
      {person && (
        <Suspense fallback={null}>
          <HomeWaiting />
        </Suspense>
      )}
    </div>
  )
  return (
    <Page title={t('title')} top="place" band={hero}>
      <Suspense fallback={<Skeleton rows={9} />}>
        {place ? <HomeSections place={place} /> : loaded && <NoPlace />}
      </Suspense>
    </Page>
  )
}
