// The notes of a case, newest first, each with its kind, author, time and lines.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listCaseNotes } from '../../../loop/delivery/contract/cases.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './cases.module.css'

type Note = OutputOf<typeof listCaseNotes>['rows'][number]

function NoteItem({ note }: { readonly note: Note }) {
  const { t } = useTranslation(['delivery', 'cases'])
  return (
    <li>
      <div className={styles.noteHead}>
        <Tag tone={note.kind === 'supervision' ? 'waiting' : 'neutral'}>{t(`cases:notes.${note.kind}`)}</Tag>
        <span>{note.authorName}</span>
        <InstantText instant={note.at} style="compact" />
        {note.serviceRecord && <Go to={`/desk/delivery/${note.serviceRecord}`}>{t('cases:notes.hours')}</Go>}
      </div>
      {note.lines.length === 0 ? (
        <p className={styles.gone}>{t('cases:notes.gone')}</p>
      ) : (
        <dl>
          {note.lines.map((line, index) => (
            <div key={`${line.name}-${index}`}>
              <dt>{t(`fields.${line.name}`)}</dt>
              <dd data-quote={line.code ? undefined : true}>
                {line.code
                  ? t([`options.${line.name}.${line.text}`, `kinds.${line.text}`], { defaultValue: line.text })
                  : line.text}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

const step = 6

export function CaseNotes({ id }: { readonly id: string }) {
  const { t } = useTranslation('cases')
  const [size, setSize] = useState(step)
  const { data, error, refetch } = useAsk(listCaseNotes, { params: { id }, query: { size } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} />
  if (data.rows.length === 0) return <EmptyState icon="document" title={t('notes.none')} />
  return (
    <>
      <ol className={styles.notes}>
        {data.rows.map((note) => (
          <NoteItem key={note.id} note={note} />
        ))}
      </ol>
      {data.next && size < 100 && (
        <p className={styles.more}>
          <DeskButton small onClick={() => setSize(Math.min(100, size + step))}>
            {t('notes.older')}
          </DeskButton>
        </p>
      )}
    </>
  )
}
