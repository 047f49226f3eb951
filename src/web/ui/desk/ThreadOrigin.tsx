// What a line began with: the residents' sentences, each the way to its need; of a private one only that it stands there.
import { useTranslation } from 'react-i18next'
import { getThread } from '../../../loop/thread/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { Go } from '../shared/Go.tsx'
import styles from './record-parts.module.css'

export function ThreadOrigin({ kind, id }: { readonly kind: string; readonly id: string }) {
  const { t } = useTranslation('thread')
  // the same question as the trace's, answered from the cache
  const { data } = useAsk(getThread, { params: { kind, id } })
  if (!data || data.needs.length === 0) return null
  return (
    <section className={styles.origin} aria-label={t('origin.title')}>
      <h3>{t('origin.title')}</h3>
      <ul>
        {data.needs.map((need, index) => (
          <li key={need.id ?? index}>
            {need.id === undefined ? (
              <span>{t('origin.private')}</span>
            ) : (
              <Go to={`/desk/needs/${need.id}`}>
                <q>{need.sentence ?? t('origin.private')}</q>
              </Go>
            )}
            <small>{[need.number, need.stateName].filter(Boolean).join(' · ')}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
