// Shown where no page is.
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { usePath } from '../address.ts'
import { usePageTitle } from '../appearance.ts'
import { MainBox } from '../main-landmark.tsx'
import { isStaffAddress, startedAtStaff } from '../staff-address.ts'
import styles from './screens.module.css'

export function NotFoundPage() {
  const { t } = useTranslation('frame')
  const path = usePath()
  const desk = path.startsWith('/desk')
  // A resident's page does not know the desk's pages: going there is a fresh start with them.
  const otherFace = isStaffAddress(path) && !startedAtStaff
  useEffect(() => {
    if (otherFace) window.location.reload()
  }, [otherFace])
  usePageTitle(t('notFound.title'))
  if (otherFace) return null
  return (
    <MainBox className={styles.centre}>
      <h1 className={styles.title}>{t('notFound.title')}</h1>
      <EmptyState
        icon="search"
        title={t('notFound.what')}
        next={t('notFound.next')}
        action={
          <Go className={styles.button} to={desk ? '/desk' : '/'}>
            {t(desk ? 'notFound.desk' : 'notFound.home')}
          </Go>
        }
      />
    </MainBox>
  )
}
