// One to five, said in words too; nothing is chosen beforehand.
import { useTranslation } from 'react-i18next'
import { Icon } from '../shared/Icon.tsx'
import { type FieldCommon, FieldFrame } from './FieldFrame.tsx'
import styles from './fields.module.css'

type Props = FieldCommon & { readonly value: number | undefined; readonly onChange: (value: number) => void }

export function Stars({ value, onChange, ...frame }: Props) {
  const { t } = useTranslation('frame')
  return (
    <FieldFrame {...frame} group remark={value ? <b>{t(`star.${value}`)}</b> : frame.remark}>
      {({ id }) => (
        <div className={styles.stars}>
          {[1, 2, 3, 4, 5].map((star) => (
            <label key={star} data-on={value !== undefined && star <= value ? true : undefined}>
              <input
                type="radio"
                className="sr-only"
                name={id}
                checked={value === star}
                aria-label={t(`star.${star}`)}
                onChange={() => onChange(star)}
              />
              <Icon name="star" />
            </label>
          ))}
        </div>
      )}
    </FieldFrame>
  )
}
