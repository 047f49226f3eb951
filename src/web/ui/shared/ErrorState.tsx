// Something could not be read: why, in a sentence of the server or our own, and the way to try again.
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../app/problem.ts'
import { Go } from './Go.tsx'
import { Icon } from './Icon.tsx'
import styles from './states.module.css'

type Props = { readonly problem: Problem; readonly onRetry?: () => void }

/** The sentence for a problem: the server's own words first, ours when it has none. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation('frame')
  return (problem) =>
    problem.detail ?? (problem.title || t(`errors.${problem.code}`, { defaultValue: t('errors.fault') }))
}

export function ErrorState({ problem, onRetry }: Props) {
  const { t } = useTranslation('frame')
  const textOf = useProblemText()
  const signIn = problem.status === 401
  return (
    <div className={`${styles.state} ${styles.failed}`} role="alert">
      <Icon name={signIn ? 'lock' : 'alert'} size={36} />
      <p className={styles.title}>{textOf(problem)}</p>
      <div className={styles.action}>
        {signIn ? (
          <Go
            className={styles.retry}
            to={`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`}
          >
            {t('signIn')}
          </Go>
        ) : (
          onRetry &&
          problem.status !== 404 &&
          problem.status !== 403 && (
            <button type="button" className={styles.retry} onClick={onRetry}>
              <Icon name="refresh" size={18} />
              {t('retry')}
            </button>
          )
        )}
      </div>
    </div>
  )
}
