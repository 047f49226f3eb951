// A masked value (王**, 138****5678), and where allowed the way to reveal it for a purpose.
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'
import styles from './shared.module.css'
import { Aside } from './Aside.tsx'

type Props = {
  readonly text: string /** Opens the question for the purpose; without it nothing can be revealed here. */
  readonly onReveal?: () => void
}

export function Masked({ text, onReveal }: Props) {
  const { t } = useTranslation('frame')
  return (
    <span className={styles.masked}>
      <span className="no-break">{text}</span>
      {onReveal && (
        <button type="button" onClick={onReveal}>
          <Icon name="eye" size={16} />
          {t('masked.reveal')}
          <small>
            <Aside>{t('masked.purpose')}</Aside>
          </small>
        </button>
      )}
    </span>
  )
}
