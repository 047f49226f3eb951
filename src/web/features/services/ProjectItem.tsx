// A project in a list: title, what it serves, state, and who pays how much.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { listProjects } from '../../../loop/projects/contract.ts'
import { useElder } from '../../app/appearance.ts'
import { Item } from '../../ui/resident/Item.tsx'
import { useDateWords } from '../../ui/shared/DateText.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { ThreadDots, type Dot } from '../../ui/shared/ThreadDots.tsx'

export type ProjectRow = OutputOf<typeof listProjects>['rows'][number]

/** The line of a project: designed, reviewed, tendered, signed, delivered, evaluated. */
const parties = ['community', 'community', 'organization', 'organization', 'worker', 'government'] as const
const reached: Readonly<Record<ProjectRow['state'], number>> = {
  drafting: 0,
  'resident-review': 1,
  'township-review': 1,
  approved: 2,
  tendering: 2,
  contracted: 3,
  delivering: 4,
  evaluating: 5,
  completed: 6,
  terminated: 6,
}

function dots({ state }: ProjectRow): readonly Dot[] {
  return parties.map((party, at) => ({
    party,
    state: at < reached[state] ? 'done' : at === reached[state] ? 'now' : 'next',
  }))
}

export function ProjectItem({ row }: { readonly row: ProjectRow }) {
  const { t } = useTranslation(['services', 'states', 'needs'])
  const words = useDateWords()
  const [elder] = useElder()
  const category = row.categories[0]
  const budget = (
    <span key="budget">
      {t('services:budget')} <MoneyText amount={row.budget} unit />
    </span>
  )
  const note =
    row.state === 'resident-review' && row.commentUntil
      ? t('services:commentUntil', { date: words(row.commentUntil) })
      : undefined
  return (
    <Item
      to={`/projects/${row.id}`}
      title={row.title}
      meta={elder ? [] : [category && t(`needs:categories.${category}`), budget].filter(Boolean)}
    >
      <ThreadDots dots={dots(row)} state={t(`states:projects.${row.state}`)} note={note} />
    </Item>
  )
}
