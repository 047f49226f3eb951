// What the last bulk act left as it was: needs that moved on meanwhile, how they stand now and what may still be done.
import { useTranslation } from 'react-i18next'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import styles from './desk-needs.module.css'
import { NeedStateTag } from './need-words.tsx'
import type { BulkConflict } from './need-bulk.tsx'

const told = ['acceptNeed', 'declineNeed', 'mergeNeed', 'referNeed', 'answerNeed', 'assignNeed', 'takeOverNeed']

export function BulkConflicts({
  conflicts,
  onClose,
}: {
  readonly conflicts: readonly BulkConflict[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation('needs')
  if (conflicts.length === 0) return null
  return (
    <section
      className={styles.conflicts}
      role="status"
      aria-label={t('desk.bulk.conflicts', { count: conflicts.length })}
    >
      <header>
        <h2>{t('desk.bulk.conflicts', { count: conflicts.length })}</h2>
        <DeskButton small bare kind="quiet" icon="close" label={t('desk.bulk.closeConflicts')} onClick={onClose} />
      </header>
      <ul>
        {conflicts.map((conflict) => {
          const possible = told.filter((verb) => conflict.possible.includes(verb)).map((verb) => t(`verbs.${verb}`))
          return (
            <li key={conflict.id}>
              {conflict.number ? (
                <Go to={`/desk/needs/${conflict.id}`} className={styles.link}>
                  {conflict.number}
                </Go>
              ) : (
                <span>{t('desk.bulk.oneNeed')}</span>
              )}
              {conflict.state && <NeedStateTag state={conflict.state} />}
              <span>
                {conflict.detail}
                {conflict.holder && t('desk.bulk.heldBy', { name: conflict.holder })}
                {possible.length > 0 && t('desk.bulk.possible', { verbs: possible.join(t('frame:list.separator')) })}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
