// A parameter in words: its name from its domain, its value with the unit, its source.
import { useTranslation } from 'react-i18next'
import type { listParameters } from '../../../foundation/policy/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'

export type Parameter = OutputOf<typeof listParameters>['rows'][number]

export function useParameterWords() {
  const { t } = useTranslation('policy')
  const short = (parameter: Parameter) => parameter.key.slice(parameter.domain.length + 1)
  return {
    // some domains name them by the whole key, whose dot would be read as a path
    name: (parameter: Parameter) =>
      t([`${parameter.domain}:parameters.${short(parameter)}`, `${parameter.domain}:parameters.${parameter.key}`], {
        defaultValue: t(parameter.key, { ns: parameter.domain, keySeparator: '/', defaultValue: short(parameter) }),
      }),
    value: (parameter: Parameter, value: Parameter['value'] | null): string => {
      if (value === null) return t('desk.above')
      if (Array.isArray(value)) return t('desk.list', { count: value.length })
      if (typeof value === 'object') return t('desk.list', { count: Object.keys(value).length })
      if (typeof value === 'string') return t(`${parameter.domain}:options.${value}`, { defaultValue: value })
      const unit = t(`units.${parameter.unit}`, { defaultValue: '' })
      return `${value}${unit === '%' ? '' : ' '}${unit}`
    },
    source: (parameter: Parameter) =>
      parameter.source.startsWith('ours')
        ? t('desk.ours')
        : t(`desk.source.${parameter.source.replace(/[^A-Za-z]+/g, '-')}`, { defaultValue: t('desk.sourceOther') }),
  }
}
