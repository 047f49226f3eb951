// The thread of a record as the two drawings of it take it: stations standing on the record's page, dots in lists.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getThread, StationName } from '../../../../loop/thread/contract.ts'
import type { IconName } from '../../../ui/shared/icon-paths.ts'
import type { Party } from '../../../ui/shared/PartyMark.tsx'
import type { Station } from '../../../ui/shared/station.ts'
import type { Dot } from '../../../ui/shared/ThreadDots.tsx'
import { useDateWords } from '../../../ui/shared/DateText.tsx'

export type ThreadAnswer = OutputOf<typeof getThread>
type StationView = ThreadAnswer['stations'][number]

const icons: Readonly<Record<StationName, IconName>> = {
  need: 'need',
  support: 'hand',
  deliberation: 'deliberation',
  project: 'project',
  procurement: 'tender',
  contract: 'contract',
  delivery: 'delivery',
  payment: 'yuan',
  evaluation: 'evaluation',
  verdict: 'star',
}

/** Records that have a page for everybody. */
const pages: Readonly<Record<string, string>> = {
  need: '/needs',
  wish: '/wishes',
  motion: '/motions',
  project: '/projects',
  tender: '/tenders',
  contract: '/contracts',
  organization: '/organizations',
}

function partyOf(party: StationView['party']): Party {
  return party === 'third-party' ? 'government' : party
}

function pageOf({ records }: StationView, here: string | undefined): string | undefined {
  const record = records.findLast(({ kind, id }) => pages[kind] !== undefined && id !== here)
  return record ? `${pages[record.kind]}/${record.id}` : undefined
}

/** Stations of the way through deliberation or a project; most needs are answered without it. */
const longWay: readonly StationName[] = [
  'deliberation',
  'project',
  'procurement',
  'contract',
  'delivery',
  'payment',
  'evaluation',
]

/** The stations to draw: where no longer way was taken, what lies ahead is one station that says it is still to be decided. */
function drawn(thread: ThreadAnswer, handling: Station): readonly (StationView | Station)[] {
  if (thread.stations.some(({ station, state }) => state !== 'next' && longWay.includes(station)))
    return thread.stations
  // A wish knows its way: the answer holds no project.
  if (!thread.stations.some(({ station }) => station === 'project')) return thread.stations
  const kept = thread.stations.filter(({ station, state }) => state !== 'next' || station === 'verdict')
  const verdict = kept.at(-1)
  return verdict?.station === 'verdict' && verdict.state === 'next' ? [...kept.slice(0, -1), handling, verdict] : kept
}

/** Turns the stations of an answer into what ThreadDown draws; `here` is the record whose page this is, to which nothing links. */
export function useStations(): (thread: ThreadAnswer, here?: string, waiting?: boolean) => Station[] {
  const { t } = useTranslation('needs')
  const words = useDateWords()
  const dateOf = (view: StationView) => {
    if (view.state !== 'done' && view.due) return t('resident.by', { date: words(view.due) })
    const at = view.station === 'need' ? (view.since ?? view.at) : view.at
    return at ? words(at) : undefined
  }
  const handling: Station = {
    key: 'handling',
    label: t('resident.handling'),
    party: 'community',
    state: 'next',
    icon: 'split',
    fact: t('resident.handlingNote'),
  }
  return (thread, here, waiting) =>
    drawn(thread, handling).map((view) => {
      if ('key' in view) return view
      const money = view.money.at(-1)
      const mine = waiting === true && view.station === 'verdict'
      const facts = view.facts.length === 0 && view.sealed ? [t('resident.sealed')] : view.facts
      return {
        key: view.station,
        label: view.label,
        party: partyOf(view.party),
        state: view.state,
        icon: icons[view.station],
        date: dateOf(view),
        actor: view.state === 'next' ? undefined : (view.actor ?? view.partyName),
        fact: facts,
        money: money && { label: money.label, amount: money.amount, happened: money.happened },
        to: pageOf(view, here),
        chip: mine
          ? { text: t('resident.waitsForYou'), waiting: true }
          : view.state === 'now'
            ? { text: t('resident.underWay') }
            : undefined,
      }
    })
}

/** One dot per station, and the words of the station that is on. */
export function dotsOf(thread: ThreadAnswer): { readonly dots: readonly Dot[]; readonly now: StationView | undefined } {
  return {
    dots: thread.stations.map(({ party, state }) => ({ party: partyOf(party), state })),
    // delivery and payment go on side by side: the work is what is told
    now: thread.stations.find(({ state }) => state === 'now'),
  }
}
