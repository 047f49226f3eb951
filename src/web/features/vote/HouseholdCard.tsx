// In a vote by households: whether my household's voter is me, somebody else or nobody yet, and how to get one named.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { askHousehold } from '../../../loop/deliberation/contract/rolls.ts'
import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import styles from './vote.module.css'
import type { VoteView } from './VotePage.tsx'

type Answer = OutputOf<typeof askHousehold>

export function HouseholdCard({ vote }: { readonly vote: VoteView }) {
  const { t } = useTranslation('vote')
  const problemText = useProblemText()
  const [household, setHousehold] = useState('')
  const [answer, setAnswer] = useState<Answer>()
  const { act, pending, problem } = useAct(askHousehold, { onDone: setAnswer })
  const fault = problem && (problem.fields?.[0]?.message ?? problemText(problem))
  const said =
    answer &&
    t(answer.voter === 'nobody' ? (answer.open ? 'household.nobody' : 'household.late') : `household.${answer.voter}`)
  return (
    <Section title={t('household.title')}>
      <Card pad>
        {vote.mine?.named ? (
          <p className={styles.done}>
            <Icon name="check" size={22} />
            {t('household.me')}
          </p>
        ) : (
          <form
            className={styles.household}
            onSubmit={(event) => {
              event.preventDefault()
              if (household.trim()) void act({ params: { id: vote.id }, body: { household } })
            }}
          >
            <p className={styles.lead}>{t('household.lead')}</p>
            <TextField
              label={t('household.address')}
              placeholder={t('household.example')}
              value={household}
              maxLength={40}
              fault={fault}
              onChange={(text) => {
                setHousehold(text)
                setAnswer(undefined)
              }}
            />
            <div className={styles.buttons}>
              <Button type="submit" kind="second" icon="search" busy={pending} disabled={household.trim() === ''}>
                {t('household.ask')}
              </Button>
            </div>
            <output className={styles.said} aria-live="polite">
              {said && (
                <>
                  <Icon name="info" size={22} />
                  {said}
                </>
              )}
            </output>
          </form>
        )}
      </Card>
    </Section>
  )
}
