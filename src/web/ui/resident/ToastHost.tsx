// Where the short messages appear, on every face.
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shared/Icon.tsx'
import styles from './ToastHost.module.css'
import { dismissToast, listToasts, subscribeToasts } from './toast-store.ts'

export function ToastHost() {
  const { t } = useTranslation('frame')
  const toasts = useSyncExternalStore(subscribeToasts, listToasts)
  return (
    <div className={styles.host} role="status">
      {toasts.map((toast) => (
        <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
          <Icon name={toast.tone === 'done' ? 'check' : 'alert'} size={20} />
          <span>{toast.text}</span>
          <button type="button" aria-label={t('close')} onClick={() => dismissToast(toast.id)}>
            <Icon name="close" size={18} />
          </button>
        </div>
      ))}
    </div>
  )
}
