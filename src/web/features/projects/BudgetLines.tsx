// Lines of a budget as a table: amount = quantity x unit price to the fen, and their sum, while typing.
import { Form, Input, InputNumber, Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Fen, fen, formatYuan, parseYuan, sum } from '../../../kit/money.ts'
import { budgetPurposes } from '../../../loop/projects/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
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

type Bound = {
  readonly id?: string
  readonly value?: readonly DraftLine[]
  readonly onChange?: (lines: readonly DraftLine[]) => void
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

export function BudgetLines({ id, value = [], onChange }: Bound) {
  const { t } = useTranslation('projects')
  const change = (index: number, part: Partial<DraftLine>) => {
    onChange?.(
      value.map((line, at) => {
        if (at !== index) return line
        const next = { ...line, ...part }
        const amount = amountOf(next)
        return { ...next, amount: amount === undefined ? undefined : formatYuan(amount) }
      }),
    )
  }
  const label = (name: string, index: number) => t('design.cell', { name: t(`fields.${name}`), n: index + 1 })
  return (
    <div className={styles.lines} id={id}>
      <table>
        <thead>
          <tr>
            {['item', 'purpose', 'quantity', 'unit', 'unitPrice'].map((name) => (
              <th key={name} scope="col">
                {t(`fields.${name}`)}
              </th>
            ))}
            <th scope="col" data-right>
              {t('desk.amount')}
            </th>
            <th>
              <span className="sr-only">{t('design.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {value.map((line, index) => (
            <tr key={index}>
              <td>
                <Input
                  aria-label={label('item', index)}
                  maxLength={60}
                  value={line.item}
                  onChange={(event) => change(index, { item: event.target.value })}
                />
              </td>
              <td>
                <Select
                  aria-label={label('purpose', index)}
                  value={line.purpose ?? 'service'}
                  onChange={(purpose: string) => change(index, { purpose })}
                  options={budgetPurposes.map((purpose) => ({ value: purpose, label: t(`purposes.${purpose}`) }))}
                />
              </td>
              <td>
                <InputNumber
                  controls={false}
                  aria-label={label('quantity', index)}
                  min={1}
                  max={1_000_000}
                  precision={0}
                  value={line.quantity}
                  onChange={(quantity) => change(index, { quantity: quantity ?? undefined })}
                />
              </td>
              <td>
                <Input
                  aria-label={label('unit', index)}
                  maxLength={10}
                  value={line.unit}
                  onChange={(event) => change(index, { unit: event.target.value })}
                />
              </td>
              <td>
                <Input
                  aria-label={label('unitPrice', index)}
                  inputMode="decimal"
                  value={line.unitPrice}
                  onChange={(event) => change(index, { unitPrice: event.target.value })}
                  onBlur={() => {
                    const price = priceOf(line.unitPrice)
                    if (price !== undefined) change(index, { unitPrice: formatYuan(price) })
                  }}
                />
              </td>
              <td data-right>
                <output>{line.amount ? <MoneyText amount={line.amount} /> : '—'}</output>
              </td>
              <td>
                <DeskButton
                  small
                  bare
                  kind="quiet"
                  icon="trash"
                  label={t('frame:form.remove', { n: index + 1 })}
                  onClick={() => onChange?.(value.filter((_line, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { purpose: 'service' }])}>
          {t('frame:form.add')}
        </DeskButton>
      </div>
    </div>
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
