// Progress notes of a motion on the desk, newest first.
import { useTranslation } from 'react-i18next'
import { listProgress } from '../../../loop/deliberation/contract/follow-up.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './deliberation.module.css'

export function ProgressTab({ motion }: { readonly motion: string }) {
  const { t } = useTranslation('deliberation')
  const { data, error, isPending, refetch } = useAsk(listProgress, { params: { id: motion }, query: { size: 100 } })
  if (isPending) return <Skeleton rows={4} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (data.rows.length === 0)
    return <EmptyState icon="gauge" title={t('desk.noProgress')} next={t('desk.noProgressNext')} />
  return (
    <ol className={styles.progress}>
      {data.rows.map((note) => (
        <li key={note.id}>
          <p>
            <b>
              {note.percent !== undefined && t('desk.percent', { percent: note.percent })} {note.milestone}
            </b>
            <small>
              <InstantText instant={note.at} style="compact" />
            </small>
          </p>
          {note.percent !== undefined && (
            <Meter value={note.percent} max={100} height={6} label={t('desk.percent', { percent: note.percent })} />
          )}
          <p data-quote>{note.words}</p>
          {note.files.map((file) => (
            <a key={file.id} href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
              <Icon name="clip" size={16} />
              {file.name}
            </a>
          ))}
        </li>
      ))}
    </ol>
  )
}
