// Giving the address of this page to somebody: the phone's own sheet, else the clipboard.
import { useTranslation } from 'react-i18next'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { Icon } from '../../../ui/shared/Icon.tsx'
import styles from './need.module.css'

export function ShareButton({ title }: { readonly title: string }) {
  const { t } = useTranslation('needs')
  const share = async () => {
    const url = window.location.origin + window.location.pathname
    try {
      if ('share' in navigator) await navigator.share({ title, url })
      else {
        await window.navigator.clipboard.writeText(url)
        showToast(t('resident.copied'))
      }
    } catch (error) {
      // closing the sheet is no fault
      if (!(error instanceof DOMException && error.name === 'AbortError')) showToast(t('resident.notCopied'), 'problem')
    }
  }
  return (
    <button type="button" className={styles.tool} aria-label={t('resident.share')} onClick={() => void share()}>
      <Icon name="share" />
    </button>
  )
}
