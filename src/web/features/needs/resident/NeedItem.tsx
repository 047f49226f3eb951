// A need in a list: title, category, supports, day, and its thread as dots.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { listNeeds } from '../../../../loop/needs/contract.ts'
import { useElder } from '../../../app/appearance.ts'
import { useAskPath } from '../../../app/ask.ts'
import { Item } from '../../../ui/resident/Item.tsx'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import { type Dot, ThreadDots } from '../../../ui/shared/ThreadDots.tsx'
import { dotsOf, type ThreadAnswer } from './thread-stations.ts'

export type NeedRow = OutputOf<typeof listNeeds>['rows'][number]

/** Needs that are answered directly have four stations: said, accepted, handled, heard back. */
const reached: Readonly<Record<string, number>> = {
  draft: 0,
  submitted: 0,
  accepted: 1,
  responding: 2,
  answered: 3,
  closed: 4,
  declined: 1,
  merged: 4,
  withdrawn: 4,
}

function shortDots(row: NeedRow): readonly Dot[] {
  const now = reached[row.state] ?? 0
  const parties = [
    'community',
    'community',
    row.route === 'department' ? 'government' : 'community',
    'community',
  ] as const
  return parties.map((party, at) => ({ party, state: at < now ? 'done' : at === now ? 'now' : 'next' }))
}

/** By when something happens next, of a need that is under way. */
function useDueNote(): (row: NeedRow) => string | undefined {
  const { t } = useTranslation('needs')
  const words = useDateWords()
  return (row) => {
    if (row.overdue) return t('resident.overdue')
    if (!row.dueAt || row.state === 'closed' || row.state === 'withdrawn') return undefined
    return t(row.state === 'submitted' ? 'resident.answerBy' : 'resident.by', { date: words(row.dueAt) })
  }
}

/** The route through deliberation or a project has more stations than the row knows: they are asked for. */
function LongDots({ row }: { readonly row: NeedRow }) {
  const { t } = useTranslation('needs')
  const note = useDueNote()
  const words = useDateWords()
  const { data } = useAskPath<ThreadAnswer>(`/api/threads/need/${row.id}`)
  if (!data) return <ThreadDots dots={shortDots(row)} state={t(`states.${row.state}`)} note={note(row)} />
  const { dots, now } = dotsOf(data)
  if (row.state === 'closed' || !now) return <ThreadDots dots={dots} state={t(`states.${row.state}`)} />
  return (
    <ThreadDots
      dots={dots}
      state={t(`resident.at.${now.station}`)}
      note={now.due ? t('resident.by', { date: words(now.due) }) : note(row)}
    />
  )
}

/** The dots of a need: its own few, or those of its thread where it has a longer one. */
export function NeedDots({ row, mine }: { readonly row: NeedRow; readonly mine?: boolean }) {
  const { t } = useTranslation('needs')
  const note = useDueNote()
  if (mine && row.state === 'answered')
    return <ThreadDots dots={shortDots(row)} state={t('resident.yourVerdict')} note={note(row)} />
  if (row.state !== 'closed' && (row.route === 'project' || row.route === 'deliberation')) return <LongDots row={row} />
  return <ThreadDots dots={shortDots(row)} state={t(`states.${row.state}`)} note={note(row)} />
}

/** A need as a row of a list. `mine` shows its number instead of the category. */
export function NeedItem({ row, mine }: { readonly row: NeedRow; readonly mine?: boolean }) {
  const { t } = useTranslation('needs')
  const [elder] = useElder()
  const words = useDateWords()
  const supports = (
    <span key="supports">
      <b>{row.supports}</b> {t('resident.supports')}
    </span>
  )
  const meta = elder
    ? [supports]
    : [
        mine ? row.number : t(`categories.${row.category}`),
        row.private ? t('visibilities.private') : supports,
        !mine && row.submittedAt ? words(row.submittedAt) : undefined,
      ].filter((fact) => fact !== undefined)
  const draft = row.state === 'draft'
  return (
    <Item
      to={draft ? `/raise?draft=${row.id}` : `/needs/${row.id}`}
      title={row.title ?? t('resident.privateTitle')}
      meta={draft ? [t('states.draft')] : meta}
    >
      {!draft && <NeedDots row={row} mine={mine} />}
    </Item>
  )
}
