// Where exactly: in one's own words, or a tap on a place that neighbours have named before.
import { useTranslation } from 'react-i18next'
import { listNeedPlaces } from '../../../../loop/needs/contract.ts'
import { useAsk } from '../../../app/ask.ts'
import { TextField } from '../../../ui/resident/TextField.tsx'
import styles from './raise.module.css'

type Props = {
  readonly division: string | undefined
  readonly value: string
  readonly fault: string | undefined
  readonly onChange: (spot: string) => void
}

export function SpotField({ division, value, fault, onChange }: Props) {
  const { t } = useTranslation('needs')
  const { data } = useAsk(
    listNeedPlaces,
    { query: { division: division ?? '' } },
    { enabled: division !== undefined, staleTime: 600_000 },
  )
  const typed = value.trim()
  const named = (data?.rows ?? []).filter(({ place }) => place !== typed && place.includes(typed)).slice(0, 6)
  return (
    <>
      <TextField
        label={t('resident.raise.where')}
        optional
        maxLength={60}
        placeholder={t('resident.raise.wherePlaceholder')}
        value={value}
        fault={fault}
        onChange={onChange}
      />
      {named.length > 0 && (
        <div className={styles.named} role="group" aria-label={t('resident.raise.named')}>
          {named.map(({ place }) => (
            <button key={place} type="button" className={styles.chip} onClick={() => onChange(place)}>
              {place}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
