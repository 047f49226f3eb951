// Criteria of a tender as a table whose weights add up while typing.
import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { criterionKinds } from '../../../loop/procurement/contract/terms.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { type BoundRows, type RowColumn, RowsField } from '../../ui/desk/RowsField.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './procurement.module.css'

type Line = { readonly name?: string; readonly kind?: string; readonly weight?: number; readonly note?: string }

export function CriteriaField({ id, value = [], onChange }: BoundRows<Line>) {
  const { t } = useTranslation('procurement')
  const sum = value.reduce((all, line) => all + (line.weight ?? 0), 0)
  const columns: RowColumn<Line>[] = [
    {
      name: 'name',
      title: t('fields.name'),
      cell: (line, change, label) => (
        <Input
          aria-label={label(t('fields.name'))}
          maxLength={60}
          value={line.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      ),
    },
    {
      name: 'kind',
      title: t('fields.kind'),
      cell: (line, change, label) => (
        <Select
          aria-label={label(t('fields.kind'))}
          value={line.kind ?? 'panel'}
          onChange={(kind: string) => change({ kind })}
          options={criterionKinds.map((kind) => ({ value: kind, label: t(`criterionKinds.${kind}`) }))}
        />
      ),
    },
    {
      name: 'weight',
      title: t('fields.weight'),
      cell: (line, change, label) => (
        <InputNumber
          controls={false}
          aria-label={label(t('fields.weight'))}
          min={1}
          max={100}
          precision={0}
          value={line.weight}
          onChange={(weight) => change({ weight: weight ?? undefined })}
        />
      ),
    },
    {
      name: 'note',
      title: t('fields.note'),
      cell: (line, change, label) => (
        <Input
          aria-label={label(t('fields.note'))}
          maxLength={300}
          value={line.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      ),
    },
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
