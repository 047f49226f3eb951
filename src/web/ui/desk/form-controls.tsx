// Controls of generated forms that Ant Design has not: place, record, moment, file.
import { Input, Select } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAskPath } from '../../app/ask.ts'
import { send } from '../../app/client.ts'
import { useDivisions } from '../resident/DivisionPicker.tsx'
import { showToast } from '../resident/toast-store.ts'
import { partsOf, two } from '../shared/when.ts'
import { DeskButton } from './DeskButton.tsx'
import styles from './forms.module.css'

/** What the form hands to a control. */
type Bound<Value> = {
  readonly id?: string
  readonly value?: Value
  readonly onChange?: (value: Value | undefined) => void
}

/** A division by name or pinyin; the value is its code. */
export function DivisionField({ id, value, onChange, label }: Bound<string> & { readonly label: string }) {
  const { t } = useTranslation('frame')
  const [search, setSearch] = useState('')
  const { rows, isPending } = useDivisions(undefined, search)
  // a value that was set before is not among the rows found: its name is asked for
  const { data: known } = useAskPath<{ readonly division: { readonly code: string; readonly fullName: string } }>(
    `/api/divisions/${value}`,
    { enabled: value !== undefined, staleTime: Number.POSITIVE_INFINITY },
  )
  const found = rows.map((row) => ({ value: row.code, label: row.within ? `${row.within} ${row.name}` : row.name }))
  const options =
    known && !found.some((row) => row.value === value)
      ? [{ value: known.division.code, label: known.division.fullName }, ...found]
      : found
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch
      filterOption={false}
      loading={isPending}
      placeholder={t('division.search')}
      notFoundContent={t(isPending ? 'division.searching' : 'division.none')}
      value={value}
      onSearch={setSearch}
      onChange={(code: string | undefined) => onChange?.(code)}
      options={options}
    />
  )
}

type Found = { readonly results?: readonly { readonly id: string; readonly title: string; readonly number?: string }[] }

/** A record of a kind by number or name, from GET /api/search; the value is its id. */
export function RecordField({
  id,
  value,
  onChange,
  label,
  record,
}: Bound<string> & { readonly label: string; readonly record: string }) {
  const { t } = useTranslation('frame')
  const [search, setSearch] = useState('')
  const query = new URLSearchParams({ q: search, kind: record })
  const { data, isFetching } = useAskPath<Found>(`/api/search?${query}`, { enabled: search.trim() !== '' })
  const options = (data?.results ?? []).map((each) => ({
    value: each.id,
    label: each.number ? `${each.number} ${each.title}` : each.title,
  }))
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch
      filterOption={false}
      loading={isFetching}
      placeholder={t('form.pickRecord')}
      notFoundContent={search ? t('transfer.none') : null}
      value={value}
      onSearch={setSearch}
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
      options={options}
    />
  )
}

/** A moment in Asia/Shanghai; the value is ISO-8601 UTC. */
export function MomentField({ id, value, onChange }: Bound<string>) {
  const parts = value ? partsOf(value) : undefined
  const local = parts
    ? `${parts.year}-${two(parts.month)}-${two(parts.day)}T${two(parts.hour)}:${two(parts.minute)}`
    : ''
  return (
    <Input
      id={id}
      type="datetime-local"
      value={local}
      onChange={(event) =>
        onChange?.(event.target.value ? new Date(`${event.target.value}:00+08:00`).toISOString() : undefined)
      }
    />
  )
}

/** One or many files, uploaded at once to /api/files; the value is the id or the list of ids. */
export function FileField({
  id,
  value,
  onChange,
  label,
  many,
}: Bound<string | readonly string[]> & { readonly label: string; readonly many?: boolean }) {
  const { t } = useTranslation('frame')
  const input = useRef<HTMLInputElement>(null)
  const [names, setNames] = useState<Readonly<Record<string, string>>>({})
  const [busy, setBusy] = useState(false)
  const ids = typeof value === 'string' ? [value] : [...(value ?? [])]
  const change = (next: readonly string[]) => onChange?.(many ? next : next.at(-1))
  const add = async (files: FileList | null) => {
    setBusy(true)
    let all: readonly string[] = many ? ids : []
    for (const file of files ?? []) {
      const form = new FormData()
      form.append('file', file)
      try {
        const { id: fileId } = await send<{ id: string }>('POST', '/api/files', form)
        all = [...all, fileId]
        setNames((known) => ({ ...known, [fileId]: file.name }))
        change(all)
      } catch {
        showToast(t('form.uploadFailed'), 'problem')
      }
    }
    setBusy(false)
    if (input.current) input.current.value = ''
  }
  return (
    <div className={styles.files}>
      {ids.length > 0 && (
        <ul>
          {ids.map((each, index) => (
            <li key={each}>
              {names[each] ?? each}
              <DeskButton
                small
                bare
                kind="quiet"
                icon="close"
                label={t('form.remove', { n: index + 1 })}
                onClick={() => change(ids.filter((other) => other !== each))}
              />
            </li>
          ))}
        </ul>
      )}
      <input
        ref={input}
        id={id}
        type="file"
        className="sr-only"
        aria-label={label}
        multiple={many}
        onChange={(event) => void add(event.target.files)}
      />
      <DeskButton small icon="import" busy={busy} onClick={() => input.current?.click()}>
        {t('form.upload')}
      </DeskButton>
    </div>
  )
}
