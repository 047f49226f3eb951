// Choosing one of the lots of a tender: for a bid, an entry, an objection.
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'

type Lots = OutputOf<typeof getTender>['lots']

type Props = {
  readonly lots: Lots
  readonly id?: string
  readonly value?: number
  readonly onChange?: (lot: number | undefined) => void
  /** Said behind the title of a lot. */
  readonly note?: (lot: number) => string | undefined
}

export function LotPicker({ lots = [], id, value, onChange, note }: Props) {
  const { t } = useTranslation('procurement')
  return (
    <Select
      id={id}
      aria-label={t('fields.lot')}
      placeholder={t('lots.choose')}
      value={value}
      onChange={onChange}
      options={lots.map(({ number, title }) => {
        const more = note?.(number)
        const named = t('lots.named', { n: number, title })
        return { value: number, label: more ? t('frame:list.aside', { text: named, aside: more }) : named }
      })}
    />
  )
}
