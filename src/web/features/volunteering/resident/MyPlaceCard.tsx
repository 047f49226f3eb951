// My place of a shift or an activity: one button at a time, and the six digits when it begins and ends.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  checkInToOccasion,
  checkOutOfOccasion,
  giveBackPlace,
  takePlace,
} from '../../../../loop/delivery/contract/attending.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { useAct } from '../../../app/act.ts'
import { useSession } from '../../../app/session.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useInstantWords } from '../../../ui/shared/DateText.tsx'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { useSignedIn } from '../../needs/resident/signed.ts'
import { type OccasionView, useMinutesWords } from './occasion-words.tsx'
import styles from './volunteering.module.css'

type Props = { readonly occasion: OccasionView }

/** Six digits from the screen at the place; the picture code brings them along. */
function CodeForm({
  occasion,
  leaving,
  used,
  onUsed,
}: Props & { readonly leaving: boolean; readonly used: string | undefined; readonly onUsed: (code: string) => void }) {
  const { t } = useTranslation('volunteering')
  const problemText = useProblemText()
  const [query] = useAddressQuery()
  // The code by which one came is not that by which one leaves.
  const brought = query['code'] ?? ''
  const [code, setCode] = useState(/^\d{6}$/.test(brought) && brought !== used ? brought : '')
  const [tried, setTried] = useState(false)
  const { act, pending, problem } = useAct(leaving ? checkOutOfOccasion : checkInToOccasion, {
    onDone: () => {
      onUsed(code)
      showToast(t(leaving ? 'leftDone' : 'hereDone'))
    },
  })
  const whole = /^\d{6}$/.test(code)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (whole) void act({ params: { id: occasion.id }, body: { code } } as never)
      }}
    >
      <TextField
        label={t(leaving ? 'codeLeaving' : 'code')}
        help={t('codeHelp')}
        inputMode="numeric"
        maxLength={6}
        value={code}
        onChange={(value) => setCode(value.replaceAll(/\D/g, '').slice(0, 6))}
        fault={tried && !whole ? t('six') : problem ? problemText(problem) : undefined}
      />
      <Button kind="primary" type="submit" wide busy={pending}>
        {t(leaving ? 'leave' : 'arrive')}
      </Button>
    </form>
  )
}

/** Where I stand, in a sentence. */
function Standing({ occasion }: Props) {
  const { t } = useTranslation(['volunteering', 'delivery'])
  const words = useInstantWords()
  const minutesWords = useMinutesWords()
  const { mine } = occasion
  if (!mine) return null
  if (mine.outcome)
    return (
      <p className={styles.standing}>
        <Icon name={mine.outcome === 'counted' || mine.outcome === 'attended' ? 'check' : 'info'} size={22} />
        <b>{t(`delivery:options.outcome.${mine.outcome}`)}</b>
        {mine.outcome === 'counted' && mine.minutes !== undefined && <span>{minutesWords(mine.minutes)}</span>}
      </p>
    )
  if (mine.arrivedAt)
    return (
      <p className={styles.standing}>
        <Icon name="check" size={22} />
        <b>{t('volunteering:hereSince', { time: words(mine.arrivedAt, 'time') })}</b>
        {mine.leftAt && <span>{t('volunteering:leftAt', { time: words(mine.leftAt, 'time') })}</span>}
      </p>
    )
  return (
    <p className={styles.standing}>
      <Icon name="check" size={22} />
      <b>{t('volunteering:taken')}</b>
      {occasion.state === 'open' && !occasion.checkInOpen && (
        <span>{t('volunteering:comeAt', { time: words(occasion.checkInFrom, 'time') })}</span>
      )}
    </p>
  )
}

export function MyPlaceCard({ occasion }: Props) {
  const { t } = useTranslation(['volunteering', 'delivery'])
  const problemText = useProblemText()
  const { loaded } = useSession()
  const { signedIn, signIn } = useSignedIn()
  const params = { id: occasion.id } as never
  const take = useAct(takePlace, { onDone: () => showToast(t('volunteering:takenDone')) })
  const giveBack = useAct(giveBackPlace, { onDone: () => showToast(t('volunteering:givenBackDone')) })
  const [used, setUsed] = useState<string>()
  const of = (verb: string) => occasion.actions.find((action) => action.verb === verb)
  const taking = of('takePlace')
  const codes = (['checkInToOccasion', 'checkOutOfOccasion'] as const).find((verb) => of(verb)?.ok)
  const problem = take.problem ?? giveBack.problem
  const notVolunteer = taking?.code === 'not-volunteer'
  const why = taking && !taking.ok && taking.code !== undefined && signedIn && !notVolunteer
  if (!loaded || (occasion.state !== 'open' && !occasion.mine)) return null
  return (
    <Section title={t('volunteering:myPlace')} first>
      <Card pad>
        <Standing occasion={occasion} />
        {codes && (
          <CodeForm
            key={codes}
            occasion={occasion}
            leaving={codes === 'checkOutOfOccasion'}
            used={used}
            onUsed={setUsed}
          />
        )}
        {occasion.state === 'open' && !signedIn && (
          <Button kind="primary" wide onClick={signIn}>
            {t('volunteering:signIn')}
          </Button>
        )}
        {notVolunteer && signedIn && (
          <>
            <p className={styles.plain}>{t('volunteering:firstVolunteer')}</p>
            <Button
              kind="primary"
              wide
              to={`/mine/volunteering?next=${encodeURIComponent(`/occasions/${occasion.id}`)}`}
            >
              {t('volunteering:become')}
            </Button>
          </>
        )}
        {taking?.ok && !codes && (
          <Button kind="primary" wide busy={take.pending} onClick={() => void take.act({ params })}>
            {t(`volunteering:take.${occasion.kind}`)}
          </Button>
        )}
        {why && <p className={styles.plain}>{t(`delivery:refusals.${taking.code}`, taking.params ?? {})}</p>}
        {of('giveBackPlace')?.ok && (
          <div className={styles.other}>
            <Button kind="quiet" busy={giveBack.pending} onClick={() => void giveBack.act({ params })}>
              {t('delivery:verbs.giveBackPlace')}
            </Button>
          </div>
        )}
        {problem && (
          <p className={styles.problem} role="alert">
            {problemText(problem)}
          </p>
        )}
      </Card>
    </Section>
  )
}
