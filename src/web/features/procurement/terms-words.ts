// One part of a tender's terms in words, for showing what a change changed.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { useDateWords } from '../../ui/shared/DateText.tsx'

type Version = OutputOf<typeof getTender>['versions'][number]

export function useTermsWords(): (version: Version, part: Version['changed'][number]) => string {
  const { t } = useTranslation('procurement')
  const date = useDateWords()
  return (version, part) => {
    switch (part) {
      case 'description':
        return version.description
      case 'criteria':
        return version.criteria.map(({ name, weight }) => `${name} ${weight}%`).join(t('frame:list.separator'))
      case 'requirements': {
        const { minimumRating, certificates = 0 } = version.requirements
        return [
          `${t('fields.minimumRating')} ${minimumRating ?? t('desk.anyRating')}`,
          `${t('desk.certificates')} ${certificates > 0 ? t('desk.atLeast', { count: certificates }) : t('desk.anyRating')}`,
        ].join(t('frame:list.separator'))
      }
      case 'files':
        return t('versions.added', { names: version.files.map((file) => file.name).join(t('frame:list.separator')) })
      case 'deadline':
        return date(version.deadline)
    }
  }
}
