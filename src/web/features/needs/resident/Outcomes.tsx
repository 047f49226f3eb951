// What became of the needs, honestly apart: the residents' own word, what still waits for it, and what was closed without it.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getBoardFigures } from '../../../../loop/needs/contract/board.ts'
import { useAskPath } from '../../../app/ask.ts'
import styles from './outcomes.module.css'

export type BoardFigures = OutputOf<typeof getBoardFigures>

/** The figures of a community; one question for all who show them. */
export function useBoardFigures(division: string | undefined) {
  return useAskPath<BoardFigures>(`/api/needs/figures?division=${division ?? ''}`, {
    staleTime: 60_000,
    enabled: division !== undefined,
  })
}

const said = ['met', 'partly', 'notMet'] as const

/** Figures of a community in the running year; nothing while they are on their way. */
export function Outcomes({ division }: { readonly division: string }) {
  const { t } = useTranslation('needs')
  const { data, error } = useBoardFigures(division)
  if (error && !data) return <p className={styles.error}>{t('resident.figures.error')}</p>
  if (!data) return null
  const all = said.reduce((sum, name) => sum + data.verdicts[name], 0)
  return (
    <div className={styles.figures}>
      <p className={styles.head}>
        {t('resident.figures.raised')}
        <b>
          {data.raised} <small>{t('resident.figures.unit')}</small>
        </b>
      </p>
      {data.respondedInTime !== undefined && <p>{t('resident.figures.inTime', { percent: data.respondedInTime })}</p>}
      <p className={styles.sub}>{t('resident.figures.said', { count: all })}</p>
      {all > 0 ? (
        <>
          <div className={styles.bar} aria-hidden="true">
            {said.map(
              (name) =>
                data.verdicts[name] > 0 && <i key={name} data-said={name} style={{ flexGrow: data.verdicts[name] }} />,
            )}
          </div>
          <ul>
            {said.map((name) => (
              <li key={name}>
                <i data-said={name} aria-hidden="true" />
                {t(`resident.figures.${name}`)}
                <b>{data.verdicts[name]}</b>
              </li>
            ))}
          </ul>
          <p>{t('resident.figures.saidNote', { verified: data.verdicts.verified, reopened: data.reopened })}</p>
        </>
      ) : (
        <p>{t('resident.figures.noneSaid')}</p>
      )}
      <p className={styles.sub}>{t('resident.figures.apart')}</p>
      <ul data-apart>
        {(['answered', 'unconfirmed'] as const).map((name) => (
          <li key={name}>
            <i data-said={name} aria-hidden="true" />
            {t(`resident.figures.${name}`)}
            <b>{data[name]}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}
