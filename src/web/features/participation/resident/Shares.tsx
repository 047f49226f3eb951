// What part of the adults of a community took part this year: shares in whole percents, never counts.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getParticipationShares } from '../../../../insight/participation/contract.ts'
import { useAskPath } from '../../../app/ask.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Meter } from '../../../ui/shared/Meter.tsx'
import styles from './shares.module.css'

/** Nothing while the figures are on their way, or before the first were published. */
export function Shares({ division }: { readonly division: string }) {
  const { t } = useTranslation('participation')
  const { data } = useAskPath<OutputOf<typeof getParticipationShares>>(`/api/participation?division=${division}`, {
    staleTime: 300_000,
  })
  if (data?.asOf === undefined) return null
  const told = data.shares.filter(({ share }) => share !== undefined)
  if (told.length === 0) return null
  const ages = data.ages.filter(({ share }) => share !== undefined)
  return (
    <Card>
      <div className={styles.shares}>
        <p className={styles.head}>{t('sharesTitle')}</p>
        <ul>
          {told.map(({ act, share = 0 }) => (
            <li key={act}>
              <span>{t(`acts.${act}`)}</span>
              <Meter
                value={share}
                max={100}
                label={t('shareOf', { act: t(`acts.${act}`), percent: share })}
                tone="community"
                height={8}
              />
              <b>{t('percent', { percent: share })}</b>
            </li>
          ))}
        </ul>
        {ages.length > 0 && (
          <p>
            {t('byAge')}
            {ages
              .map(({ group, share }) => t('ageShare', { group: t(`groups.${group}`), percent: share }))
              .join(t('frame:list.comma'))}
          </p>
        )}
        <p>{t('sharesNote')}</p>
      </div>
    </Card>
  )
}
