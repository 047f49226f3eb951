// The desk's verbs of a need, each with its form; and the acts that this need offers me.
import { useTranslation } from 'react-i18next'
import { declineReasons, plannedRoutes } from '../../../../loop/needs/contract.ts'
import * as desk from '../../../../loop/needs/contract/desk.ts'
import { CategoryPicker } from '../../../ui/desk/CategoryPicker.tsx'
import { ChoiceField, ColleagueField } from '../../../ui/desk/ChoiceField.tsx'
import { MomentField } from '../../../ui/desk/form-controls.tsx'
import { useVerbs, type Verb } from '../../../ui/desk/record-verbs.tsx'
import { DepartmentField } from './DepartmentField.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import type { DeskNeed } from './need-words.tsx'

/** Acts and open dialog of a need's page; verbs that belong to other roles altogether are left out, those that a rule forbids stay with the reason. */
export function useNeedVerbs(need: DeskNeed | undefined) {
  const { t } = useTranslation('needs')
  const words = (name: string, values: readonly string[], group: string) => (
    <ChoiceField
      label={t(`fields.${name}`)}
      choices={values.map((value) => ({ value, label: t(`${group}.${value}`) }))}
    />
  )
  const colleague = {
    to: { control: <ColleagueField label={t('fields.to')} roles={['community-worker', 'community-head']} /> },
  }
  const verbs: Record<string, Verb> = {
    acceptNeed: {
      endpoint: desk.acceptNeed,
      icon: 'check',
      initial: { category: need?.category, routeHint: need?.routeHint },
      overrides: {
        category: { control: <CategoryPicker label={t('fields.category')} /> },
        routeHint: { control: words('routeHint', plannedRoutes, 'routes') },
      },
    },
    answerNeed: { endpoint: desk.answerNeed, icon: 'send' },
    referNeed: {
      endpoint: desk.referNeed,
      icon: 'send',
      overrides: {
        department: { control: <DepartmentField label={t('fields.department')} /> },
        deadline: { control: <MomentField /> },
      },
    },
    holdNeed: { endpoint: desk.holdNeed, icon: 'hand' },
    askResident: { endpoint: desk.askResident, icon: 'chat' },
    mergeNeed: {
      endpoint: desk.mergeNeed,
      icon: 'merge',
      own: (close) => need && <MergeDialog need={need} onClose={close} />,
    },
    unmergeNeed: { endpoint: desk.unmergeNeed, icon: 'split' },
    assignNeed: { endpoint: desk.assignNeed, icon: 'person', overrides: colleague },
    handOverNeed: { endpoint: desk.handOverNeed, icon: 'swap', overrides: colleague },
    takeOverNeed: {
      endpoint: desk.takeOverNeed,
      icon: 'swap',
      overrides: { reason: { control: words('reason', desk.takeOverReasons, 'takeOverReasons') } },
    },
    refuseReferral: { endpoint: desk.refuseReferral, icon: 'back' },
    declineNeed: {
      endpoint: desk.declineNeed,
      icon: 'close',
      danger: true,
      overrides: { reason: { control: words('reason', declineReasons, 'declineReasons') } },
    },
  }
  const mine = need?.actions.filter((action) => action.code !== 'forbidden')
  return useVerbs(
    'needs',
    { id: need?.id ?? '', version: need?.version, number: need?.number, title: need?.title },
    mine,
    verbs,
  )
}

const firsts = ['acceptNeed', 'answerNeed', 'referNeed', 'holdNeed'] as const

/** The act that the page offers first: what moves the need on. */
export function firstAct(need: DeskNeed | undefined): string | undefined {
  return firsts.find((verb) => need?.actions.some((action) => action.verb === verb && action.ok))
}
