// An organization's proposal: drafted for an open call, changed while it is a draft, or improved after the award.
import { useParams, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listNeeds } from '../../../../loop/needs/contract.ts'
import { getCall } from '../../../../loop/venture/contract.ts'
import { draftProposal, editProposal, getProposal } from '../../../../loop/venture/contract/proposals.ts'
import { useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { currentAssignment, useSession } from '../../../app/session.ts'
import { ContractForm } from '../../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import type { FieldOverride } from '../../../ui/desk/FormFields.tsx'
import { ListPicker } from '../../../ui/desk/ListPicker.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { moneyWords } from '../../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { BudgetLines, BudgetSum } from '../../projects/BudgetLines.tsx'

type NeedRow = { readonly id: string; readonly number?: string; readonly title?: string; readonly supports: number }

export default function ProposalFormPage() {
  const { t } = useTranslation(['venture', 'projects'])
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const proposing = useRouterState({ select: (state) => state.location.pathname.endsWith('/propose') })
  const session = useSession()
  const mine = currentAssignment(session)
  const proposal = useAsk(getProposal, { params: { id } }, { enabled: !proposing })
  const callId = proposing ? id : (proposal.data?.call.id ?? '')
  const call = useAsk(getCall, { params: { id: callId } }, { enabled: callId !== '' })
  const error = proposal.error ?? call.error
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void call.refetch()} />
  if (!call.data || (!proposing && !proposal.data) || !session.loaded) return <Skeleton rows={10} />
  const data = proposing ? undefined : proposal.data
  const [place] = call.data.places
  const overrides: Record<string, FieldOverride> = {
    needs: {
      wide: true,
      control: (
        <ListPicker<NeedRow>
          many
          endpoint={listNeeds}
          query={{ division: data?.division ?? place?.code ?? '' }}
          label={t('venture:fields.needs')}
          known={(data?.needs ?? []).map((need) => ({
            value: need.id,
            label: [need.number, need.title].filter(Boolean).join(' ') || need.id,
          }))}
          option={(row) => ({
            value: row.id,
            label: [row.number, row.title, t('projects:design.supports', { count: row.supports })]
              .filter(Boolean)
              .join(' · '),
          })}
        />
      ),
    },
    budgetLines: { control: <BudgetLines />, wide: true },
    asked: { control: <BudgetSum /> },
  }
  const note = t('venture:desk.proposeNote', {
    call: `${call.data.number} ${call.data.title}`,
    ceiling: moneyWords(call.data.ceiling),
  })
  return (
    <DeskPage title={t(data ? 'venture:verbs.editProposal' : 'venture:verbs.draftProposal')} note={note}>
      <DeskCard pad>
        {data ? (
          <ContractForm
            endpoint={editProposal}
            domain="venture"
            params={{ id }}
            ifMatch={String(data.version)}
            overrides={overrides}
            initial={{ ...data, needs: data.needs.map((need) => need.id) }}
            submitLabel={t('venture:desk.save')}
            onDone={() => go(`/desk/venture/proposals/${id}`)}
            onCancel={() => go(`/desk/venture/proposals/${id}`)}
          />
        ) : (
          <ContractForm
            endpoint={draftProposal}
            domain="venture"
            params={{ id: callId }}
            fixed={{ organization: mine?.organizationId ?? '' }}
            overrides={overrides}
            initial={{
              division: place !== undefined && place.code.length >= 9 ? place.code : undefined,
              activities: [{}],
              results: [{}],
              budgetLines: [{ purpose: 'service' }],
            }}
            submitLabel={t('venture:desk.saveDraft')}
            onDone={(answer) => go(`/desk/venture/proposals/${answer.id}`)}
            onCancel={() => go(`/desk/venture/${callId}`)}
          />
        )}
      </DeskCard>
    </DeskPage>
  )
}
