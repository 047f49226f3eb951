// Statements for and against: one by one to say agree, disagree or pass, then both columns; adding one's own.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listStatements, rateStatement } from '../../../loop/deliberation/contract/statements.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { useSignedIn } from '../needs/resident/signed.ts'
import type { MotionView } from './MeetingCard.tsx'
import { OwnStatement } from './OwnStatement.tsx'
import styles from './square.module.css'

export type Statement = OutputOf<typeof listStatements>['rows'][number]
type Opinion = NonNullable<Statement['opinion']>

const opinions: readonly Opinion[] = ['agree', 'disagree', 'pass']

export function Statements({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation(['square', 'deliberation'])
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const [all, setAll] = useState(false)
  const [skipped, setSkipped] = useState<readonly string[]>([])
  const { data } = useAsk(listStatements, { params: { id: motion.id }, query: { size: 100 } })
  const rate = useAct(rateStatement, { onProblem: (problem) => showToast(problemText(problem), 'problem') })
  const open = motion.state === 'discussing'
  const rows = data?.rows ?? []
  const give = (statement: string, opinion: Opinion) =>
    signedIn ? void rate.act({ params: { id: motion.id, statement }, body: { opinion } }) : signIn()
  const left = rows.filter((row) => !row.mine && !row.removed && !row.opinion && !skipped.includes(row.id))
  const next = left[0]
  const column = (side: Statement['side']) => rows.filter((row) => row.side === side)
  return (
    <>
      {open && next && (
        <Section title={t('square:statements.oneByOne')} note={t('square:statements.left', { count: left.length })}>
          <Card pad>
            <p className={styles.side}>{t(`square:statements.says.${next.side}`)}</p>
            <blockquote className={styles.quote}>{next.words}</blockquote>
            <div className={styles.three}>
              {opinions.map((opinion) => (
                <Button
                  key={opinion}
                  kind={opinion === 'pass' ? 'plain' : 'second'}
                  small
                  busy={rate.pending}
                  onClick={() => give(next.id, opinion)}
                >
                  {t(`deliberation:opinions.${opinion}`)}
                </Button>
              ))}
            </div>
            {left.length > 1 && (
              <Button kind="quiet" small onClick={() => setSkipped((before) => [...before, next.id])}>
                {t('square:statements.skip')}
              </Button>
            )}
          </Card>
        </Section>
      )}
      <Section title={t('square:statements.title')} note={t('square:statements.count', { count: rows.length })}>
        {rows.length === 0 ? (
          <Card pad>
            <p className={styles.lead}>{t(open ? 'square:statements.noneYet' : 'square:statements.none')}</p>
          </Card>
        ) : (
          <div className={styles.columns}>
            {(['for', 'against'] as const).map((side) => {
              const each = column(side)
              return (
                <div key={side} className={styles.column}>
                  <h3>
                    {t(`deliberation:sides.${side}`)}
                    <small>{t('square:statements.count', { count: each.length })}</small>
                  </h3>
                  <ul>
                    {each.slice(0, all ? each.length : 3).map((row) => (
                      <li key={row.id}>
                        <p>
                          {row.removed ? (
                            <i>
                              {t('square:statements.removed', {
                                reason: t(`deliberation:removalReasons.${row.removed}`),
                              })}
                              {row.removedWords && <span data-quote>{row.removedWords}</span>}
                            </i>
                          ) : (
                            row.words
                          )}
                        </p>
                        {!row.removed &&
                          (open && !row.mine ? (
                            <button
                              type="button"
                              className={styles.agree}
                              aria-pressed={row.opinion === 'agree'}
                              onClick={() => give(row.id, row.opinion === 'agree' ? 'pass' : 'agree')}
                            >
                              <span>
                                <Icon name={row.opinion === 'agree' ? 'check' : 'plus'} size={18} />
                                {t(row.opinion === 'agree' ? 'square:statements.agreed' : 'square:statements.agree')}
                              </span>
                              <span>{t('square:statements.people', { count: row.agrees })}</span>
                            </button>
                          ) : (
                            <p className={styles.agree}>
                              <span>{row.mine ? t('square:statements.mine') : t('square:statements.agree')}</span>
                              <span>{t('square:statements.people', { count: row.agrees })}</span>
                            </p>
                          ))}
                      </li>
                    ))}
                  </ul>
                </div>
              )
            })}
          </div>
        )}
        {!all && rows.length > 3 && (column('for').length > 3 || column('against').length > 3) && (
          <div className={styles.more}>
            <Button kind="plain" wide onClick={() => setAll(true)}>
              {t('square:statements.all')}
            </Button>
          </div>
        )}
      </Section>
      {open && <OwnStatement motion={motion.id} />}
    </>
  )
}
