// Stands at the root of a face that no feature has claimed.
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { usePageTitle } from '../appearance.ts'
import styles from './screens.module.css'

export function FaceHome() {
  const { t } = useTranslation('frame')
  usePageTitle(t('welcome.title'))
  return (
    <main id="main" tabIndex={-1} className={styles.centre}>
      <h1 className={styles.title}>{t('welcome.title')}</h1>
      <EmptyState icon="home" title={t('welcome.what')} next={t('welcome.next')} />
    </main>
  )
}
