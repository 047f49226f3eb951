// The loop from need to verdict as it was walked in the period, and what residents said at its end.
import { useTranslation } from 'react-i18next'
import { type Figures, numberWords } from './figures.ts'
import styles from './cockpit.module.css'

const stations = [
  'needs.raised',
  'needs.accepted',
  'deliberation.motions-adopted',
  'projects.approved',
  'contracts.active',
  'evaluation.published',
  'needs.verdicts',
] as const

type Props = { readonly figures: Figures; readonly onOpen: (name: string) => void }

export function LoopFunnel({ figures, onOpen }: Props) {
  const { t } = useTranslation('cockpit')
  const of = (name: string) => figures.get(name)?.now.value
  const verdicts = ['needs.met', 'needs.partly-met', 'needs.not-met'].reduce((all, name) => all + (of(name) ?? 0), 0)
  const value = (name: string) => (name === 'needs.verdicts' ? verdicts : of(name))
  const most = Math.max(1, ...stations.map((name) => value(name) ?? 0))
  const median = of('needs.need-to-verdict')
  const said = ['met', 'partly-met', 'not-met'] as const
  return (
    <section className={styles.funnel} aria-label={t('funnel.title')}>
      <div className={styles.funnelHead}>
        <h2>{t('funnel.title')}</h2>
        <p>{t('funnel.note')}</p>
        {median !== undefined && (
          <p>
            {t('funnel.median')} <b>{t('funnel.days', { days: numberWords('days', median) })}</b>
          </p>
        )}
      </div>
      <ol>
        {stations.map((name) => {
          const count = value(name)
          return (
            <li key={name}>
              <button type="button" onClick={() => onOpen(name === 'needs.verdicts' ? 'needs.met' : name)}>
                <span className={styles.column}>
                  <i
                    style={{ height: `${Math.max(6, ((count ?? 0) / most) * 100)}%` }}
                    data-last={name === 'needs.verdicts' || undefined}
                  />
                </span>
                <b>{count?.toLocaleString('en') ?? '—'}</b> <small>{t(`funnel.unit.${name.replace('.', '-')}`)}</small>
                <span>{t(`funnel.stations.${name.replace('.', '-')}`)}</span>
              </button>
            </li>
          )
        })}
      </ol>
      <div className={styles.say}>
        <h3>{t('say.title')}</h3>
        {verdicts === 0 ? (
          <p>{t('say.none')}</p>
        ) : (
          <>
            <p
              className={styles.sayBar}
              role="img"
              aria-label={said
                .map((each) => `${t(`say.${each}`)} ${of(`needs.${each}`) ?? 0}`)
                .join(t('frame:list.comma'))}
            >
              {said.map((each) => {
                const count = of(`needs.${each}`) ?? 0
                return count > 0 ? <i key={each} data-said={each} style={{ flexGrow: count }} /> : null
              })}
            </p>
            <ul>
              {said.map((each) => (
                <li key={each}>
                  <i data-said={each} />
                  {t(`say.${each}`)}
                  <b>{(((of(`needs.${each}`) ?? 0) / verdicts) * 100).toFixed(1)}%</b>
                </li>
              ))}
            </ul>
          </>
        )}
        {(of('needs.unconfirmed') ?? 0) > 0 && <p>{t('say.unconfirmed', { count: of('needs.unconfirmed') })}</p>}
      </div>
    </section>
  )
}
