// What residents said of the outcome, honestly apart: met, partly, not met, and unconfirmed, which counts as none of them.
import { useTranslation } from 'react-i18next'
import type { getValues } from '../../../../foundation/indicators/contract.ts'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { useAskPath } from '../../../app/ask.ts'
import { useSession } from '../../../app/session.ts'
import { partsOf } from '../../../ui/shared/when.ts'
import styles from './outcomes.module.css'

const said = ['met', 'partly-met', 'not-met', 'unconfirmed'] as const
const names = ['raised', ...said].map((name) => `needs.${name}`).join(',')

/** Figures of a division in the running year; nothing while there are none. */
export function Outcomes({ division }: { readonly division: string }) {
  const { t } = useTranslation('needs')
  const { now } = useSession()
  const year = partsOf(now)?.year ?? ''
  const { data } = useAskPath<OutputOf<typeof getValues>>(
    `/api/indicators/values?names=${names}&division=${division}&period=${year}`,
    { staleTime: 60_000 },
  )
  if (!data) return null
  const values = new Map(data.figures.map((figure) => [figure.name.split('.')[1], figure.now.value ?? 0]))
  const raised = values.get('raised') ?? 0
  const all = said.reduce((sum, name) => sum + (values.get(name) ?? 0), 0)
  return (
    <div className={styles.figures}>
      <p className={styles.head}>
        {t('resident.figures.raised')}
        <b>
          {raised} <small>{t('resident.figures.unit')}</small>
        </b>
      </p>
      {all > 0 && (
        <>
          <p>{t('resident.figures.outcomes', { count: all })}</p>
          <div className={styles.bar} aria-hidden="true">
            {said.map(
              (name) =>
                (values.get(name) ?? 0) > 0 && <i key={name} data-said={name} style={{ flexGrow: values.get(name) }} />,
            )}
          </div>
          <ul>
            {said.map((name) => (
              <li key={name}>
                <i data-said={name} aria-hidden="true" />
                {t(`resident.figures.${name}`)}
                <b>{values.get(name) ?? 0}</b>
              </li>
            ))}
          </ul>
        </>
      )}
      {all === 0 && <p>{t('resident.figures.none')}</p>}
    </div>
  )
}
