// One group of needs that sound alike, side by side: which one stays, which go into it, and where their words differ.
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { listAlikeNeeds } from '../../../../loop/needs/contract/helpers.ts'
import { partsAgainst } from '../../../../loop/needs/rules/duplicates.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import styles from './alike.module.css'

export type GroupOfAlike = OutputOf<typeof listAlikeNeeds>['groups'][number]
type Row = GroupOfAlike['rows'][number]
export type Merging = {
  readonly needs: readonly { readonly id: string; readonly version: number }[]
  readonly into: string
}

/** What most neighbours support stays; among equals the one that was there first. */
const firstChoice = (rows: readonly Row[]) =>
  rows.reduce((best, row) => (row.supports > best.supports ? row : best), rows[0] as Row)

type CardProps = {
  readonly row: Row
  readonly kept: Row
  readonly name: string
  readonly goes: boolean
  readonly onKeep: () => void
  readonly onGo: () => void
}

function Card({ row, kept, name, goes, onKeep, onGo }: CardProps) {
  const { t } = useTranslation('needs')
  const categoryName = useCategoryName()
  const stays = row.id === kept.id
  return (
    <article className={styles.card} data-kept={stays || undefined} data-aside={(!stays && !goes) || undefined}>
      <header>
        <Go to={`/desk/needs/${row.id}`}>{row.number}</Go>
        <span>{row.submittedAt && <InstantText instant={row.submittedAt} style="compact" />}</span>
      </header>
      <h3>{row.title}</h3>
      <p>
        {stays
          ? row.text
          : partsAgainst(row.text, kept.text).map((part, at) =>
              part.shared ? part.text : <mark key={at}>{part.text}</mark>,
            )}
      </p>
      <small>
        {[categoryName(row.category), row.place, t('desk.supports', { count: row.supports })]
          .filter(Boolean)
          .join(' · ')}
      </small>
      <footer>
        <label>
          <input type="radio" name={name} checked={stays} onChange={onKeep} />
          {t('desk.alike.keep')}
        </label>
        {!stays && (
          <label>
            <input type="checkbox" checked={goes} onChange={onGo} />
            {t('desk.alike.goes')}
          </label>
        )}
      </footer>
    </article>
  )
}

type Props = {
  readonly group: GroupOfAlike
  /** Counted from 1. */
  readonly place: number
  readonly busy: boolean
  readonly onMerge: (merging: Merging) => void
  readonly onKey: (event: KeyboardEvent) => void
}

export function AlikeGroup({ group, place, busy, onMerge, onKey }: Props) {
  const { t } = useTranslation('needs')
  const name = useId()
  const { rows } = group
  const [keptId, setKept] = useState(() => firstChoice(rows).id)
  const [out, setOut] = useState<readonly string[]>([])
  const kept = rows.find(({ id }) => id === keptId) ?? firstChoice(rows)
  const going = rows.filter(({ id }) => id !== kept.id && !out.includes(id))
  const off = going.length === 0
  const merge = () => {
    if (!off && !busy) onMerge({ needs: going.map(({ id, version }) => ({ id, version })), into: kept.id })
  }
  const onOwnKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const row = rows[Number(event.key) - 1]
    if (event.key === 'm') merge()
    else if (/^[1-9]$/.test(event.key) && row) setKept(row.id)
    else return onKey(event)
    event.preventDefault()
  }
  return (
    <li className={styles.group} tabIndex={0} aria-labelledby={`${name}-title`} onKeyDown={onOwnKey}>
      <header>
        <h2 id={`${name}-title`}>{t('desk.alike.group', { place, count: group.count, percent: group.percent })}</h2>
        <DeskButton small icon="merge" busy={busy} off={off} onClick={merge}>
          {off ? t('desk.alike.nothing') : t('desk.alike.merge', { count: going.length, number: kept.number })}
        </DeskButton>
      </header>
      <div className={styles.cards}>
        {rows.map((row) => (
          <Card
            key={row.id}
            row={row}
            kept={kept}
            name={name}
            goes={!out.includes(row.id)}
            onKeep={() => setKept(row.id)}
            onGo={() => setOut(out.includes(row.id) ? out.filter((id) => id !== row.id) : [...out, row.id])}
          />
        ))}
      </div>
      {group.count > rows.length && (
        <p className={styles.more}>{t('desk.alike.more', { count: group.count - rows.length })}</p>
      )}
    </li>
  )
}
