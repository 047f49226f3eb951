// A fingerprint of 64 hex digits in groups of eight, to be read out and compared, with a way to copy it.
import { useTranslation } from 'react-i18next'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import styles from './sealing.module.css'

type Props = { readonly label: string; readonly value: string; readonly short?: boolean }

export function Fingerprint({ label, value, short }: Props) {
  const { t } = useTranslation('procurement')
  const groups = value.match(/.{1,8}/g) ?? []
  const shown = short ? groups.slice(0, 4) : groups
  return (
    <div className={styles.print} data-short={short || undefined}>
      <span>
        {label}
        <DeskButton
          small
          bare
          kind="quiet"
          icon="copy"
          label={t('sealing.copy', { name: label })}
          onClick={() => {
            void navigator.clipboard?.writeText(value).then(() => showToast(t('sealing.copied')))
          }}
        />
      </span>
      <code>{shown.join(' ')}</code>
    </div>
  )
}
