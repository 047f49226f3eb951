// What every record page tells beside its facts: who did what, which records belong to it, and its line.
import { useTranslation } from 'react-i18next'
import { getRelated, getTimeline } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type Fen, formatYuan, parseYuan, subtract, ZERO_FEN } from '../../../kit/money.ts'
import { getThread, type StationName } from '../../../loop/thread/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { useDateWords } from '../shared/DateText.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import { moneyWords } from '../shared/MoneyText.tsx'
import type { Party } from '../shared/PartyMark.tsx'
import type { LineState, StateStep } from '../shared/StateLine.tsx'
import type { Station } from '../shared/station.ts'
import type { MoneyPart } from './MoneySplit.tsx'
import type { Related } from './RelatedList.tsx'
import type { TimelineEntry } from './Timeline.tsx'

const kinds: Readonly<Record<string, { readonly icon: IconName; readonly path: string }>> = {
  need: { icon: 'need', path: '/desk/needs' },
  wish: { icon: 'star', path: '/desk/wishes' },
  'supporting-body': { icon: 'hand', path: '/desk/supporting-bodies' },
  motion: { icon: 'deliberation', path: '/desk/deliberation' },
  project: { icon: 'project', path: '/desk/projects' },
  tender: { icon: 'tender', path: '/desk/procurement' },
  'venture-call': { icon: 'star', path: '/desk/venture' },
  'venture-proposal': { icon: 'project', path: '/desk/venture/proposals' },
  'project-template': { icon: 'copy', path: '/desk/projects/templates' },
  contract: { icon: 'contract', path: '/desk/contracts' },
  'service-record': { icon: 'delivery', path: '/desk/delivery' },
  case: { icon: 'delivery', path: '/desk/cases' },
  'group-work': { icon: 'delivery', path: '/desk/groups' },
  evaluation: { icon: 'evaluation', path: '/desk/evaluation' },
  survey: { icon: 'users', path: '/surveys' },
  inspection: { icon: 'search', path: '/desk/evaluation/inspections' },
  finding: { icon: 'alert', path: '/desk/evaluation/findings' },
  transfer: { icon: 'yuan', path: '/desk/funds/transfers' },
  account: { icon: 'yuan', path: '/desk/funds/accounts' },
  organization: { icon: 'organization', path: '/desk/organizations' },
  worker: { icon: 'worker', path: '/desk/social-workers' },
  person: { icon: 'person', path: '/desk/residents' },
  assignment: { icon: 'key', path: '/desk/assignments' },
  'oidc-client': { icon: 'link', path: '/desk/oidc-clients' },
}

/** The icon of a kind of record. */
export function kindIcon(kind: string): IconName {
  return kinds[kind]?.icon ?? 'document'
}

/** The desk's page of a record, when it has one. */
export function deskPathOf(kind: string, id: string): string | undefined {
  const known = kinds[kind]
  return known && `${known.path}/${id}`
}

const stationIcons: Readonly<Record<StationName, IconName>> = {
  need: 'need',
  support: 'up',
  deliberation: 'deliberation',
  project: 'project',
  procurement: 'tender',
  contract: 'contract',
  delivery: 'delivery',
  payment: 'yuan',
  evaluation: 'evaluation',
  verdict: 'star',
}

/** Verbs by which money moves: their ring has the colour of money. */
const moneyMoves = /pay|transfer|encumber|refund|allot|book/i

/** The society that a role belongs to, for rings and marks. */
export function partyOfRole(role: string | undefined): Party {
  if (role === undefined || role === 'resident' || role === 'volunteer') return 'resident'
  if (role.startsWith('community') || role.startsWith('grid')) return 'community'
  if (role.startsWith('organization')) return 'organization'
  return role.startsWith('social-work') ? 'worker' : 'government'
}

function threadParty(party: OutputOf<typeof getThread>['stations'][number]['party']): Party {
  return party === 'third-party' ? 'government' : party
}

type LineMoney = OutputOf<typeof getThread>['money']

/** How the line's money divides: paid, due, set aside for later, given back; the budget where nothing is set aside yet. */
function moneyParts(money: LineMoney, label: (kind: string) => string): MoneyPart[] {
  const of = (kind: LineMoney[number]['kind']) =>
    parseYuan(money.find((each) => each.kind === kind)?.amount ?? '0.00') ?? ZERO_FEN
  const part = (key: string, amount: Fen, kind: MoneyPart['kind']): MoneyPart[] =>
    amount > 0n ? [{ key, label: label(key), amount: formatYuan(amount), kind }] : []
  const encumbered = of('encumbered')
  if (encumbered === 0n)
    return [
      ...part('award', of('award'), 'later'),
      ...(of('award') === 0n ? part('budget', of('budget'), 'later') : []),
    ]
  const rest = subtract(subtract(encumbered, of('paid')), of('due'))
  return [
    ...part('paid', of('paid'), 'paid'),
    ...part('due', of('due'), 'due'),
    ...part('later', subtract(rest, of('refunded')), 'later'),
    ...part('refunded', of('refunded'), 'returned'),
  ]
}

/** Timeline (newest first), related records and line of a record; empty until read, and where the caller may not read them. */
export function useRecordTrace(kind: string, id: string) {
  const { t } = useTranslation('frame')
  const roleName = useRoleName()
  const dateWords = useDateWords()
  const params = { kind, id }
  const timeline = useAsk(getTimeline, { params }, { enabled: id !== '' })
  const related = useAsk(getRelated, { params }, { enabled: id !== '' })
  const thread = useAsk(getThread, { params }, { enabled: id !== '' })

  const entries: TimelineEntry[] = [...(timeline.data?.rows ?? [])].reverse().map((row) => ({
    key: row.id,
    party: moneyMoves.test(row.verb) ? 'money' : row.system ? 'government' : partyOfRole(row.role),
    actor: row.system
      ? t('trace.system')
      : [row.role && roleName(row.role), row.who].filter(Boolean).join(' ') || t('trace.somebody'),
    at: row.at,
    onBehalfOf: row.onBehalfOf,
    delegatedBy: row.delegatedFrom,
    what:
      row.amount === undefined ? row.text : `${row.text}${t('list.comma')}${moneyWords(row.amount)} ${t('money.yuan')}`,
  }))
  const relatedRows: Related[] = (related.data?.rows ?? []).map((row, index) => ({
    key: `${row.of.kind}-${row.of.id ?? index}`,
    icon: kindIcon(row.of.kind),
    number: row.number ?? row.kindName,
    title: row.readable ? (row.title ?? row.kindName) : t('trace.closed'),
    to: row.of.id ? deskPathOf(row.of.kind, row.of.id) : undefined,
    state: row.stateName,
  }))
  // a record that no need leads to (money booked into the pool) stands in no line
  const begun = thread.data?.stations.some((station) => station.state !== 'next') ?? false
  const stations: Station[] = (begun ? (thread.data?.stations ?? []) : []).map((station) => {
    const [money] = station.money
    const [record] = station.records
    const when = station.state === 'next' ? station.due : (station.at ?? station.since)
    return {
      key: station.station,
      label: station.label,
      party: threadParty(station.party),
      state: station.state,
      icon: stationIcons[station.station],
      date:
        when === undefined
          ? undefined
          : station.state === 'next'
            ? t('trace.until', { date: dateWords(when, 'short') })
            : dateWords(when, 'short'),
      actor: station.actor,
      fact: station.sealed ? t('trace.sealed') : station.facts.slice(-1),
      money,
      to: record && deskPathOf(record.kind, record.id),
    }
  })
  return {
    timeline: entries,
    related: relatedRows,
    stations,
    days: thread.data?.days,
    money: moneyParts(thread.data?.money ?? [], (kind) => t(`trace.money.${kind}`)),
  }
}

type History = readonly { readonly state: string; readonly at: string }[]

/**
 * The lifecycle of a record as a line: `main` are the states of the ordinary way; a state beside it (terminated, cancelled) is
 * shown after the last one that was reached. Dates are the last time that each was entered.
 */
export function useStateSteps(domain: string, main: readonly string[], state: string, history: History): StateStep[] {
  const { t } = useTranslation('frame')
  const dateWords = useDateWords()
  const at = new Map(history.map((step) => [step.state, step.at]))
  const reached = Math.max(-1, ...main.map((each, index) => (at.has(each) ? index : -1)))
  const beside = !main.includes(state)
  // a station that was passed by (no comment period where a resolution stood) is left out
  const walked = (beside ? main.slice(0, reached + 1) : main).filter(
    (each, index) => index >= main.indexOf(state) || at.has(each),
  )
  const shown = beside ? [...walked.filter((each) => at.has(each)), state] : walked
  const current = shown.indexOf(state)
  return shown.map((each, index) => {
    const when = at.get(each)
    const last = index === current && index === shown.length - 1
    const lineState: LineState = index < current || last ? 'done' : index === current ? 'now' : 'next'
    return {
      key: each,
      label: t(`${domain}:states.${each}`),
      date: when && index <= current ? dateWords(when, 'short') : undefined,
      state: lineState,
    }
  })
}
