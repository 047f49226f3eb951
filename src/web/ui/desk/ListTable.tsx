// The table of a list: 36 px head, 42 px rows, one line each; arrows move, space selects, Enter opens.
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import type { Column } from './list-page.ts'
import styles from './ListTable.module.css'

type Props<Row> = {
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly to?: (row: Row) => string
  readonly selectable?: boolean
  readonly selected?: readonly string[]
  readonly onSelect?: (keys: readonly string[]) => void
  /** The row that is open beside. */
  readonly current?: string
  readonly onOpen?: (row: Row) => void
  readonly sort?: string
  readonly onSort?: (sort: string) => void
  /** The previous page while the next is on its way. */
  readonly dim?: boolean
  readonly label?: string
}

export function ListTable<Row>({
  rows,
  columns,
  rowKey,
  to,
  selectable,
  selected = [],
  onSelect,
  current,
  onOpen,
  sort,
  onSort,
  dim,
  label,
}: Props<Row>) {
  const { t } = useTranslation('frame')
  const body = useRef<HTMLTableSectionElement>(null)
  const [focused, setFocused] = useState(0)
  const all = rows.map(rowKey)
  const some = all.some((key) => selected.includes(key))
  const every = all.length > 0 && all.every((key) => selected.includes(key))
  const toggle = (key: string) =>
    onSelect?.(selected.includes(key) ? selected.filter((each) => each !== key) : [...selected, key])
  const focusRow = (index: number) => {
    setFocused(index)
    body.current?.querySelectorAll<HTMLElement>('tr')[index]?.focus()
  }
  const onKey = (event: KeyboardEvent, row: Row, index: number) => {
    // keys typed in a control of the row belong to it
    if (event.target !== event.currentTarget) return
    if (event.key === 'ArrowDown') focusRow(Math.min(index + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') focusRow(Math.max(index - 1, 0))
    else if (event.key === ' ' && selectable) toggle(rowKey(row))
    else if (event.key === 'Enter') onOpen?.(row)
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.scroll}>
      <table className={styles.table} data-dim={dim || undefined} aria-label={label}>
        <thead>
          <tr>
            {selectable && (
              <th className={styles.pick} scope="col">
                <label className={styles.box} data-on={every || undefined} data-mixed={(some && !every) || undefined}>
                  <input
                    type="checkbox"
                    aria-label={t('listPage.selectAll')}
                    checked={every}
                    ref={(input) => {
                      if (input) input.indeterminate = some && !every
                    }}
                    onChange={() => onSelect?.(every ? [] : all)}
                  />
                  {every && <Icon name="check" size={12} />}
                </label>
              </th>
            )}
            {columns.map((column) => {
              const wanted = column.sort
              const on = wanted !== undefined && (sort === wanted || sort === `-${wanted}`)
              return (
                <th
                  key={column.key}
                  scope="col"
                  data-align={column.align}
                  style={column.width ? { width: column.width } : undefined}
                  aria-sort={on ? (sort?.startsWith('-') ? 'descending' : 'ascending') : undefined}
                >
                  {wanted && onSort ? (
                    <button type="button" data-on={on || undefined} onClick={() => onSort(wanted)}>
                      {column.title}
                      <Icon name="sort" size={14} />
                    </button>
                  ) : (
                    column.title
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => {
            const key = rowKey(row)
            const on = selected.includes(key)
            return (
              <tr
                key={key}
                tabIndex={index === Math.min(focused, rows.length - 1) ? 0 : -1}
                data-selected={on || undefined}
                data-current={key === current || undefined}
                onFocus={() => setFocused(index)}
                onKeyDown={(event) => onKey(event, row, index)}
                onClick={(event) => {
                  if (event.target instanceof Element && !event.target.closest('a, button, input, label')) onOpen?.(row)
                }}
              >
                {selectable && (
                  <td className={styles.pick}>
                    <label className={styles.box} data-on={on || undefined}>
                      <input
                        type="checkbox"
                        aria-label={t('listPage.selectRow')}
                        checked={on}
                        onChange={() => toggle(key)}
                      />
                      {on && <Icon name="check" size={12} />}
                    </label>
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} data-align={column.align}>
                    {column.main && to ? (
                      <Go to={to(row)} className={styles.title}>
                        {column.cell(row)}
                      </Go>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
