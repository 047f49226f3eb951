// Lines of a budget as a table: amount = quantity x unit price to the fen, and their sum, while typing.
import { Form, Input } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Fen, fen, formatYuan, parseYuan, sum } from '../../../kit/money.ts'
import { budgetPurposes } from '../../../loop/projects/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { choiceColumn, numberColumn, textColumn } from '../../ui/desk/row-columns.tsx'
import { type BoundRows, type RowColumn, RowsField } from '../../ui/desk/RowsField.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import styles from './projects.module.css'

export type DraftLine = {
  readonly item?: string
  readonly purpose?: string
  readonly quantity?: number
  readonly unit?: string
  readonly unitPrice?: string
  readonly amount?: string
}

/** A price as typed ("12.5") in fen; undefined while it is none. */
function priceOf(text: string | undefined): Fen | undefined {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec((text ?? '').replace(/[,，\s]/g, ''))
  return match ? parseYuan(`${match[1]}.${(match[2] ?? '').padEnd(2, '0')}`) : undefined
}

function amountOf(line: DraftLine): Fen | undefined {
  const price = priceOf(line.unitPrice)
  return price === undefined || line.quantity === undefined || line.quantity === null
    ? undefined
    : fen(price * BigInt(line.quantity))
}

/** The amount follows from quantity and price; nobody types it. */
function withAmount(line: DraftLine): DraftLine {
  const amount = amountOf(line)
  return { ...line, amount: amount === undefined ? undefined : formatYuan(amount) }
}

export function BudgetLines({ id, value = [], onChange }: BoundRows<DraftLine>) {
  const { t } = useTranslation('projects')
  const columns: RowColumn<DraftLine>[] = [
    textColumn('item', t('fields.item'), 60),
    choiceColumn(
      'purpose',
      t('fields.purpose'),
      'service',
      budgetPurposes.map((purpose) => ({ value: purpose, label: t(`purposes.${purpose}`) })),
    ),
    numberColumn('quantity', t('fields.quantity'), 1_000_000),
    textColumn('unit', t('fields.unit'), 10),
    {
      name: 'unitPrice',
      title: t('fields.unitPrice'),
      cell: (line, change, label) => (
        <Input
          aria-label={label(t('fields.unitPrice'))}
          inputMode="decimal"
          value={line.unitPrice}
          onChange={(event) => change({ unitPrice: event.target.value })}
          onBlur={() => {
            const price = priceOf(line.unitPrice)
            if (price !== undefined) change({ unitPrice: formatYuan(price) })
          }}
        />
      ),
    },
    {
      name: 'amount',
      title: t('desk.amount'),
      right: true,
      cell: (line) => <output>{line.amount ? <MoneyText amount={line.amount} /> : '—'}</output>,
    },
  ]
  return (
    <RowsField
      id={id}
      className={styles.lines}
      value={value}
      onChange={(lines) => onChange?.(lines.map(withAmount))}
      columns={columns}
    >
      <div>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { purpose: 'service' }])}>
          {t('frame:form.add')}
        </DeskButton>
      </div>
    </RowsField>
  )
}

/** What the lines add up to; nobody types it. */
export function BudgetSum({
  id,
  value,
  onChange,
}: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string) => void
}) {
  const form = Form.useFormInstance()
  const lines = Form.useWatch<readonly DraftLine[] | undefined>('budgetLines', form) ?? []
  const total = formatYuan(sum(lines.flatMap((line) => amountOf(line) ?? [])))
  useEffect(() => {
    if (total !== value) onChange?.(total)
  }, [total, value, onChange])
  return (
    <output id={id} className={styles.sum}>
      <MoneyText amount={total} unit />
    </output>
  )
}
