// Opening a case in an emergency: what it does is said before the number is asked for.
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { openCaseInEmergency } from '../../../loop/delivery/contract/cases.ts'
import { useGo } from '../../app/address.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { NeedsFactor } from '../identity/NeedsFactor.tsx'
import styles from './cases.module.css'

export default function EmergencyPage() {
  const { t } = useTranslation(['delivery', 'cases'])
  const go = useGo()
  const session = useSession()
  const division = currentAssignment(session)?.division
  return (
    <DeskPage title={t('verbs.openCaseInEmergency')}>
      <div className={styles.warning}>
        <Icon name="alert" size={20} />
        <div>
          <b>{t('cases:emergency.what')}</b>
          <ul>
            <li>{t('cases:emergency.told')}</li>
            <li>{t('cases:emergency.ends')}</li>
            <li>{t('cases:emergency.readOnly')}</li>
          </ul>
        </div>
      </div>
      <DeskCard pad>
        {!session.loaded || division === undefined ? (
          <Skeleton rows={4} />
        ) : (
          <NeedsFactor>
            <ContractForm
              endpoint={openCaseInEmergency}
              domain="delivery"
              fixed={{ division }}
              overrides={{ number: { control: <Input autoComplete="off" />, label: t('cases:emergency.number') } }}
              submitLabel={t('verbs.openCaseInEmergency')}
              onDone={(answer) => go(`/desk/cases/${answer.id}`, { replace: true })}
              onCancel={() => go('/desk/cases')}
            />
          </NeedsFactor>
        )}
      </DeskCard>
    </DeskPage>
  )
}
