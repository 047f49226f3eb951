// The way from a thread to what of it is open data; nothing where nothing is.
import { useTranslation } from 'react-i18next'
import { getThread } from '../../../loop/thread/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { Go } from '../shared/Go.tsx'
import styles from './record-parts.module.css'

export function OpenDataLinks({ kind, id }: { readonly kind: string; readonly id: string }) {
  const { t } = useTranslation('frame')
  // the same question as the trace's, answered from the cache
  const { data } = useAsk(getThread, { params: { kind, id } })
  return data?.published.map((each) => (
    <p key={each.id} className={styles.open}>
      <Go to={`/data/${each.id}`}>{t('thread.openData')}</Go>
    </p>
  ))
}
