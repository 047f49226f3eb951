// Putting a motion forward for the community, from the accepted needs that it answers.
import { useTranslation } from 'react-i18next'
import { proposeMotion } from '../../../loop/deliberation/contract.ts'
import { listDeskNeeds } from '../../../loop/needs/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'

type NeedOption = { readonly id: string; readonly number?: string; readonly title?: string }

export default function ProposeMotionPage() {
  const { t } = useTranslation('deliberation')
  const go = useGo()
  const session = useSession()
  const [query] = useAddressQuery()
  const place = currentAssignment(session)?.division
  const optionOf = (row: NeedOption) => ({ value: row.id, label: [row.number, row.title].filter(Boolean).join(' ') })
  return (
    <DeskPage title={t('verbs.proposeMotion')} note={t('desk.proposeNote')}>
      <DeskCard pad>
        {session.loaded ? (
          <ContractForm
            endpoint={proposeMotion}
            domain="deliberation"
            fixed={{ as: 'community' }}
            hide={['organization']}
            initial={{
              division: place?.length === 12 ? place : undefined,
              needs: query['need'] ? [query['need']] : undefined,
            }}
            overrides={{
              needs: {
                control: (
                  <ListPicker<NeedOption>
                    endpoint={listDeskNeeds}
                    query={{ state: 'accepted' }}
                    searchBy="q"
                    label={t('fields.needs')}
                    option={optionOf}
                    many
                  />
                ),
                wide: true,
              },
            }}
            submitLabel={t('verbs.proposeMotion')}
            onDone={(answer) => {
              showToast(t('desk.proposed', { number: answer.number }))
              go(`/desk/deliberation/${answer.id}`, { replace: true })
            }}
            onCancel={() => go('/desk/deliberation')}
          />
        ) : (
          <Skeleton rows={6} />
        )}
      </DeskCard>
    </DeskPage>
  )
}
