// Putting an accepted need on the wish board, in words that everybody may read.
import { useTranslation } from 'react-i18next'
import { getNeed, listDeskNeeds } from '../../../../loop/needs/contract.ts'
import { putUpWish } from '../../../../loop/wishes/contract.ts'
import { useAddressQuery, useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { ContractForm } from '../../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import { ListPicker } from '../../../ui/desk/ListPicker.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'

type NeedOption = { readonly id: string; readonly number?: string; readonly title?: string }

export default function PutUpWishPage() {
  const { t } = useTranslation('wishes')
  const go = useGo()
  const [query] = useAddressQuery()
  const asked = query['need']
  const need = useAsk(getNeed, { params: { id: asked ?? '' } }, { enabled: asked !== undefined })
  const optionOf = (row: NeedOption) => ({
    value: row.id,
    label: [row.number, row.title ?? t('page.privateNeed')].filter(Boolean).join(' '),
  })
  // What was told in confidence is not carried over: the worker words it anew.
  const open = need.data?.visibility === 'public' ? need.data : undefined
  return (
    <DeskPage title={t('verbs.putUpWish')} note={t('desk.putUpNote')}>
      <DeskCard pad>
        {asked !== undefined && need.isPending ? (
          <Skeleton rows={6} />
        ) : (
          <ContractForm
            endpoint={putUpWish}
            domain="wishes"
            initial={{ need: asked, title: open?.title?.slice(0, 30), text: open?.text?.slice(0, 300) }}
            overrides={{
              need: {
                control: (
                  <ListPicker<NeedOption>
                    endpoint={listDeskNeeds}
                    query={{ state: 'accepted' }}
                    searchBy="q"
                    label={t('fields.need')}
                    option={optionOf}
                    known={need.data ? [optionOf(need.data)] : undefined}
                  />
                ),
                wide: true,
              },
            }}
            submitLabel={t('verbs.putUpWish')}
            onDone={(answer) => {
              showToast(t(answer.state === 'offered' ? 'desk.offered' : 'desk.putUp', { number: answer.number }))
              go(`/desk/wishes/${answer.id}`, { replace: true })
            }}
            onCancel={() => go('/desk/wishes')}
          />
        )}
      </DeskCard>
    </DeskPage>
  )
}
