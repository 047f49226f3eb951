// Shown where no page is.
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { usePath } from '../address.ts'
import { usePageTitle } from '../appearance.ts'
import { MainBox } from '../main-landmark.tsx'
import styles from './screens.module.css'

export function NotFoundPage() {
  const { t } = useTranslation('frame')
  const desk = usePath().startsWith('/desk')
  usePageTitle(t('notFound.title'))
  return (
    <MainBox className={styles.centre}>
      <h1 className={styles.title}>{t('notFound.title')}</h1>
      <EmptyState icon="search" title={t('notFound.what')} next={t('notFound.next')} action={<Go className={styles.button} to={desk ? '/desk' : '/'}>{t(desk ? 'notFound.desk' : 'notFound.home')}</Go>} />
    </MainBox>
  )
}
