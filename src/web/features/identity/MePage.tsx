// My account: who I am here, how I sign in, where I am signed in, what I delegated and what was delegated to me.
import { useTranslation } from 'react-i18next'
import { listDevices, revokeDevice } from '../../../foundation/identity/contract.ts'
import { getProfile } from '../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { useSession } from '../../app/session.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { LanguageSwitch } from '../../ui/shared/LanguageSwitch.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { DelegationCard } from './DelegationCard.tsx'
import styles from './identity.module.css'
import { SecurityCard } from './SecurityCard.tsx'

function ProfileCard() {
  const { t } = useTranslation('identity')
  const roleName = useRoleName()
  const session = useSession()
  const { data } = useAsk(getProfile, {})
  if (!data)
    return (
      <DeskCard title={t('me.profile')}>
        <Skeleton rows={3} />
      </DeskCard>
    )
  return (
    <DeskCard title={t('me.profile')} pad>
      <dl className={styles.facts}>
        <dt>{t('fields.name')}</dt>
        <dd>{session.person?.name ?? data.maskedName}</dd>
        <dt>{t('fields.phone')}</dt>
        <dd>{data.maskedPhone ?? t('desk.notGiven')}</dd>
        {session.assignments.map((assignment) => (
          <div key={assignment.id} style={{ display: 'contents' }}>
            <dt>{roleName(assignment.role)}</dt>
            <dd>
              {[assignment.divisionName, assignment.organizationName, assignment.department]
                .filter(Boolean)
                .join(' · ')}{' '}
              {assignment.current && <Tag tone="progress">{t('me.current')}</Tag>}{' '}
              {assignment.delegatedFrom && (
                <Tag tone="waiting">{t('me.delegated', { name: assignment.delegatedFrom })}</Tag>
              )}
            </dd>
          </div>
        ))}
        <dt>{t('me.language')}</dt>
        <dd>
          <LanguageSwitch />
        </dd>
      </dl>
    </DeskCard>
  )
}

function DeviceCard() {
  const { t } = useTranslation('identity')
  const { data } = useAsk(listDevices, {})
  const { act, pending } = useAct(revokeDevice, { onDone: () => showToast(t('me.revoked')) })
  return (
    <DeskCard title={t('me.devices')}>
      {!data ? (
        <Skeleton rows={3} />
      ) : (
        <ul className={styles.rows}>
          {data.rows.map((row) => (
            <li key={row.id}>
              <b>{row.device === 'demo' ? t('me.demoDevice') : row.device || t('me.unknownDevice')}</b>
              <span>{t(`choices.kind.${row.kind}`)}</span>
              <span>
                {t('me.seen')} <InstantText instant={row.seen} style="compact" />
              </span>
              {row.current ? (
                <Tag tone="progress">{t('me.thisDevice')}</Tag>
              ) : (
                <DeskButton small busy={pending} onClick={() => void act({ params: { id: row.id } })}>
                  {t('verbs.revokeDevice')}
                </DeskButton>
              )}
            </li>
          ))}
        </ul>
      )}
    </DeskCard>
  )
}

export default function MePage() {
  const { t } = useTranslation('identity')
  const { kind } = useSession()
  return (
    <DeskPage title={t('me.title')}>
      <div className={styles.two}>
        <div>
          <ProfileCard />
          <DeviceCard />
        </div>
        <div>
          {kind === 'staff' && <SecurityCard />}
          <DelegationCard />
        </div>
      </div>
    </DeskPage>
  )
}
