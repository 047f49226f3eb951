// The terms changed after a bid was handed in: its bidder upholds it or replaces it, or it lapses at the deadline.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { confirmBid } from '../../../loop/procurement/contract/questions.ts'
import { useAct } from '../../app/act.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { TermsVersions } from './TermsVersions.tsx'
import styles from './matters.module.css'

/** `terms`: the version under which the bid was handed in; `lot`: where the tender is divided. */
export function OutdatedBid({
  tender,
  terms,
  lot,
}: {
  readonly tender: OutputOf<typeof getTender>
  readonly terms: number
  readonly lot?: number
}) {
  const { t } = useTranslation('procurement')
  const [asked, setAsked] = useState(false)
  const { act, pending, problem } = useAct(confirmBid, { onDone: () => setAsked(false) })
  const now = tender.versions.at(-1)?.number ?? 1
  return (
    <section className={styles.warn}>
      <h2>
        <Icon name="alert" size={16} /> {t('outdated.title')}
      </h2>
      <p>{t('outdated.what')}</p>
      <TermsVersions versions={tender.versions.filter((version) => version.number >= terms)} />
      <DeskButton icon="check" onClick={() => setAsked(true)}>
        {t('verbs.confirmBid')}
      </DeskButton>
      {asked && (
        <ConfirmAct
          title={t('outdated.ask')}
          what={t('outdated.askWhat', { n: now })}
          verb={t('verbs.confirmBid')}
          busy={pending}
          problem={problem}
          onConfirm={() => void act({ params: { id: tender.id }, body: { terms: now, lot } })}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  )
}
