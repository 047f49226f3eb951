// The thread lying down, for the desk: shapes tell the parties, money above, dates and facts below.
import { useTranslation } from 'react-i18next'
import { Go } from './Go.tsx'
import { Icon } from './Icon.tsx'
import { moneyWords } from './MoneyText.tsx'
import { type Party, PartyMark } from './PartyMark.tsx'
import type { Station } from './station.ts'
import styles from './Thread.module.css'

const parties: readonly Party[] = ['resident', 'community', 'organization', 'worker', 'government']

/** The legend of shapes, for the head of the card. */
export function ThreadLegend() {
  const { t } = useTranslation('frame')
  return (
    <span className={styles.legend}>
      {parties.map((party) => (
        <PartyMark key={party} party={party} shape>
          {t(`party.${party}`)}
        </PartyMark>
      ))}
      <b>{t('thread.unit')}</b>
    </span>
  )
}

function Face({ station }: { readonly station: Station }) {
  const { t } = useTranslation('frame')
  const facts = typeof station.fact === 'string' ? [station.fact] : (station.fact ?? [])
  return (
    <>
      <span className={styles.money} data-due={station.money && !station.money.happened ? true : undefined}>
        {station.money && (
          <span>
            {station.money.label} {moneyWords(station.money.amount)}
          </span>
        )}
      </span>
      <span className={styles.station}>
        <Icon name={station.icon} size={17} />
      </span>
      <b>{station.state === 'now' ? t('thread.now', { name: station.label }) : station.label}</b>
      <span className="sr-only">
        {t(`party.${station.party}`)} {t(`state.${station.state}`)}
      </span>
      {station.date && <span>{station.date}</span>}
      {facts.slice(0, 1).map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {facts.length === 0 && station.actor && <span>{station.actor}</span>}
    </>
  )
}

export function Thread({ stations }: { readonly stations: readonly Station[] }) {
  const { t } = useTranslation('frame')
  return (
    <ol className={styles.thread} aria-label={t('thread.title')} tabIndex={0}>
      {stations.map((station) => (
        <li
          key={station.key}
          data-party={station.party}
          data-state={station.state}
          aria-current={station.state === 'now' ? 'step' : undefined}
        >
          {station.to ? (
            <Go to={station.to}>
              <Face station={station} />
            </Go>
          ) : (
            <div>
              <Face station={station} />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
