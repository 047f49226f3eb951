// The terms of a tender, planned for an approved project or changed while planned.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getTender, planTender } from '../../../loop/procurement/contract.ts'
import { editTender } from '../../../loop/procurement/contract/desk.ts'
import { listDeskProjects } from '../../../loop/projects/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { CriteriaField } from './CriteriaField.tsx'
import { LotsField } from './LotsField.tsx'

export default function TenderTermsPage() {
  const { t } = useTranslation('procurement')
  const go = useGo()
  const { id } = useParams({ strict: false })
  const [query] = useAddressQuery()
  const { data, error, refetch } = useAsk(getTender, { params: { id: id ?? '' } }, { enabled: id !== undefined })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (id !== undefined && !data) return <Skeleton rows={8} />
  const criteria = { control: <CriteriaField />, wide: true }
  const lots = { control: <LotsField project={data?.project.id} budget={data?.budget} />, wide: true }
  const start = t('terms.start', { returnObjects: true }) as readonly {
    readonly name: string
    readonly kind: 'panel' | 'price'
    readonly weight: number
    readonly note?: string
  }[]
  return (
    <DeskPage
      title={t(data ? 'verbs.editTender' : 'verbs.planTender')}
      note={data ? `${data.number} ${data.title}` : t('terms.note')}
    >
      <DeskCard pad>
        {data && id !== undefined ? (
          <ContractForm
            endpoint={editTender}
            domain="procurement"
            params={{ id }}
            ifMatch={String(data.version)}
            overrides={{ criteria, lots }}
            initial={{
              procedure: data.procedure,
              description: data.description,
              criteria: data.criteria,
              requirements: data.requirements,
              noticeDays: data.terms.noticeDays,
              bidForm: data.bidForm,
              lots: data.lots?.map(({ title, description, ceiling, covers }) => ({
                ...{ title, description, ceiling, covers },
              })),
              lotLimit: data.lotLimit,
              files: data.files.map((file) => file.id),
              splitReason: data.split?.reason,
            }}
            hide={data.split ? [] : ['splitReason']}
            submitLabel={t('terms.save')}
            onDone={() => go(`/desk/procurement/${id}`)}
            onCancel={() => go(`/desk/procurement/${id}`)}
          />
        ) : (
          <ContractForm
            endpoint={planTender}
            domain="procurement"
            overrides={{
              criteria,
              lots,
              project: {
                wide: true,
                control: (
                  <ListPicker<{ id: string; number: string; title: string }>
                    endpoint={listDeskProjects}
                    query={{ state: 'approved' }}
                    label={t('fields.project')}
                    option={(row) => ({ value: row.id, label: `${row.number} ${row.title}` })}
                  />
                ),
              },
            }}
            initial={{ project: query['project'], criteria: start, bidForm: 'sealed' }}
            hide={['splitReason']}
            first={['project']}
            submitLabel={t('terms.save')}
            onDone={(answer) => go(`/desk/procurement/${answer.id}`)}
            onCancel={() => go('/desk/procurement')}
          />
        )}
      </DeskCard>
    </DeskPage>
  )
}
