// A venture call, planned or changed while it is planned.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { editCall, getCall, planCall } from '../../../../loop/venture/contract.ts'
import { useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { currentAssignment, useSession } from '../../../app/session.ts'
import { CategoryPicker } from '../../../ui/desk/CategoryPicker.tsx'
import { ContractForm } from '../../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import type { FieldOverride } from '../../../ui/desk/FormFields.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { PurchaseItemField } from '../../projects/design-controls.tsx'
import { PlacesField } from './PlacesField.tsx'

export default function CallFormPage() {
  const { t } = useTranslation(['venture', 'projects'])
  const go = useGo()
  const { id } = useParams({ strict: false })
  const session = useSession()
  const { data, error, refetch } = useAsk(getCall, { params: { id: id ?? '' } }, { enabled: id !== undefined })
  const place = data?.division ?? currentAssignment(session)?.division ?? ''
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if ((id !== undefined && !data) || !session.loaded) return <Skeleton rows={10} />
  const overrides: Record<string, FieldOverride> = {
    places: { control: <PlacesField />, wide: true },
    categories: { control: <CategoryPicker label={t('venture:fields.categories')} many />, wide: true },
    purchaseItem: { control: <PurchaseItemField division={place} /> },
  }
  return (
    <DeskPage title={t(data ? 'venture:verbs.editCall' : 'venture:verbs.planCall')} note={t('venture:desk.planNote')}>
      <DeskCard pad>
        {data && id !== undefined ? (
          <ContractForm
            endpoint={editCall}
            domain="venture"
            params={{ id }}
            ifMatch={String(data.version)}
            overrides={overrides}
            initial={{ ...data, places: data.places.map((each) => each.code) }}
            submitLabel={t('venture:desk.save')}
            onDone={() => go(`/desk/venture/${id}`)}
            onCancel={() => go(`/desk/venture/${id}`)}
          />
        ) : (
          <ContractForm
            endpoint={planCall}
            domain="venture"
            overrides={overrides}
            initial={{
              division: place.length === 6 || place.length === 9 ? place : undefined,
              places: place === '' ? [] : [place],
              source: 'welfare-lottery',
              purchaseItem: 'F01',
              criteria: (['fit', 'plan', 'budget', 'effect', 'team'] as const).map((key, index) => ({
                name: t(`venture:criteria.${key}`),
                weight: [30, 20, 20, 20, 10][index],
              })),
              voteWeight: 40,
              panelWeight: 60,
            }}
            submitLabel={t('venture:desk.save')}
            onDone={(answer) => go(`/desk/venture/${answer.id}`)}
            onCancel={() => go('/desk/venture')}
          />
        )}
      </DeskCard>
    </DeskPage>
  )
}
