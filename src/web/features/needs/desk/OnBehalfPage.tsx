// Raising a need on behalf of a resident: whom for, what, where; both are recorded and the resident is told.
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { forWhoms, submitNeedOnBehalf, urgencies, visibilities } from '../../../../loop/needs/contract.ts'
import { useGo } from '../../../app/address.ts'
import { currentAssignment, useSession } from '../../../app/session.ts'
import { CategoryPicker } from '../../../ui/desk/CategoryPicker.tsx'
import { ChoiceField } from '../../../ui/desk/ChoiceField.tsx'
import { ContractForm } from '../../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { PointControl } from '../map/PointControl.tsx'
import { ResidentField } from './ResidentField.tsx'

export default function OnBehalfPage() {
  const { t } = useTranslation('needs')
  const go = useGo()
  const session = useSession()
  const place = currentAssignment(session)?.division
  const choice = (name: string, values: readonly string[], group: string) => ({
    control: (
      <ChoiceField
        label={t(`fields.${name}`)}
        choices={values.map((value) => ({ value, label: t(`${group}.${value}`) }))}
      />
    ),
  })
  return (
    <DeskPage title={t('desk.raise')} note={t('desk.raiseNote')}>
      <DeskCard pad>
        {session.loaded ? (
          <ContractForm
            endpoint={submitNeedOnBehalf}
            domain="needs"
            hide={['grid', 'answers']}
            first={['of', 'text']}
            initial={{ division: place?.length === 12 ? place : undefined, source: 'counter' }}
            overrides={{
              of: { control: <ResidentField />, wide: true },
              text: {
                control: <Input.TextArea rows={4} maxLength={2000} showCount aria-required />,
                wide: true,
                label: t('desk.text'),
              },
              point: { control: <PointControl />, wide: true },
              category: { control: <CategoryPicker label={t('fields.category')} /> },
              forWhom: choice('forWhom', forWhoms, 'forWhom'),
              urgency: choice('urgency', urgencies, 'urgencies'),
              visibility: choice('visibility', visibilities, 'visibilities'),
              source: choice('source', ['counter', 'grid-worker', 'phone'], 'sources'),
            }}
            submitLabel={t('verbs.submitNeedOnBehalf')}
            onDone={(answer) => {
              showToast(t('desk.raised', { number: answer.number }))
              go(`/desk/needs/${answer.id}`, { replace: true })
            }}
            onCancel={() => go('/desk/needs')}
          />
        ) : (
          <Skeleton rows={8} />
        )}
      </DeskCard>
    </DeskPage>
  )
}
