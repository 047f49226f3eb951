// My ballot: three choices, none chosen beforehand; or why there is none here.
import { useTranslation } from 'react-i18next'
import { type Choice, choices } from '../../../loop/deliberation/contract/ballots.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import type { OwnBallot } from './use-ballot.ts'
import styles from './vote.module.css'
import type { VoteView } from './VotePage.tsx'

type Props = {
  readonly vote: VoteView
  readonly open: boolean
  readonly elsewhere: boolean
  readonly own: OwnBallot
  readonly chosen: Choice | undefined
  readonly fixed: boolean
  /** The deposited token was signed since: it can be cast. */
  readonly signed: boolean
  readonly refusal: VoteView['actions'][number] | undefined
  readonly onChoose: (choice: Choice) => void
}

export function Ballot({ vote, open, elsewhere, own, chosen, fixed, signed, refusal, onChoose }: Props) {
  const { t } = useTranslation(['vote', 'deliberation', 'frame'])
  const problemText = useProblemText()
  if (own.kept?.stage === 'cast')
    return (
      <Section title={t('vote:mine')} note={t('vote:secret')}>
        <Card pad>
          <p className={styles.done}>
            <Icon name="check" size={22} />
            {t('vote:done')}
          </p>
        </Card>
      </Section>
    )
  const why = elsewhere
    ? t('vote:elsewhere')
    : own.able === false
      ? t('vote:oldBrowser')
      : refusal?.code
        ? t(`deliberation:refusals.${refusal.code}`, {
            ...refusal.params,
            defaultValue: t('vote:notHere'),
          })
        : undefined
  return (
    <Section title={t('vote:mine')} note={t('vote:secret')}>
      <Card pad>
        {why ? (
          <p className={styles.why}>
            <Icon name="info" size={22} />
            {why}
          </p>
        ) : (
          <>
            <fieldset className={styles.options}>
              <legend>{vote.question}</legend>
              {choices.map((value) => (
                <label key={value} data-on={chosen === value || undefined}>
                  <input
                    type="radio"
                    className="sr-only"
                    name="ballot"
                    value={value}
                    checked={chosen === value}
                    disabled={!open || fixed}
                    onChange={() => onChoose(value)}
                  />
                  <span className={styles.circle}>{chosen === value && <Icon name="check" size={16} />}</span>
                  {t(`deliberation:choices.${value}`)}
                  {chosen === value && <small>{t(fixed ? 'vote:sending' : 'vote:notCastYet')}</small>}
                </label>
              ))}
            </fieldset>
            {signed && <p className={styles.note}>{t('vote:signed')}</p>}
            {vote.mine?.state === 'deposited' && <p className={styles.note}>{t('vote:deposited')}</p>}
            {own.problem && (
              <p className={styles.problem} role="alert">
                <Icon name="alert" size={20} />
                {problemText(own.problem)}
              </p>
            )}
          </>
        )}
      </Card>
    </Section>
  )
}
