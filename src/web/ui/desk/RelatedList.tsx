// Records that belong to this one: number, title, state.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskButton } from './DeskButton.tsx'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import { Tag, type TagTone } from '../shared/Tag.tsx'
import styles from './record-parts.module.css'

export type Related = {
  readonly key: string
  readonly icon: IconName
  readonly number: string
  readonly title: string
  readonly to?: string
  readonly state?: string
  readonly tone?: TagTone
}

const few = 8

export function RelatedList({ records, title }: { readonly records: readonly Related[]; readonly title?: string }) {
  const { t } = useTranslation('frame')
  const [all, setAll] = useState(false)
  const ordered = [...records].sort((one, other) => Number(other.to !== undefined) - Number(one.to !== undefined))
  const shown = all ? ordered : ordered.slice(0, few)
  return (
    <div>
      <h3 className={styles.blockTitle}>
        {title ?? t('record.related')}
        {records.length > few && (
          <DeskButton small kind="quiet" onClick={() => setAll(!all)}>
            {all ? t('record.fewSteps') : t('record.allSteps', { count: records.length })}
          </DeskButton>
        )}
      </h3>
      <ul className={styles.related}>
        {shown.map((record) => (
          <li key={record.key}>
            <Icon name={record.icon} size={16} />
            <span>{record.number}</span>
            {record.to ? <Go to={record.to}>{record.title}</Go> : <b>{record.title}</b>}
            {record.state && <Tag tone={record.tone}>{record.state}</Tag>}
          </li>
        ))}
        {records.length === 0 && <li>{t('transfer.none')}</li>}
      </ul>
    </div>
  )
}
