// How far a resolution has been carried out: dated notes, the newest first, with percent or milestone and photos.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listProgress } from '../../../loop/deliberation/contract/follow-up.ts'
import { useAsk } from '../../app/ask.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import type { MotionView } from './MeetingCard.tsx'
import styles from './meeting.module.css'
import square from './square.module.css'

const few = 3

export function ProgressSection({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation('square')
  const [all, setAll] = useState(false)
  const carried = motion.state === 'executing' || motion.state === 'reported' || motion.state === 'closed'
  const { data } = useAsk(listProgress, { params: { id: motion.id }, query: { size: 100 } }, { enabled: carried })
  const rows = data?.rows ?? []
  if (!carried || (rows.length === 0 && motion.state !== 'executing')) return null
  return (
    <Section title={t('progress.title')}>
      <Card pad>
        {rows.length === 0 ? (
          <p className={square.lead}>{t('progress.none')}</p>
        ) : (
          <ol className={styles.notes}>
            {rows.slice(0, all ? rows.length : few).map((note) => (
              <li key={note.id}>
                <p className={styles.step}>
                  {note.percent !== undefined ? t('progress.percent', { percent: note.percent }) : note.milestone}
                  <span>
                    <DateText date={note.at} />
                  </span>
                </p>
                {note.percent !== undefined && (
                  <Meter value={note.percent} max={100} label={t('progress.percent', { percent: note.percent })} />
                )}
                {note.percent !== undefined && note.milestone && <p data-quote>{note.milestone}</p>}
                <p data-quote>{note.words}</p>
                {note.files.length > 0 && (
                  <div className={styles.photos}>
                    {note.files.map((file, index) =>
                      file.type.startsWith('image/') ? (
                        <a key={file.id} href={`/api/files/${file.id}`}>
                          <img
                            src={`/api/files/${file.id}`}
                            loading="lazy"
                            alt={t('progress.photo', { n: index + 1 })}
                          />
                        </a>
                      ) : (
                        <a key={file.id} href={`/api/files/${file.id}`} className={square.file}>
                          <Icon name="document" size={20} />
                          {file.name}
                        </a>
                      ),
                    )}
                  </div>
                )}
              </li>
            ))}
          </ol>
        )}
        {!all && rows.length > few && (
          <div className={styles.more}>
            <Button kind="plain" wide onClick={() => setAll(true)}>
              {t('progress.all', { count: rows.length })}
            </Button>
          </div>
        )}
      </Card>
    </Section>
  )
}
