// Stands at the root of a face that no feature has claimed.
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { usePageTitle } from '../appearance.ts'
import { MainBox } from '../main-landmark.tsx'
import styles from './screens.module.css'

export function FaceHome() {
  const { t } = useTranslation('frame')
  usePageTitle(t('welcome.title'))
  return (
    <MainBox className={styles.centre}>
      <h1 className={styles.title}>{t('welcome.title')}</h1>
      <EmptyState icon="home" title={t('welcome.what')} next={t('welcome.next')} />
    </MainBox>
  )
}
