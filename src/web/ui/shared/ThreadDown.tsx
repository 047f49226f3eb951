// The thread standing, for residents: check done, ring now, dashed next; actor, fact, money; the verdict card hangs on its station.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Go } from './Go.tsx'
import { Icon } from './Icon.tsx'
import { moneyWords } from './MoneyText.tsx'
import { PartyMark } from './PartyMark.tsx'
import type { Station } from './station.ts'
import { Tag } from './Tag.tsx'
import styles from './ThreadDown.module.css'

type Props = {
  readonly stations: readonly Station[]
  /** Cards that hang on a station (the verdict), by the station's key. */
  readonly hanging?: Readonly<Record<string, ReactNode>>
}

/** Legend of the three societies. */
export function ThreadDownLegend() {
  const { t } = useTranslation('frame')
  return (
    <p className={styles.legend}>
      <PartyMark party="community">{t('partyResident.community')}</PartyMark>
      <PartyMark party="organization">{t('partyResident.organization')}</PartyMark>
      <PartyMark party="worker">{t('partyResident.worker')}</PartyMark>
    </p>
  )
}

function Face({ station }: { readonly station: Station }) {
  const { t } = useTranslation('frame')
  const facts = typeof station.fact === 'string' ? [station.fact] : (station.fact ?? [])
  return (
    <>
      <span className={styles.point}>{station.state === 'done' && <Icon name="check" size={15} />}</span>
      <span className={styles.row}>
        <h3>{station.label}</h3>
        <span className="sr-only">{t(`state.${station.state}`)}</span>
        {station.chip && (
          <Tag round tone={station.chip.waiting ? 'waiting' : 'neutral'} icon={station.chip.waiting ? 'star' : 'clock'}>
            {station.chip.text}
          </Tag>
        )}
        {station.date && <time data-alone={station.to ? undefined : true}>{station.date}</time>}
        {station.to && <Icon name="right" size={18} className={styles.arrow} />}
      </span>
      {station.actor && <PartyMark party={station.party}>{station.actor}</PartyMark>}
      {facts.length > 0 && (
        <span className={styles.fact}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
      )}
      {station.money && (
        <span className={styles.money} data-due={station.money.happened ? undefined : true}>
          <Icon name="yuan" size={17} />
          <span>{station.money.label}</span>
          <b>
            {moneyWords(station.money.amount)} {t('money.yuan')}
          </b>
        </span>
      )}
    </>
  )
}

export function ThreadDown({ stations, hanging = {} }: Props) {
  return (
    <ol className={styles.line}>
      {stations.map((station) => {
        const card = hanging[station.key]
        return (
          <li
            key={station.key}
            id={`station-${station.key}`}
            data-party={station.party}
            data-state={station.state}
            aria-current={station.state === 'now' ? 'step' : undefined}
          >
            {station.to ? (
              <Go to={station.to} className={styles.body}>
                <Face station={station} />
              </Go>
            ) : (
              <div className={styles.body}>
                <Face station={station} />
              </div>
            )}
            {card && <div className={styles.card}>{card}</div>}
          </li>
        )
      })}
    </ol>
  )
}
