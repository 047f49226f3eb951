// The secret of a system that signs in here: stands on screen once.
import { useTranslation } from 'react-i18next'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import styles from './identity.module.css'

type Props = { readonly clientId: string; readonly secret: string; readonly onClose: () => void }

export function ClientSecret({ clientId, secret, onClose }: Props) {
  const { t } = useTranslation('identity')
  return (
    <DeskDialog
      title={t('client.secretTitle')}
      onClose={onClose}
      foot={
        <DeskButton kind="primary" onClick={onClose}>
          {t('client.kept')}
        </DeskButton>
      }
    >
      <p className={styles.what}>{t('client.secretWhat')}</p>
      <p className={styles.clear}>
        <small>{t('client.id')}</small>
        <code>{clientId}</code>
      </p>
      <p className={styles.clear}>
        <small>{t('client.secret')}</small>
        <code>{secret}</code>
      </p>
    </DeskDialog>
  )
}
