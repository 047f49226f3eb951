// A template, new or in a new edition.
import { useParams } from '@tanstack/react-router'
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { editTemplate, getTemplate, makeTemplate } from '../../../loop/projects/contract/templates.ts'
import { useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import type { FieldOverride } from '../../ui/desk/FormFields.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { BudgetShares } from './BudgetShares.tsx'
import { CategoryWithBenchmarks, PurchaseItemField } from './design-controls.tsx'

export default function TemplateEditPage() {
  const { t } = useTranslation('projects')
  const go = useGo()
  const { id } = useParams({ strict: false })
  const session = useSession()
  const { data, error, refetch } = useAsk(
    getTemplate,
    { params: { id: id ?? '' }, query: {} },
    { enabled: id !== undefined },
  )
  const place = data?.division ?? currentAssignment(session)?.division ?? ''
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if ((id !== undefined && !data) || !session.loaded) return <Skeleton rows={10} />
  const overrides: Record<string, FieldOverride> = {
    categories: { control: <CategoryWithBenchmarks division={place} />, wide: true },
    budgetShares: { control: <BudgetShares />, wide: true },
    purchaseItem: { control: <PurchaseItemField division={place} /> },
  }
  return data && id !== undefined ? (
    <DeskPage title={t('verbs.editTemplate')} note={t('template.editNote', { n: data.newest + 1 })}>
      <DeskCard pad>
        <ContractForm
          endpoint={editTemplate}
          domain="projects"
          params={{ id }}
          ifMatch={String(data.version)}
          overrides={{
            ...overrides,
            note: { control: <Input maxLength={200} />, wide: true, label: t('template.changeNote') },
          }}
          initial={{ ...data }}
          submitLabel={t('design.save')}
          onDone={() => go(`/desk/projects/templates/${id}`)}
          onCancel={() => go(`/desk/projects/templates/${id}`)}
        />
      </DeskCard>
    </DeskPage>
  ) : (
    <DeskPage title={t('verbs.makeTemplate')} note={t('template.note')}>
      <DeskCard pad>
        <ContractForm
          endpoint={makeTemplate}
          domain="projects"
          overrides={overrides}
          initial={{
            division: place.length === 6 || place.length === 9 ? place : undefined,
            activities: [{}],
            results: [{}],
            budgetShares: [{ purpose: 'service' }],
          }}
          submitLabel={t('design.save')}
          onDone={(answer) => go(`/desk/projects/templates/${answer.id}`)}
          onCancel={() => go('/desk/projects/templates')}
        />
      </DeskCard>
    </DeskPage>
  )
}
