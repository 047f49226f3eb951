// Several places of a form: each picked by its name, one below the other.
import { useTranslation } from 'react-i18next'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DivisionField } from '../../../ui/desk/form-controls.tsx'
import { RowsField } from '../../../ui/desk/RowsField.tsx'

export function PlacesField({
  id,
  value = [],
  onChange,
}: {
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (places: readonly string[]) => void
}) {
  const { t } = useTranslation('venture')
  const set = (rows: readonly { readonly code: string }[]) => onChange?.(rows.map((row) => row.code))
  return (
    <RowsField<{ readonly code: string }>
      id={id}
      value={value.map((code) => ({ code }))}
      onChange={set}
      columns={[
        {
          name: 'code',
          title: t('fields.division'),
          cell: (row, change, label) => (
            <DivisionField
              label={label(t('fields.division'))}
              value={row.code === '' ? undefined : row.code}
              onChange={(code) => change({ code: code ?? '' })}
            />
          ),
        },
      ]}
    >
      <div>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, ''])}>
          {t('frame:form.add')}
        </DeskButton>
      </div>
    </RowsField>
  )
}
