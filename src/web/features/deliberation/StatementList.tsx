// Statements for and against a motion as the desk reads them; taking them off has a page of its own.
import { useTranslation } from 'react-i18next'
import { sides } from '../../../loop/deliberation/contract.ts'
import { listStatements } from '../../../loop/deliberation/contract/statements.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './deliberation.module.css'

export function StatementList({ motion }: { readonly motion: string }) {
  const { t } = useTranslation('deliberation')
  const mayModerate = useMay('deliberation.moderate')
  const { data, error, isPending, refetch } = useAsk(listStatements, { params: { id: motion }, query: { size: 100 } })
  if (isPending) return <Skeleton rows={4} />
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (data.rows.length === 0)
    return <EmptyState icon="chat" title={t('desk.noStatements')} next={t('desk.noStatementsNext')} />
  return (
    <>
      <div className={styles.keep}>
        <DeskButton small to={`/desk/deliberation/${motion}/statements`}>
          {t(mayModerate ? 'desk.keepOrder' : 'desk.allStatements')}
        </DeskButton>
      </div>
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
                    <p data-quote>
                      {row.removed ? (
                        <i>
                          {t('desk.removed', {
                            reason: t(`removalReasons.${row.removed}`, { defaultValue: row.removed }),
                          })}{' '}
                          {row.removedWords}
                        </i>
                      ) : (
                        row.words
                      )}
                    </p>
                    <small>
                      {t('desk.opinions', { agrees: row.agrees, disagrees: row.disagrees, passes: row.passes })}
                    </small>
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </div>
    </>
  )
}
