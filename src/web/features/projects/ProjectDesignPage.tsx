// The design of a project, new or again: needs picked, budget lines that add up while typing, what earlier projects cost.
import { Select } from 'antd'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listDeskMotions } from '../../../loop/deliberation/contract.ts'
import { listDeskNeeds } from '../../../loop/needs/contract.ts'
import { designProject, editProject, getProject, projectModes } from '../../../loop/projects/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import type { FieldOverride } from '../../ui/desk/FormFields.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { BudgetLines, BudgetSum } from './BudgetLines.tsx'
import { TemplateField } from './TemplateField.tsx'
import { CategoryWithBenchmarks, DutyField, PurchaseItemField } from './design-controls.tsx'

type NeedRow = {
  readonly id: string
  readonly number?: string
  readonly title?: string
  readonly supports: number
  readonly state: string
}
type MotionRow = { readonly id: string; readonly number: string; readonly title: string }

export default function ProjectDesignPage() {
  const { t } = useTranslation('projects')
  const go = useGo()
  const { id } = useParams({ strict: false })
  const [query] = useAddressQuery()
  const session = useSession()
  const { data, error, refetch } = useAsk(getProject, { params: { id: id ?? '' } }, { enabled: id !== undefined })
  const place = data?.division ?? currentAssignment(session)?.division ?? ''
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if ((id !== undefined && !data) || !session.loaded) return <Skeleton rows={10} />
  const overrides: Record<string, FieldOverride> = {
    categories: { control: <CategoryWithBenchmarks division={place} />, wide: true },
    needs: {
      wide: true,
      control: (
        <ListPicker<NeedRow>
          many
          endpoint={listDeskNeeds}
          searchBy="q"
          label={t('fields.needs')}
          known={(data?.needs ?? []).map((need) => ({
            value: need.id,
            label: [need.number, need.title].filter(Boolean).join(' ') || need.id,
          }))}
          option={(row) => ({
            value: row.id,
            label: [
              row.number,
              row.title ?? t('frame:trace.closed'),
              t(`needs:states.${row.state}`),
              t('design.supports', { count: row.supports }),
            ]
              .filter(Boolean)
              .join(' · '),
          })}
        />
      ),
    },
    motion: {
      wide: true,
      control: (
        <ListPicker<MotionRow>
          endpoint={listDeskMotions}
          query={{ state: 'adopted' }}
          label={t('fields.motion')}
          option={(row) => ({ value: row.id, label: `${row.number} ${row.title}` })}
        />
      ),
    },
    budgetLines: { control: <BudgetLines />, wide: true },
    budget: { control: <BudgetSum /> },
    purchaseItem: { control: <PurchaseItemField division={place} /> },
    duty: { control: <DutyField />, wide: true },
    mode: {
      control: (
        <Select
          aria-label={t('fields.mode')}
          options={projectModes
            .filter((mode) => (mode === 'venture-call') === (data?.undertaker !== undefined))
            .map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))}
        />
      ),
    },
  }
  const title = data ? t('verbs.editProject') : t('verbs.designProject')
  return (
    <DeskPage title={title} note={data ? `${data.number} ${data.title}` : t('design.note')}>
      <DeskCard pad>
        {data && id !== undefined ? (
          <ContractForm
            endpoint={editProject}
            domain="projects"
            params={{ id }}
            ifMatch={String(data.version)}
            overrides={overrides}
            initial={{ ...data, needs: data.needs.map((need) => need.id), purchaseItem: data.purchaseItem.code }}
            submitLabel={t('design.save')}
            onDone={() => go(`/desk/projects/${id}`)}
            onCancel={() => go(`/desk/projects/${id}`)}
          />
        ) : (
          <ContractForm
            endpoint={designProject}
            domain="projects"
            overrides={{ ...overrides, template: { control: <TemplateField division={place} />, wide: true } }}
            first={['template']}
            initial={{
              division: place.length >= 9 ? place : undefined,
              needs: query['need'] ? [query['need']] : [],
              activities: [{}],
              results: [{}],
              budgetLines: [{ purpose: 'service' }],
              mode: 'contracting-out',
            }}
            submitLabel={t('design.save')}
            onDone={(answer) => go(`/desk/projects/${answer.id}`)}
            onCancel={() => go('/desk/projects')}
          />
        )}
      </DeskCard>
    </DeskPage>
  )
}
