// What each line of a template's budget takes of the whole, in percent, and what the lines make together while typing.
import { InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { budgetPurposes } from '../../../loop/projects/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { choiceColumn, textColumn } from '../../ui/desk/row-columns.tsx'
import { type BoundRows, type RowColumn, RowsField } from '../../ui/desk/RowsField.tsx'
import styles from './projects.module.css'

type DraftShare = { readonly item?: string; readonly purpose?: string; readonly share?: number }

export function BudgetShares({ id, value = [], onChange }: BoundRows<DraftShare>) {
  const { t } = useTranslation('projects')
  const columns: RowColumn<DraftShare>[] = [
    textColumn('item', t('fields.item'), 60),
    choiceColumn(
      'purpose',
      t('fields.purpose'),
      'service',
      budgetPurposes.map((purpose) => ({ value: purpose, label: t(`purposes.${purpose}`) })),
    ),
    {
      name: 'share',
      title: t('fields.share'),
      cell: (line, change, label) => (
        <InputNumber
          controls={false}
          aria-label={label(t('fields.share'))}
          min={0}
          max={100}
          precision={2}
          value={line.share === undefined ? undefined : line.share / 100}
          onChange={(percent) => change({ share: typeof percent === 'number' ? Math.round(percent * 100) : undefined })}
        />
      ),
    },
  ]
  const whole = value.reduce((total, line) => total + (line.share ?? 0), 0) / 100
  return (
    <RowsField id={id} className={styles.lines} value={value} onChange={onChange} columns={columns}>
      <div className={styles.shareSum}>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { purpose: 'service' }])}>
          {t('frame:form.add')}
        </DeskButton>
        <output data-off={whole !== 100 || undefined}>{t('template.sum', { sum: whole })}</output>
      </div>
    </RowsField>
  )
}
