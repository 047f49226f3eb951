// Conditions of a list as chips, the way to add one, sort and columns at the right end.
import { Checkbox, Input, Popover, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shared/Icon.tsx'
import { DeskButton } from './DeskButton.tsx'
import { DivisionField } from './form-controls.tsx'
import type { Column, Filter } from './list-page.ts'
import styles from './ListPage.module.css'

type Props<Row> = {
  readonly filters: readonly Filter[]
  readonly active: Readonly<Record<string, string>>
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void
  readonly sorts: readonly { readonly value: string; readonly label: string }[]
  readonly sort: string | undefined
  readonly onSort: (sort: string) => void
  readonly columns: readonly Column<Row>[]
  readonly hidden: readonly string[]
  readonly onHide: (hidden: readonly string[]) => void
}

function Editor({
  filter,
  value,
  onDone,
}: {
  readonly filter: Filter
  readonly value: string
  readonly onDone: (value: string | undefined) => void
}) {
  const { t } = useTranslation('frame')
  const [draft, setDraft] = useState(value)
  const label = <label htmlFor={`filter-${filter.name}`}>{filter.label}</label>
  if (filter.kind === 'choice') {
    return (
      <div className={styles.pop}>
        {label}
        <Select
          id={`filter-${filter.name}`}
          aria-label={filter.label}
          showSearch
          optionFilterProp="label"
          value={value || undefined}
          placeholder={t('listPage.any')}
          options={[...(filter.options ?? [])]}
          onChange={(chosen: string | undefined) => onDone(chosen)}
        />
      </div>
    )
  }
  if (filter.kind === 'division')
    return (
      <div className={styles.pop}>
        {label}
        <DivisionField id={`filter-${filter.name}`} label={filter.label} value={value || undefined} onChange={onDone} />
      </div>
    )
  return (
    <form
      className={styles.pop}
      onSubmit={(event) => {
        event.preventDefault()
        onDone(draft.trim() || undefined)
      }}
    >
      {label}
      <Input
        id={`filter-${filter.name}`}
        type={filter.kind === 'date' ? 'date' : 'text'}
        autoFocus
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      <DeskButton kind="primary" small type="submit">
        {t('listPage.apply')}
      </DeskButton>
    </form>
  )
}

export function FilterBar<Row>({
  filters,
  active,
  onChange,
  sorts,
  sort,
  onSort,
  columns,
  hidden,
  onHide,
}: Props<Row>) {
  const { t } = useTranslation('frame')
  const [editing, setEditing] = useState<string>()
  const set = filters.filter(({ name }) => active[name] !== undefined)
  const free = filters.filter(({ name, kind }) => active[name] === undefined && kind !== 'flag')
  const flags = filters.filter(({ name, kind }) => active[name] === undefined && kind === 'flag')
  const wordsOf = (filter: Filter) =>
    filter.options?.find((option) => option.value === active[filter.name])?.label ?? active[filter.name]
  const adding = free.find((filter) => `+${filter.name}` === editing)
  return (
    <div className={styles.bar}>
      {set.map((filter) => (
        <span key={filter.name} className={styles.chip}>
          <Popover
            trigger="click"
            placement="bottomLeft"
            open={editing === filter.name}
            onOpenChange={(open) => setEditing(open ? filter.name : undefined)}
            content={
              <Editor
                filter={filter}
                value={active[filter.name] ?? ''}
                onDone={(value) => {
                  setEditing(undefined)
                  onChange({ [filter.name]: value })
                }}
              />
            }
          >
            <button type="button" disabled={filter.kind === 'flag'}>
              {filter.kind === 'flag' ? filter.label : t('list.named', { name: filter.label, value: wordsOf(filter) })}
            </button>
          </Popover>
          <button
            type="button"
            aria-label={t('listPage.removeFilter', { name: filter.label })}
            onClick={() => onChange({ [filter.name]: undefined })}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      {free.length + flags.length > 0 && (
        <Popover
          trigger="click"
          placement="bottomLeft"
          open={editing?.startsWith('+') ?? false}
          onOpenChange={(open) => setEditing(open ? '+' : undefined)}
          content={
            adding ? (
              <Editor
                filter={adding}
                value=""
                onDone={(value) => {
                  setEditing(undefined)
                  onChange({ [adding.name]: value })
                }}
              />
            ) : (
              <div className={styles.columns}>
                {free.map((filter) => (
                  <DeskButton key={filter.name} small kind="quiet" onClick={() => setEditing(`+${filter.name}`)}>
                    {filter.label}
                  </DeskButton>
                ))}
                {flags.map((filter) => (
                  <DeskButton
                    key={filter.name}
                    small
                    kind="quiet"
                    onClick={() => {
                      setEditing(undefined)
                      onChange({ [filter.name]: 'true' })
                    }}
                  >
                    {filter.label}
                  </DeskButton>
                ))}
              </div>
            )
          }
        >
          <span>
            <DeskButton small kind="quiet" icon="plus">
              {t('listPage.addFilter')}
            </DeskButton>
          </span>
        </Popover>
      )}
      <span className={styles.gap} />
      {sorts.length > 1 && (
        <select
          className={styles.size}
          aria-label={t('listPage.sort')}
          value={sort}
          onChange={(event) => onSort(event.target.value)}
        >
          {sorts.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
      )}
      <Popover
        trigger="click"
        placement="bottomRight"
        content={
          <div className={styles.columns}>
            {columns
              .filter((column) => !column.main)
              .map((column) => (
                <Checkbox
                  key={column.key}
                  checked={!hidden.includes(column.key)}
                  onChange={(event) =>
                    onHide(event.target.checked ? hidden.filter((key) => key !== column.key) : [...hidden, column.key])
                  }
                >
                  {column.title}
                </Checkbox>
              ))}
          </div>
        }
      >
        <span>
          <DeskButton small bare icon="columns" label={t('listPage.columns')} />
        </span>
      </Popover>
    </div>
  )
}
