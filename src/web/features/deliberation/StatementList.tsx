// Statements for and against, without names; the desk may take one off with a reason, the mark stays.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sides } from '../../../loop/deliberation/contract.ts'
import { listStatements, removeStatement } from '../../../loop/deliberation/contract/statements.ts'
import { useAct, useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { ChoiceField } from '../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './deliberation.module.css'

const reasons = ['insult', 'personal-data', 'off-topic', 'advertising', 'unlawful'] as const
type Reason = (typeof reasons)[number]

function isReason(value: string | undefined): value is Reason {
  return reasons.some((reason) => reason === value)
}

function RemoveDialog({
  motion,
  statement,
  words,
  onClose,
}: {
  readonly motion: string
  readonly statement: string
  readonly words?: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['deliberation', 'frame'])
  const problemText = useProblemText()
  const [reason, setReason] = useState<string>()
  const { act, pending, problem } = useAct(removeStatement, { onDone: onClose })
  return (
    <DeskDialog
      title={t('verbs.removeStatement')}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton
            kind="danger"
            busy={pending}
            off={!isReason(reason)}
            onClick={() => isReason(reason) && void act({ params: { id: motion, statement }, body: { reason } })}
          >
            {t('verbs.removeStatement')}
          </DeskButton>
        </>
      }
    >
      <blockquote className={styles.quote}>“{words}”</blockquote>
      <ChoiceField
        label={t('fields.reason')}
        value={reason}
        onChange={setReason}
        choices={reasons.map((value) => ({ value, label: t(`removalReasons.${value}`) }))}
      />
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}

export function StatementList({ motion }: { readonly motion: string }) {
  const { t } = useTranslation('deliberation')
  const mayModerate = useMay('deliberation.moderate')
  const [removing, setRemoving] = useState<{ readonly id: string; readonly words?: string }>()
  const { data, error, isPending, refetch } = useAsk(listStatements, { params: { id: motion }, query: { size: 100 } })
  if (isPending) return <Skeleton rows={4} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (data.rows.length === 0)
    return <EmptyState icon="chat" title={t('desk.noStatements')} next={t('desk.noStatementsNext')} />
  return (
    <div className={styles.sides}>
      {sides.map((side) => {
        const rows = data.rows.filter((row) => row.side === side)
        return (
          <section key={side} data-side={side} aria-label={t(`sides.${side}`)}>
            <h3>
              {t(`sides.${side}`)}
              <em>{rows.length}</em>
            </h3>
            <ul>
              {rows.map((row) => (
                <li key={row.id}>
                  <p>
                    {row.removed ? (
                      <i>
                        {t('desk.removed', {
                          reason: t(`removalReasons.${row.removed}`, { defaultValue: row.removed }),
                        })}
                      </i>
                    ) : (
                      row.words
                    )}
                  </p>
                  <small>
                    {t('desk.opinions', { agrees: row.agrees, disagrees: row.disagrees, passes: row.passes })}
                  </small>
                  {mayModerate && !row.removed && (
                    <DeskButton small kind="quiet" onClick={() => setRemoving({ id: row.id, words: row.words })}>
                      {t('verbs.removeStatement')}
                    </DeskButton>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      {removing && (
        <RemoveDialog
          motion={motion}
          statement={removing.id}
          words={removing.words}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </div>
  )
}
