// The receipt: before the vote what it will be, afterwards its number and the ways to keep it. It never leaves this device by itself.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import type { IconName } from '../../ui/shared/icon-paths.ts'
import { encoded, receiptNumber } from './casting.ts'
import type { KeptBallot } from './kept-ballots.ts'
import { saveJson } from '../../ui/shared/save-file.ts'
import styles from './vote.module.css'

const promises: readonly (readonly [string, IconName])[] = [
  ['secret', 'evaluation'],
  ['here', 'document'],
  ['check', 'eye'],
]

function PromiseList() {
  const { t } = useTranslation('vote')
  return (
    <ul className={styles.promises}>
      {promises.map(([key, icon]) => (
        <li key={key}>
          <Icon name={icon} size={22} />
          <span>
            <b>{t(`promise.${key}`)}</b>
            <p>{t(`promise.${key}Text`)}</p>
          </span>
        </li>
      ))}
    </ul>
  )
}

export function Promises() {
  const { t } = useTranslation('vote')
  return (
    <Section title={t('receiptLater')}>
      <Card>
        <PromiseList />
        <p className={styles.slip}>
          <span>{t('slipSample')}</span>
          <b>4817 2093 5566</b>
        </p>
      </Card>
    </Section>
  )
}

/** What the receipt's file holds: enough to find the ballot again and to hold it beside the public list (npm run tally --receipt). */
function receiptOf(kept: KeptBallot, number: string) {
  return {
    number,
    vote: kept.vote,
    token: encoded(kept.token),
    choice: kept.choice,
    signature: kept.signature && encoded(kept.signature),
    proof: kept.proof && encoded(kept.proof),
    seal: kept.seal,
  }
}

export function Receipt({ kept, question }: { readonly kept: KeptBallot; readonly question: string }) {
  const { t } = useTranslation(['vote', 'deliberation'])
  const [number, setNumber] = useState('')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    void receiptNumber(kept.token).then(setNumber)
  }, [kept.token])
  return (
    <Section title={t('vote:receipt')}>
      <Card className={styles.receipt}>
        <p className={styles.question}>{question}</p>
        <p className={styles.slip} data-own>
          <span>{t('vote:slip')}</span>
          <b>{number}</b>
        </p>
        {shown && kept.choice && (
          <p className={styles.slip} data-own>
            <span>{t('vote:myChoice')}</span>
            <b>{t(`deliberation:choices.${kept.choice}`)}</b>
          </p>
        )}
        <p className={styles.keepNote}>{t('vote:keepNote')}</p>
        {kept.seal && (
          <p className={styles.seal}>
            {t('vote:seal')}
            <code>{kept.seal}</code>
          </p>
        )}
        <div className={styles.buttons}>
          <Button
            small
            kind="second"
            icon="down"
            onClick={() => saveJson(t('vote:receiptFile', { number }), receiptOf(kept, number))}
          >
            {t('vote:save')}
          </Button>
          <Button small kind="plain" icon="document" onClick={() => window.print()}>
            {t('vote:print')}
          </Button>
          <Button small kind="plain" icon="eye" onClick={() => setShown(!shown)}>
            {t(shown ? 'vote:hide' : 'vote:show')}
          </Button>
        </div>
        <PromiseList />
      </Card>
    </Section>
  )
}
