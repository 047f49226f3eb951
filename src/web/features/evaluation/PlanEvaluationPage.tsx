// Plans an evaluation of a contract: scheme and an independent evaluator.
import { useTranslation } from 'react-i18next'
import { planEvaluation } from '../../../loop/evaluation/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { EvaluatorField } from './EvaluatorField.tsx'
import { SchemeField } from './SchemeField.tsx'
import { ContractPicker } from '../contracts/ContractPicker.tsx'

export default function PlanEvaluationPage() {
  const { t } = useTranslation('evaluation')
  const go = useGo()
  const session = useSession()
  const [query] = useAddressQuery()
  return (
    <DeskPage title={t('verbs.planEvaluation')} note={t('scheme.note')}>
      <DeskCard pad>
        <ContractForm
          endpoint={planEvaluation}
          domain="evaluation"
          overrides={{
            contract: {
              wide: true,
              control: <ContractPicker />,
            },
            evaluator: { control: <EvaluatorField division={currentAssignment(session)?.division} /> },
            items: { control: <SchemeField />, wide: true },
          }}
          initial={{
            contract: query['contract'],
            kind: 'final',
            items: [
              { source: 'computed', name: t('scheme.start.plan'), weight: 30, measure: 'plan', target: 100 },
              { source: 'computed', name: t('scheme.start.people'), weight: 20, measure: 'beneficiaries', target: 50 },
              { source: 'expert', name: t('scheme.start.quality'), weight: 30, guide: t('scheme.start.qualityGuide') },
              {
                source: 'survey',
                name: t('scheme.start.satisfaction'),
                weight: 20,
                questions: [t('scheme.start.question1'), t('scheme.start.question2')],
              },
            ],
          }}
          submitLabel={t('verbs.planEvaluation')}
          onDone={(answer) => go(`/desk/evaluation/${answer.id}`)}
          onCancel={() => go('/desk/evaluation')}
        />
      </DeskCard>
    </DeskPage>
  )
}
