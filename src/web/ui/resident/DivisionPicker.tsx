// Finding a place: search by Chinese or pinyin, or walk down the tree of divisions.
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAskPath } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Icon } from '../shared/Icon.tsx'
import { Skeleton } from '../shared/Skeleton.tsx'
import styles from './DivisionPicker.module.css'

/** A division as pickers show it; `within` tells where it lies, `level` 1 province … 5 community. */
export type DivisionRow = {
  readonly code: string
  readonly name: string
  readonly level: number
  readonly within?: string
}

type Answer = {
  readonly rows: readonly {
    readonly code: string
    readonly name: string
    readonly level: number
    readonly fullName: string
  }[]
}

type Props = {
  /** Only below this division; the whole tree without it. */
  readonly under?: string
  /** The level that is chosen at once by a tap (5 = community); divisions above it open their children. */
  readonly level?: number
  readonly onChoose: (division: DivisionRow) => void
}

/** The list of places under a division or of a search, from GET /api/divisions?under=&search=. */
export function useDivisions(under: string | undefined, search: string) {
  const query = new URLSearchParams()
  if (under) query.set('under', under)
  if (search) query.set('search', search)
  const asked = useAskPath<Answer>(`/api/divisions?${query}`, { staleTime: 600_000 })
  const rows: readonly DivisionRow[] = (asked.data?.rows ?? []).map(({ code, name, level, fullName }) => ({
    code,
    name,
    level,
    within: fullName.endsWith(name) ? fullName.slice(0, -name.length).trim() || undefined : fullName,
  }))
  return { ...asked, rows }
}

export function DivisionPicker({ under, level = 5, onChoose }: Props) {
  const { t } = useTranslation('frame')
  const id = useId()
  const [search, setSearch] = useState('')
  const [way, setWay] = useState<readonly DivisionRow[]>([])
  const here = way.at(-1)
  const { rows, isPending, error, refetch } = useDivisions(search ? under : (here?.code ?? under), search.trim())
  const take = (row: DivisionRow) => {
    if (row.level >= level) onChoose({ ...row, within: row.within ?? way.map((each) => each.name).join('') })
    else {
      setWay([...way, row])
      setSearch('')
    }
  }
  return (
    <div className={styles.picker}>
      <label className="sr-only" htmlFor={id}>
        {t('division.search')}
      </label>
      <div className={styles.search}>
        <Icon name="search" size={20} />
        <input
          id={id}
          type="search"
          value={search}
          placeholder={t('division.search')}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {!search && way.length > 0 && (
        <button type="button" className={styles.up} onClick={() => setWay(way.slice(0, -1))}>
          <Icon name="back" size={20} />
          {way.map((each) => each.name).join(' ')}
        </button>
      )}
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={5} />
      ) : rows.length === 0 ? (
        <EmptyState icon="pin" title={t('division.none')} next={t('division.next')} />
      ) : (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.code}>
              <button type="button" onClick={() => take(row)}>
                <span>
                  <b>{row.name}</b>
                  {search && row.within && <small>{row.within}</small>}
                </span>
                {row.level < level && <Icon name="right" size={20} />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
