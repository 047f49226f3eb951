// Records that belong to this one: number, title, state.
import { useTranslation } from 'react-i18next'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import { Tag, type TagTone } from '../shared/Tag.tsx'
import styles from './record-parts.module.css'

export type Related = { readonly key: string; readonly icon: IconName; readonly number: string; readonly title: string; readonly to?: string; readonly state?: string; readonly tone?: TagTone }

export function RelatedList({ records, title }: { readonly records: readonly Related[]; readonly title?: string }) {
  const { t } = useTranslation('frame')
  return (
    <div>
      <h3 className={styles.blockTitle}>{title ?? t('record.related')}</h3>
      <ul className={styles.related}>
        {records.map((record) => (
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
