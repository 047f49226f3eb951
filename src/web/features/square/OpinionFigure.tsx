// The map of opinions with its words: groups and what marks them, what all share, what divides them, and the numbers as a table.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getOpinionMap } from '../../../loop/deliberation/contract/opinions.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { GroupMark, type OpinionGroup, type OpinionMapView, OpinionPlot, OwnMark } from './OpinionPlot.tsx'
import styles from './opinions.module.css'

type Props = {
  readonly view: OutputOf<typeof getOpinionMap>
  /** The desk has no place of its own on the map. */
  readonly desk?: boolean
}

function Words({ map, statement }: { readonly map: OpinionMapView; readonly statement: string }) {
  return <q data-quote>{map.statements.find((each) => each.id === statement)?.words}</q>
}

function Shares({ map, statement }: { readonly map: OpinionMapView; readonly statement: string }) {
  const { t } = useTranslation('square')
  const shares = map.statements.find((each) => each.id === statement)?.shares ?? []
  return (
    <ul className={styles.shares}>
      {map.groups.map((group, index) => {
        const share = shares[index]
        return (
          <li key={group.name} data-group={group.name}>
            <GroupMark name={group.name} />
            <span>{t(`map.names.${group.name}`)}</span>
            <span className={styles.bar} aria-hidden="true">
              {share && <i style={{ width: `${share.agree}%` }} />}
            </span>
            <b>{share ? t('map.agreeShare', { percent: share.agree }) : t('map.few')}</b>
          </li>
        )
      })}
    </ul>
  )
}

function Groups({ map }: { readonly map: OpinionMapView }) {
  const { t } = useTranslation('square')
  const line = (group: OpinionGroup, opinion: 'agree' | 'disagree') =>
    group.typical
      .filter((each) => each.opinion === opinion)
      .map((each) => (
        <p key={each.statement}>
          <small>{t(`map.typical.${opinion}`)}</small> <Words map={map} statement={each.statement} />
        </p>
      ))
  return (
    <ul className={styles.groups}>
      {map.groups.map((group) => (
        <li key={group.name}>
          <h3>
            <GroupMark name={group.name} />
            {t('map.groupSize', { name: t(`map.names.${group.name}`), count: group.people })}
          </h3>
          {line(group, 'agree')}
          {line(group, 'disagree')}
        </li>
      ))}
    </ul>
  )
}

function Numbers({ map }: { readonly map: OpinionMapView }) {
  const { t } = useTranslation(['square', 'deliberation'])
  return (
    <details className={styles.numbers}>
      <summary>
        {t('map.numbers')}
        <Icon name="open" size={20} />
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('map.group')}</th>
            <th scope="col">{t('deliberation:opinions.agree')}</th>
            <th scope="col">{t('deliberation:opinions.disagree')}</th>
          </tr>
        </thead>
        {map.statements.map((each) => (
          <tbody key={each.id}>
            <tr>
              <th scope="rowgroup" colSpan={3} data-quote>
                {each.words}
              </th>
            </tr>
            {map.groups.map((group, index) => {
              const share = each.shares[index]
              return (
                <tr key={group.name}>
                  <th scope="row">{t(`map.names.${group.name}`)}</th>
                  <td>{share ? `${share.agree}%` : t('map.few')}</td>
                  <td>{share ? `${share.disagree}%` : t('map.few')}</td>
                </tr>
              )
            })}
          </tbody>
        ))}
      </table>
      <p>{t('map.rounded')}</p>
    </details>
  )
}

/** Too few spoke: says how many are missing. Else the picture and what it means. */
export function OpinionFigure({ view, desk }: Props) {
  const { t } = useTranslation('square')
  const { map, mine } = view
  if (!map)
    return (
      <p className={styles.early}>
        <Icon name="users" size={20} />
        {t('map.early', { count: view.voters, needed: view.needed })}
      </p>
    )
  const one = map.groups.length === 1
  return (
    <div className={styles.figure}>
      <p className={styles.lead}>
        {t(one ? 'map.one' : 'map.many', { voters: view.voters, count: map.groups.length })}
      </p>
      <div className={styles.two}>
        <div>
          <OpinionPlot map={map} mine={mine} nameOf={(name) => t(`map.names.${name}`)} />
          {!desk && mine && (
            <p className={styles.mine}>
              <OwnMark />
              {mine.group
                ? t(one ? 'map.mineHere' : 'map.mineIn', { name: t(`map.names.${mine.group}`) })
                : t('map.missing', { count: mine.missing ?? 0 })}
            </p>
          )}
          <p className={styles.how}>{t('map.how')}</p>
        </div>
        {!one && <Groups map={map} />}
      </div>
      <h3>{t(one ? 'map.commonOne' : 'map.common')}</h3>
      {map.common.length === 0 ? (
        <p className={styles.lead}>{t('map.noCommon')}</p>
      ) : (
        <ul className={styles.list}>
          {map.common.map((statement) => (
            <li key={statement}>
              <Words map={map} statement={statement} />
              <Shares map={map} statement={statement} />
            </li>
          ))}
        </ul>
      )}
      {!one && (
        <>
          <h3>{t('map.divides')}</h3>
          <ul className={styles.list}>
            {map.divides.map((statement) => (
              <li key={statement}>
                <Words map={map} statement={statement} />
                <Shares map={map} statement={statement} />
              </li>
            ))}
          </ul>
        </>
      )}
      {map.statements.length > 0 && <Numbers map={map} />}
      {view.madeAt && (
        <p className={styles.how}>
          {t('map.madeAt')} <InstantText instant={view.madeAt} style="compact" />
        </p>
      )}
    </div>
  )
}
