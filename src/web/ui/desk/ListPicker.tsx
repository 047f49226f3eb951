// Picks a record (or several) out of a list endpoint, for forms whose rows refer to other records.
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../../kit/endpoint.ts'
import { useAskPath } from '../../app/ask.ts'
import { addressOf } from '../../app/client.ts'
import type { Page } from './list-page.ts'

/** What a form gives to the control of a field. */
export type PickerField = {
  readonly id?: string
  readonly value?: string | readonly string[]
  readonly onChange?: (value: string | readonly string[] | undefined) => void
}

type Props<Row> = {
  readonly endpoint: Endpoint
  readonly query?: Readonly<Record<string, string | undefined>>
  /** Name of the query field that searches; without it the first 100 rows are filtered here. */
  readonly searchBy?: string
  readonly label: string
  readonly option: (row: Row) => { readonly value: string; readonly label: string }
  readonly many?: boolean
  /** Labels of values that were chosen before. */
  readonly known?: readonly { readonly value: string; readonly label: string }[]
} & PickerField

export function ListPicker<Row>({
  endpoint,
  query,
  searchBy,
  label,
  option,
  many,
  known = [],
  id,
  value,
  onChange,
}: Props<Row>) {
  const { t } = useTranslation('frame')
  const [search, setSearch] = useState('')
  const asked = { ...query, size: '100', ...(searchBy && search.trim() ? { [searchBy]: search.trim() } : {}) }
  const { data, isFetching } = useAskPath<Page<Row>>(addressOf(endpoint.path, { query: asked }), { staleTime: 30_000 })
  const found = (data?.rows ?? []).map(option)
  const named = [...found, ...known.filter((each) => !found.some((other) => other.value === each.value))]
  // what was chosen before and is no longer in the list keeps its place, but nobody is shown its id
  const chosen = value === undefined ? [] : [value].flat()
  const unnamed = chosen.filter((each) => !named.some((other) => other.value === each))
  const options = [
    ...named,
    ...unnamed.map((each) => ({ value: each, label: t(isFetching ? 'loading' : 'form.pickedBefore') })),
  ]
  return (
    <Select
      id={id}
      aria-label={label}
      mode={many ? 'multiple' : undefined}
      showSearch
      loading={isFetching}
      optionFilterProp="label"
      filterOption={searchBy ? false : undefined}
      placeholder={t('form.pickRecord')}
      notFoundContent={t('transfer.none')}
      value={typeof value === 'string' || value === undefined ? value : [...value]}
      onSearch={setSearch}
      onChange={(next: string | string[] | undefined) => onChange?.(next)}
      options={options}
    />
  )
}
