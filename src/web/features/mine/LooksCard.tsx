// Who looked at my personal data in clear, when and for what.
import { useTranslation } from 'react-i18next'
import type { listLooks } from '../../../foundation/identity/contract/residents.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import styles from './mine.module.css'

type Look = OutputOf<typeof listLooks>['rows'][number]

export function LooksCard({ most }: { readonly most?: number }) {
  const { t } = useTranslation(['mine', 'identity', 'frame', 'needs'])
  const list = useGrown<Look>(`/api/me/looked-at?size=${most ?? 20}`)
  return (
    <>
      <Card>
        <p className={styles.lead}>
          <Icon name="eye" size={22} />
          {t(list.rows?.length === 0 ? 'mine:noLooks' : 'mine:looksNote')}
        </p>
        {list.problem ? (
          <ErrorState problem={list.problem} onRetry={list.retry} />
        ) : !list.rows ? (
          <Skeleton rows={4} />
        ) : (
          <ul className={styles.looks}>
            {list.rows.map((look) => (
              <li key={look.id}>
                <p>
                  <b>{look.by}</b>
                  <InstantText instant={look.at} />
                </p>
                <p>
                  {t('mine:looked', {
                    role: t(`frame:roles.${look.role}`, { defaultValue: t('frame:roles.other') }),
                    field: t(`mine:personal.${look.field}`),
                    purpose: t(`identity:choices.purpose.${look.purpose}`),
                  })}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {!most && list.more && (
        <div className={styles.more}>
          <Button kind="plain" wide busy={list.busy} onClick={list.more}>
            {t('needs:resident.more')}
          </Button>
        </div>
      )}
    </>
  )
}
