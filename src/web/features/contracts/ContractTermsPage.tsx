// The terms of a contract, drafted from a confirmed award or changed while drafted.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { draftContract, editContract, getContract } from '../../../loop/contracts/contract.ts'
import { getTender } from '../../../loop/procurement/contract.ts'
import { getProject } from '../../../loop/projects/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { moneyWords } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { MilestonesField } from './MilestonesField.tsx'
import { TeamField } from './TeamField.tsx'

export default function ContractTermsPage() {
  const { t } = useTranslation('contracts')
  const go = useGo()
  const { id } = useParams({ strict: false })
  const [query] = useAddressQuery()
  const tenderId = query['tender']
  const lotNumber = query['lot'] === undefined ? undefined : Number(query['lot'])
  const ventureId = tenderId === undefined ? query['project'] : undefined
  const contract = useAsk(getContract, { params: { id: id ?? '' } }, { enabled: id !== undefined })
  const tender = useAsk(
    getTender,
    { params: { id: tenderId ?? '' } },
    { enabled: id === undefined && tenderId !== undefined },
  )
  const project = useAsk(
    getProject,
    { params: { id: ventureId ?? tender.data?.project.id ?? '' } },
    { enabled: id === undefined && (ventureId !== undefined || tender.data !== undefined) },
  )
  const error = contract.error ?? tender.error ?? project.error
  if (error) return <ErrorState problem={problemOf(error)} />
  if (id === undefined && tenderId === undefined && ventureId === undefined)
    return (
      <DeskPage title={t('verbs.draftContract')}>
        <DeskCard>
          <EmptyState icon="contract" title={t('terms.fromAward')} next={t('terms.fromAwardNext')} />
        </DeskCard>
      </DeskPage>
    )
  const record = contract.data
  if (id !== undefined ? !record : (tenderId !== undefined && !tender.data) || !project.data)
    return <Skeleton rows={8} />
  const lot = tender.data?.lots?.find((each) => each.number === lotNumber)
  const won = tender.data?.lots === undefined ? tender.data?.award : lot?.award
  const overrides = {
    milestones: { control: <MilestonesField />, wide: true },
    team: {
      control: <TeamField organization={record?.organization ?? won?.organization ?? project.data?.undertaker?.id} />,
      wide: true,
    },
  }
  const award = won
    ? { name: won.organizationName, price: won.price }
    : project.data?.undertaker && { name: project.data.undertaker.name, price: project.data.budget }
  const ofAward = award && t('terms.note', { name: award.name, price: moneyWords(award.price) })
  const note = record
    ? `${record.number} ${record.title}`
    : lot
      ? `${t('terms.lot', { n: lot.number, title: lot.title })}${ofAward ?? ''}`
      : ofAward
  return (
    <DeskPage title={t(record ? 'verbs.editContract' : 'verbs.draftContract')} note={note}>
      <DeskCard pad>
        {record && id !== undefined ? (
          <ContractForm
            endpoint={editContract}
            domain="contracts"
            params={{ id }}
            ifMatch={String(record.version)}
            overrides={overrides}
            initial={{
              milestones: record.milestones.map(({ title, deliverable, criteria, due, share, needsRecords }) => ({
                title,
                deliverable,
                criteria,
                due,
                share,
                needsRecords,
              })),
              team: record.team.map(({ worker, duty, key }) => ({ worker, duty, key })),
              dataClause: record.dataClause,
              clauses: record.clauses,
              start: record.start,
              end: record.end,
            }}
            submitLabel={t('terms.save')}
            onDone={() => go(`/desk/contracts/${id}`)}
            onCancel={() => go(`/desk/contracts/${id}`)}
          />
        ) : (
          <ContractForm
            endpoint={draftContract}
            domain="contracts"
            fixed={tenderId === undefined ? { project: ventureId } : { tender: tenderId, lot: lotNumber }}
            hide={['tender', 'lot', 'project']}
            overrides={overrides}
            initial={{
              start: project.data?.start,
              end: project.data?.end,
              dataClause: t('terms.dataClause'),
              team: [{ duty: 'lead', key: true }],
              milestones: [
                { title: t('terms.first'), share: 3000, needsRecords: true },
                { title: t('terms.second'), share: 4000, needsRecords: true },
                { title: t('terms.last'), share: 3000, due: project.data?.end, needsRecords: true },
              ],
            }}
            submitLabel={t('terms.save')}
            onDone={(answer) => go(`/desk/contracts/${answer.id}`)}
            onCancel={() =>
              go(tenderId === undefined ? `/desk/projects/${ventureId}` : `/desk/procurement/${tenderId}`)
            }
          />
        )}
      </DeskCard>
    </DeskPage>
  )
}
