// Reading figures: the declared list, values of a division, the records behind one.
import { holds, may } from '../../kit/actor.ts'
import { asDivision, type DivisionCode, jurisdictionOf, type RecordRef } from '../../kit/id.ts'
import { fen, formatYuan } from '../../kit/money.ts'
import { plainDateOf, today } from '../../kit/plain-date.ts'
import { absent, allow, refuse, type Ruling } from '../../kit/ruling.ts'
import { startOfDay } from '../../kit/working-days.ts'
import { type Ask, question } from '../../platform/action.ts'
import type { Indicator, RecordCard } from '../../platform/declarations.ts'
import type { Language } from '../../platform/words.ts'
import { allDivisions, childrenOf, divisionName, findDivision } from '../divisions/public.ts'
import * as contract from './contract.ts'
import { eventOf, type Figure, type Figures, readFigures } from './public.ts'
import { daysOf, hiddenCells, type Period, rankOf, shiftPeriod } from './rules.ts'
import * as store from './store.ts'

/** What anyone may see without signing in: the figures of needs at a community. */
function isOpen(name: string): boolean {
  return name.startsWith('needs.')
}

function labelOf(ask: Ask, name: string): string {
  const [domain = '', figure = ''] = name.split('.')
  return ask.platform.words.say(ask.language as Language, domain, `indicators.${figure}`)
}

export const listIndicators = question(contract.listIndicators, async (ask) =>
  allow({
    rows: ask.platform.indicators
      .filter((indicator) => !indicator.internal)
      .map((indicator) => {
        const domain = indicator.name.split('.')[0] ?? ''
        return {
          name: indicator.name,
          domain,
          domainName: ask.platform.words.say(ask.language as Language, domain, 'name'),
          label: labelOf(ask, indicator.name),
          unit: indicator.unit,
          kind: indicator.kind,
          approximate: indicator.kind === 'duration',
          open: isOpen(indicator.name),
        }
      }),
  }),
)

type Cell = { value?: number; amount?: string; hidden: boolean }

function cellOf(indicator: Indicator, figure: Figure, hidden: boolean): Cell {
  if (hidden) return { hidden: true }
  return {
    value: figure.value,
    amount: indicator.unit === 'fen' ? formatYuan(fen(figure.exact)) : undefined,
    hidden: false,
  }
}

/** Cells that together make a whole that is told elsewhere: small ones of persons hide, and a second one with a lone first. */
function cellsOf(indicator: Indicator, figures: readonly Figure[]): Cell[] {
  const hidden = indicator.unit === 'persons' ? hiddenCells(figures.map((figure) => figure.value ?? 0)) : []
  return figures.map((figure, at) => cellOf(indicator, figure, hidden[at] ?? false))
}

const sparkLength = 12

function viewOf(
  ask: Ask,
  indicator: Indicator,
  figures: Figures,
  where: {
    division: DivisionCode
    period: Period
    spark: readonly Period[]
    siblings: readonly string[]
    children?: readonly string[]
  },
): contract.FigureView {
  const { name, unit, kind } = indicator
  const spark = cellsOf(
    indicator,
    where.spark.map((period) => figures.get(name, where.division, period)),
  )
  const now = spark.at(-1) ?? { hidden: false }
  const before = spark.at(-2) ?? { hidden: false }
  const own = now.value
  const siblings = where.siblings
    .map((division) => figures.get(name, division, where.period).value)
    .filter((value) => value !== undefined)
  // A rank among hidden figures would tell about them.
  const ranked = own !== undefined && siblings.length > 1 && unit !== 'persons'
  const children =
    where.children === undefined
      ? undefined
      : cellsOf(
          indicator,
          where.children.map((division) => figures.get(name, division, where.period)),
        )
  return {
    name,
    label: labelOf(ask, name),
    unit,
    kind,
    approximate: kind === 'duration',
    now,
    before,
    change: own === undefined || before.value === undefined ? undefined : Math.round((own - before.value) * 10) / 10,
    spark: spark.map((value, at) => ({ ...value, period: where.spark[at] ?? '' })),
    rank: ranked ? { place: rankOf(own, siblings), of: siblings.length } : undefined,
    children: children?.map((value, at) => {
      const division = where.children?.[at] ?? ''
      return { ...value, division, divisionName: divisionName(division) ?? division }
    }),
  }
}

/** Whether the caller may see these figures of this division: open ones at a community anyone, all others whoever is signed in. */
function maySee(ask: Ask, names: readonly string[], division: DivisionCode): Ruling<true> {
  if (ask.actor.kind !== 'anonymous' || (division.length === 12 && names.every(isOpen))) return allow(true)
  return refuse('unauthenticated', {}, { kind: 'unauthenticated' })
}

export const getValues = question(contract.getValues, async (ask, { query }) => {
  const { division } = query
  const permitted = maySee(ask, query.names, division)
  if (!permitted.ok) return permitted
  const node = findDivision(division)
  const declared = query.names.flatMap(
    (name) => ask.platform.indicators.find((indicator) => indicator.name === name && !indicator.internal) ?? [],
  )
  if (node === undefined || declared.length === 0) return absent()
  const period = query.period ?? (today(ask.now).slice(0, 7) as Period)
  const spark = Array.from({ length: sparkLength }, (_, at) => shiftPeriod(period, at - sparkLength + 1))
  const siblings = node.parent === null ? [] : childrenOf(node.parent).map((sibling) => sibling.code)
  const children = query.children ? childrenOf(division).map((child) => child.code) : undefined
  const names = declared.map((indicator) => indicator.name)
  const [own, around] = await Promise.all([
    readFigures(ask.platform, ask.tx, names, [division], spark),
    readFigures(ask.platform, ask.tx, names, [...siblings, ...(children ?? [])], [period]),
  ])
  const figures: Figures = { get: (name, of, at) => (of === division ? own : around).get(name, of, at) }
  return allow({
    division,
    divisionName: node.name,
    period,
    figures: declared.map((indicator) =>
      viewOf(ask, indicator, figures, { division, period, spark, siblings, children }),
    ),
  })
})

/** Governments whose rows can lie below a division. */
function jurisdictionsBelow(division: DivisionCode): string[] {
  if (division.length >= 6) return [jurisdictionOf(division)]
  const found = new Set<string>()
  for (const node of allDivisions()) {
    if (node.code.length <= 6 && node.code.startsWith(division)) found.add(jurisdictionOf(asDivision(node.code)))
  }
  return [...found]
}

/** The smallest id of a business moment: ids are UUIDv7. */
function firstIdAt(day: string): string {
  const hex = Date.parse(startOfDay(plainDateOf(day)))
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

async function readableCards(ask: Ask, refs: readonly RecordRef[]): Promise<Map<string, RecordCard>> {
  const byKind = new Map<string, Set<string>>()
  for (const ref of refs) byKind.set(ref.kind, (byKind.get(ref.kind) ?? new Set()).add(ref.id))
  const found = await Promise.all(
    [...byKind].map(async ([kind, ids]) => {
      const record = ask.platform.records.get(kind)
      if (record === undefined) return []
      const cards = await record.cards(ask.tx, [...ids])
      return cards.filter((card) => card.open || may(ask.actor, record.permission, { ...card.reach, anyone: false }))
    }),
  )
  return new Map(found.flat().map((card) => [`${card.ref.kind}:${card.ref.id}`, card]))
}

const mostRows = 100

export const listRowsBehind = question(contract.listRowsBehind, async (ask, { params, query }) => {
  const asked = ask.platform.indicators.find(({ name, internal }) => name === params.name && !internal)
  const indicator =
    asked?.of === undefined ? asked : ask.platform.indicators.find((candidate) => candidate.name === asked.of?.part)
  if (indicator === undefined) return absent()
  const { from, before } = daysOf(query.period ?? (today(ask.now).slice(0, 7) as Period))
  const rows = await store.listEventsBehind(ask.tx, {
    jurisdictions: jurisdictionsBelow(query.division),
    division: query.division,
    names: indicator.hears,
    from: firstIdAt(from),
    before: firstIdAt(before),
    limit: mostRows,
  })
  const events = rows.map(eventOf).filter((event) => (indicator.entries?.(event) ?? [{}]).length > 0)
  const cards = await readableCards(
    ask,
    events.map((event) => event.of),
  )
  const language = ask.language as Language
  const { words } = ask.platform
  let closed = 0
  const shown = events.flatMap((event) => {
    const card = cards.get(`${event.of.kind}:${event.of.id}`)
    if (card === undefined) {
      closed += 1
      return []
    }
    const permission = ask.platform.records.get(event.of.kind)?.permission ?? ''
    const domain = permission.split('.')[0] ?? ''
    return [
      {
        of: event.of,
        kindName: words.say(language, domain, `kinds.${event.of.kind}`),
        number: card.number,
        title: card.title,
        state: card.state,
        stateName: words.say(language, domain, `states.${card.state}`),
        division: card.division,
        divisionName: divisionName(card.division) ?? card.division,
        at: event.at,
        amount: event.amount === undefined || !holds(ask.actor, permission) ? undefined : formatYuan(event.amount),
      },
    ]
  })
  return allow({ rows: shown, closed })
})
