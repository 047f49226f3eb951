// Picks a running contract out of those that one may see, for the forms of what is done under it.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listContracts } from '../../../loop/contracts/contract.ts'
import { ListPicker, type PickerField } from '../../ui/desk/ListPicker.tsx'

type Row = OutputOf<typeof listContracts>['rows'][number]

/** `mine`: only those that the own organization carries out. The rest comes from the form. */
export function ContractPicker({ mine, ...field }: { readonly mine?: boolean } & PickerField) {
  const { t } = useTranslation('contracts')
  return (
    <ListPicker<Row>
      {...field}
      endpoint={listContracts}
      query={{ state: 'active', mine: mine ? 'yes' : undefined }}
      label={t('kinds.contract')}
      option={(row) => ({ value: row.id, label: [row.number, row.title].filter(Boolean).join(' ') })}
    />
  )
}
