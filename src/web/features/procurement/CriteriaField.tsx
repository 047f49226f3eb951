// Criteria of a tender as a table whose weights add up while typing.
import { useTranslation } from 'react-i18next'
import { criterionKinds } from '../../../loop/procurement/contract/terms.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { choiceColumn, numberColumn, textColumn } from '../../ui/desk/row-columns.tsx'
import { type BoundRows, type RowColumn, RowsField } from '../../ui/desk/RowsField.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './procurement.module.css'

type Line = { readonly name?: string; readonly kind?: string; readonly weight?: number; readonly note?: string }

export function CriteriaField({ id, value = [], onChange }: BoundRows<Line>) {
  const { t } = useTranslation('procurement')
  const sum = value.reduce((all, line) => all + (line.weight ?? 0), 0)
  const columns: RowColumn<Line>[] = [
    textColumn('name', t('fields.name'), 60),
    choiceColumn(
      'kind',
      t('fields.kind'),
      'panel',
      criterionKinds.map((kind) => ({ value: kind, label: t(`criterionKinds.${kind}`) })),
    ),
    numberColumn('weight', t('fields.weight'), 100),
    textColumn('note', t('fields.note'), 300),
  ]
  return (
    <RowsField id={id} className={styles.lines} value={value} onChange={onChange} columns={columns}>
      <p>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { kind: 'panel' }])}>
          {t('frame:form.add')}
        </DeskButton>{' '}
        <Tag tone={sum === 100 ? 'done' : 'waiting'} icon={sum === 100 ? 'check' : 'alert'}>
          {t('terms.sum', { sum })}
        </Tag>
      </p>
    </RowsField>
  )
}
