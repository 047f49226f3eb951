// Checking a proof of volunteer hours by the code that stands on it: for schools, employers, anybody.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkHoursProof } from '../../../../registers/volunteers/contract.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { useMinutesWords } from './occasion-words.tsx'
import styles from './volunteering.module.css'

function Answer({ code }: { readonly code: string }) {
  const { t } = useTranslation(['volunteering', 'volunteers'])
  const problemText = useProblemText()
  const dateWords = useDateWords()
  const minutesWords = useMinutesWords()
  const { data, error } = useAsk(checkHoursProof, { query: { code } })
  if (error)
    return (
      <p className={styles.problem} role="alert">
        {problemText(problemOf(error))}
      </p>
    )
  if (!data) return <Skeleton rows={4} />
  return (
    <div role="status" className={styles.go}>
      <p className={styles.standing}>
        <Icon name="check" size={22} />
        <b>{t('volunteering:proof.true')}</b>
      </p>
      <dl className={styles.proof}>
        <dt>{t('volunteers:fields.number')}</dt>
        <dd>{data.number}</dd>
        <dt>{t('volunteers:fields.maskedName')}</dt>
        <dd>{data.maskedName}</dd>
        <dt>{t('volunteers:fields.minutes')}</dt>
        <dd>{minutesWords(data.minutes)}</dd>
        <dt>{t('volunteers:fields.shifts')}</dt>
        <dd>{t('volunteering:shifts', { count: data.shifts })}</dd>
        <dt>{t('volunteering:proof.span')}</dt>
        <dd>
          {dateWords(data.from, 'full')} — {dateWords(data.until, 'full')}
        </dd>
        <dt>{t('volunteering:proof.issued')}</dt>
        <dd>{dateWords(data.issuedAt, 'full')}</dd>
      </dl>
    </div>
  )
}

export default function CheckProofPage() {
  const { t } = useTranslation('volunteering')
  const [query] = useAddressQuery()
  const [typed, setTyped] = useState(query['code'] ?? '')
  const [asked, setAsked] = useState(query['code'])
  return (
    <Page title={t('proof.check')} back="/occasions">
      <Section title={t('proof.check')} first>
        <Card pad>
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault()
              setAsked(typed.trim() === '' ? undefined : typed.trim())
            }}
          >
            <TextField
              label={t('proof.codeLabel')}
              help={t('proof.codeHelp')}
              value={typed}
              onChange={setTyped}
              maxLength={30}
            />
            <Button kind="primary" type="submit" wide>
              {t('proof.go')}
            </Button>
          </form>
          {asked && <Answer key={asked} code={asked} />}
        </Card>
      </Section>
    </Page>
  )
}
