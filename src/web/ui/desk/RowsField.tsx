// Rows that are typed into a table inside a form: budget lines, criteria, indicators. Each cell says which row it belongs to.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskButton } from './DeskButton.tsx'
import styles from './RowsField.module.css'

export type RowColumn<Row> = {
  readonly name: string
  readonly title: string
  readonly right?: boolean
  /** Draws the cell; `label` names a part of it for those who do not see the table ("第 2 行单价"). */
  readonly cell: (row: Row, change: (part: Partial<Row>) => void, label: (title: string) => string) => ReactNode
}

/** What a form hands to a field of rows. */
export type BoundRows<Row> = {
  readonly id?: string
  readonly value?: readonly Row[]
  readonly onChange?: (rows: readonly Row[]) => void
}

type Props<Row> = BoundRows<Row> & {
  readonly columns: readonly RowColumn<Row>[]
  readonly className?: string
  /** Below the table: what adds rows, what they add up to. */
  readonly children?: ReactNode
}

/** The table; `columns` draw and change the cells, rows are removed at their end. */
export function RowsField<Row extends object>({ id, value = [], onChange, columns, className, children }: Props<Row>) {
  const { t } = useTranslation('frame')
  const change = (index: number) => (part: Partial<Row>) =>
    onChange?.(value.map((row, at) => (at === index ? { ...row, ...part } : row)))
  return (
    <div id={id} className={[styles.rows, className].filter(Boolean).join(' ')}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" data-right={column.right || undefined}>
                {column.title}
              </th>
            ))}
            <th>
              <span className="sr-only">{t('form.removing')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {value.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.name} data-right={column.right || undefined}>
                  {column.cell(row, change(index), (title) => t('form.cell', { name: title, n: index + 1 }))}
                </td>
              ))}
              <td>
                <DeskButton
                  small
                  bare
                  kind="quiet"
                  icon="trash"
                  label={t('form.remove', { n: index + 1 })}
                  onClick={() => onChange?.(value.filter((_row, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </div>
  )
}
