// After the count: everybody checks the ballots in their own browser, finds their own among them, and takes the whole list along.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { encoded } from './casting.ts'
import type { KeptBallot } from './kept-ballots.ts'
import { type BallotFile, checkBallots, fetchBallots } from './public-ballots.ts'
import { saveJson } from '../../ui/shared/save-file.ts'
import styles from './vote.module.css'
import type { VoteView } from './VotePage.tsx'

type Found = {
  readonly file: BallotFile
  readonly agree: boolean
  readonly own: 'none' | 'same' | 'missing' | 'altered'
}

export function CheckCard({ vote, kept }: { readonly vote: VoteView; readonly kept: KeptBallot | undefined }) {
  const { t } = useTranslation(['vote', 'deliberation'])
  const problemText = useProblemText()
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<Found>()
  const [fault, setFault] = useState<string>()
  const mine = kept?.stage === 'cast' ? kept : undefined
  const check = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const file = await fetchBallots(vote.id)
      const { agree, own } = await checkBallots(file, mine && encoded(mine.token))
      const how =
        mine === undefined ? 'none' : own === undefined ? 'missing' : own.choice === mine.choice ? 'same' : 'altered'
      setFound({ file, agree, own: how })
    } catch (error) {
      setFault(problemText(problemOf(error)))
    }
    setBusy(false)
  }
  return (
    <Section title={t('vote:check')}>
      <Card pad>
        <p className={styles.lead}>{t('vote:checkLead')}</p>
        {found && (
          <ul className={styles.found} aria-live="polite">
            <li data-bad={!found.agree || undefined}>
              <Icon name={found.agree ? 'check' : 'alert'} size={22} />
              {t(found.agree ? 'vote:agrees' : 'vote:disagrees', {
                count: found.file.vote.tally?.cast ?? found.file.ballots.length,
              })}
            </li>
            <li data-bad={found.own === 'missing' || found.own === 'altered' || undefined}>
              <Icon name={found.own === 'same' ? 'check' : found.own === 'none' ? 'info' : 'alert'} size={22} />
              {t(`vote:own.${found.own}`)}
            </li>
          </ul>
        )}
        {fault && (
          <p className={styles.problem} role="alert">
            <Icon name="alert" size={20} />
            {fault}
          </p>
        )}
        <div className={styles.buttons}>
          <Button kind="second" icon="search" busy={busy} onClick={() => void check()}>
            {t('vote:checkNow')}
          </Button>
          {found && (
            <Button kind="plain" icon="down" onClick={() => saveJson(t('vote:ballotsFile'), found.file)}>
              {t('vote:saveAll')}
            </Button>
          )}
        </div>
        {vote.digest && (
          <p className={styles.digest}>
            {t('vote:digest')}
            <code>{vote.digest}</code>
          </p>
        )}
      </Card>
    </Section>
  )
}
