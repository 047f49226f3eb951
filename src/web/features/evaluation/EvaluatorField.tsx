// Who holds the role of evaluator at a place, for forms.
import { useTranslation } from 'react-i18next'
import { listEvaluators } from '../../../loop/evaluation/contract.ts'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'

type Row = { readonly person: string; readonly name: string }
type Props = {
  readonly division?: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string | readonly string[] | undefined) => void
}

export function EvaluatorField({ division, ...bound }: Props) {
  const { t } = useTranslation('evaluation')
  // the place comes with the session or the record, a moment after the form
  if (!division) return <Skeleton rows={1} />
  return (
    <ListPicker<Row>
      {...bound}
      endpoint={listEvaluators}
      query={{ division: division.slice(0, 6) }}
      label={t('fields.evaluator')}
      option={(row) => ({ value: row.person, label: row.name })}
    />
  )
}
