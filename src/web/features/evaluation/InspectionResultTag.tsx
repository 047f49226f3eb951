// What came of a visit: nothing found, or how many findings.
import { useTranslation } from 'react-i18next'
import type { InspectionResult } from '../../../loop/evaluation/contract/inspections.ts'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'

export const inspectionTones: Readonly<Record<InspectionResult, TagTone>> = {
  'nothing-found': 'done',
  found: 'waiting',
}

type Props = { readonly inspection: { readonly result: InspectionResult; readonly findings: number } }

export function InspectionResultTag({ inspection: { result, findings } }: Props) {
  const { t } = useTranslation('evaluation')
  return (
    <Tag tone={inspectionTones[result]}>
      {result === 'found' ? t('desk.foundCount', { count: findings }) : t('inspectionResults.nothing-found')}
    </Tag>
  )
}
