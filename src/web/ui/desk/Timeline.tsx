// Who did what, when, on whose behalf: newest first, ring in the colour of the party.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { InstantText } from '../shared/DateText.tsx'
import type { Party } from '../shared/PartyMark.tsx'
import { DeskButton } from './DeskButton.tsx'
import { DeskCard } from './DeskCard.tsx'
import styles from './record-parts.module.css'

export type TimelineEntry = {
  readonly key: string
  readonly party: Party | 'money'
  /** Name of who acted (masked where it must be), with organization or post. */
  readonly actor: string
  /** Instant. */
  readonly at: string
  readonly what: ReactNode
  /** "王**（81 岁）": shown as 代…; */
  readonly onBehalfOf?: string
  /** "周敏华（11-02 至 11-13）": shown as 受…委托. */
  readonly delegatedBy?: string
}

const few = 5

export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation('frame')
  const [all, setAll] = useState(false)
  const shown = all ? entries : entries.slice(0, few)
  return (
    <DeskCard
      title={t('record.timeline')}
      extra={
        entries.length > few && (
          <DeskButton small kind="quiet" onClick={() => setAll(!all)}>
            {all ? t('record.fewSteps') : t('record.allSteps', { count: entries.length })}
          </DeskButton>
        )
      }
    >
      {entries.length === 0 ? (
        <p className={styles.nothing}>{t('record.noEvents')}</p>
      ) : (
        <ol className={styles.timeline}>
          {shown.map((entry) => (
            <li key={entry.key} data-party={entry.party}>
              <div>
                <span>
                  {entry.actor}
                  {entry.delegatedBy && <i> {t('record.delegated', { name: entry.delegatedBy })}</i>}
                  {entry.onBehalfOf && <i> {t('record.onBehalf', { name: entry.onBehalfOf })}</i>}
                </span>
                <InstantText instant={entry.at} style="compact" />
              </div>
              {entry.what}
            </li>
          ))}
        </ol>
      )}
    </DeskCard>
  )
}
