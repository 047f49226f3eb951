// The one-time code of a new or reset account: shown once, handed over in person.
import { useTranslation } from 'react-i18next'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import styles from './identity.module.css'

type Props = { readonly code: string; readonly validUntil: string; readonly onClose: () => void }

export function EnrolmentCode({ code, validUntil, onClose }: Props) {
  const { t } = useTranslation('identity')
  return (
    <DeskDialog
      title={t('desk.codeTitle')}
      onClose={onClose}
      foot={
        <DeskButton kind="primary" onClick={onClose}>
          {t('desk.codeDone')}
        </DeskButton>
      }
    >
      <p className={styles.what}>{t('desk.codeWhat')}</p>
      <p className={styles.clear}>
        <small>{t('fields.enrolmentCode')}</small>
        <code>{code}</code>
      </p>
      <p className={styles.hint}>
        {t('desk.codeUntil')} <InstantText instant={validUntil} style="full" />
      </p>
    </DeskDialog>
  )
}
