// Grey bars while an answer is on its way.
import { useTranslation } from 'react-i18next'
import styles from './states.module.css'

/** `rows` bars, announced as loading. */
export function Skeleton({ rows = 4 }: { readonly rows?: number }) {
  const { t } = useTranslation('frame')
  return (
    <div className={styles.rows} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} className={styles.bar} />
      ))}
    </div>
  )
}
