// The key of an outside program: stands on screen once.
import { useTranslation } from 'react-i18next'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import styles from './identity.module.css'

type Props = { readonly value: string; readonly onClose: () => void }

export function ApiKey({ value, onClose }: Props) {
  const { t } = useTranslation('identity')
  return (
    <DeskDialog
      title={t('apiClient.key')}
      onClose={onClose}
      foot={
        <DeskButton kind="primary" onClick={onClose}>
          {t('client.kept')}
        </DeskButton>
      }
    >
      <p className={styles.what}>{t('apiClient.keyWhat')}</p>
      <p className={styles.clear}>
        <small>{t('apiClient.key')}</small>
        <code>{value}</code>
      </p>
      <p className={styles.clear}>
        <small>{t('apiClient.address')}</small>
        <code>{`${window.location.origin}/open311/discovery.json`}</code>
      </p>
    </DeskDialog>
  )
}
