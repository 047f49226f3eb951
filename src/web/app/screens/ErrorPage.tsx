// Shown when a page breaks: says so plainly and offers to try again.
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { usePageTitle } from '../appearance.ts'
import { MainBox } from '../main-landmark.tsx'
import { problemOf } from '../problem.ts'
import styles from './screens.module.css'

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('frame')
  usePageTitle(t('errors.pageTitle'))
  return (
    <MainBox className={styles.centre}>
      <h1 className={styles.title}>{t('errors.pageTitle')}</h1>
      <ErrorState problem={problemOf(error)} onRetry={reset} />
    </MainBox>
  )
}
