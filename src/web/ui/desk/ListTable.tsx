// The table of a list: 36 px head, 42 px rows, one line each; arrows or j and k move, space or x selects, Enter opens.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
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
  /** Closes what is open beside. */
  readonly onClose?: () => void
  /** A letter typed on a row that means none of the table's own keys; true when it meant something. */
  readonly onLetter?: (letter: string) => boolean
  /** Another number puts the focus back on the row where it was, or on the one that stands there now. */
  readonly refocus?: number
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
  onClose,
  onLetter,
  refocus = 0,
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
  // Where the last single choice was made: a choice with Shift reaches from there.
  const anchor = useRef<number | undefined>(undefined)
  const toggle = (key: string) =>
    onSelect?.(selected.includes(key) ? selected.filter((each) => each !== key) : [...selected, key])
  /** Chooses every row from the anchor to here, or just this one. */
  const choose = (index: number, range: boolean) => {
    const from = range ? anchor.current : undefined
    if (from === undefined) toggle(all[index] ?? '')
    else {
      const between = all.slice(Math.min(from, index), Math.max(from, index) + 1)
      onSelect?.([...new Set([...selected, ...between])])
    }
    anchor.current = index
  }
  const focusRow = (index: number) => {
    setFocused(index)
    body.current?.querySelectorAll<HTMLElement>('tr')[index]?.focus()
  }
  const focusLatest = useRef(() => {})
  useEffect(() => {
    focusLatest.current = () => focusRow(Math.min(focused, rows.length - 1))
  })
  useEffect(() => {
    if (refocus > 0) focusLatest.current()
  }, [refocus])
  const move = (event: KeyboardEvent, from: number, to: number) => {
    const index = Math.min(Math.max(to, 0), rows.length - 1)
    if (event.shiftKey && selectable) {
      anchor.current ??= from
      onSelect?.([...new Set([...selected, all[from] ?? '', all[index] ?? ''])])
    }
    focusRow(index)
    // What is open beside goes along.
    const row = rows[index]
    if (current !== undefined && row !== undefined) onOpen?.(row)
  }
  const onKey = (event: KeyboardEvent, row: Row, index: number) => {
    // keys typed in a control of the row belong to it, chords to the browser
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (key === 'ArrowDown' || key === 'j') move(event, index, index + 1)
    else if (key === 'ArrowUp' || key === 'k') move(event, index, index - 1)
    else if (key === 'Home') move(event, index, 0)
    else if (key === 'End') move(event, index, rows.length - 1)
    else if ((key === ' ' || key === 'x') && selectable) choose(index, event.shiftKey)
    else if (key === 'a' && selectable) onSelect?.(every ? [] : all)
    else if (key === 'Enter') onOpen?.(row)
    else if (key === 'Escape' && current !== undefined) onClose?.()
    else if (!(key.length === 1 && onLetter?.(key))) return
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
                    {/* a choice with Shift marks rows, not their words */}
                    <label
                      className={styles.box}
                      data-on={on || undefined}
                      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
                    >
                      <input
                        type="checkbox"
                        aria-label={t('listPage.selectRow')}
                        checked={on}
                        onChange={(event) =>
                          choose(index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
                        }
                      />
                      {on && <Icon name="check" size={12} />}
                    </label>
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    key={column.key}
                    data-align={column.align}
                    data-main={column.main || undefined}
                    data-label={column.title}
                  >
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
