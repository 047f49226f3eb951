// Which figures the cockpit asks for, those that it derives from others, and how they are written. Pure but for the query at the end.
import type { FigureView } from '../../../foundation/indicators/contract.ts'
import { getValues } from '../../../foundation/indicators/contract.ts'
import { useAsk } from '../../app/ask.ts'

/** Share of met verdicts among those given: derived here from the three counts. */
export const satisfaction = 'satisfaction'

/** Counted over what anybody may see, and over what only staff may see. */
export const openNames = [
  'needs.raised',
  'needs.accepted',
  'needs.answered',
  'needs.met',
  'needs.partly-met',
  'needs.not-met',
  'needs.unconfirmed',
  'needs.responded-in-time',
  'needs.need-to-verdict',
  'needs.supports',
] as const
export const staffNames = [
  'projects.approved',
  'contracts.active',
  'contracts.value',
  'procurement.awarded',
  'delivery.service-records',
  'delivery.attendance',
  'evaluation.published',
  'evaluation.inspections',
  'evaluation.findings',
  'evaluation.findings-verified',
  'funds.encumbered',
  'funds.paid',
  'funds.refunded',
  'deliberation.motions-proposed',
  'deliberation.motions-decided',
  'deliberation.motions-adopted',
] as const

/** The eight tiles, and what the map may be coloured by. */
export const tiles = [
  'needs.raised',
  satisfaction,
  'needs.responded-in-time',
  'needs.need-to-verdict',
  'projects.approved',
  'delivery.service-records',
  'delivery.attendance',
  'funds.paid',
] as const

/** Less is better. */
export const falling: readonly string[] = ['needs.need-to-verdict', 'needs.not-met', 'evaluation.findings']

type Cell = FigureView['now']
export type Figures = ReadonlyMap<string, FigureView>

function shareOf(met: Cell | undefined, partly: Cell | undefined, not: Cell | undefined): Cell {
  const [a, b, c] = [met?.value ?? 0, partly?.value ?? 0, not?.value ?? 0]
  const hidden = [met, partly, not].some((cell) => cell?.hidden === true)
  const all = a + b + c
  return all === 0 || hidden ? { hidden } : { value: Math.round((a / all) * 1000) / 10, hidden: false }
}

/** The share of met verdicts as a figure like the others, without a rank. */
function derived(figures: Figures): FigureView | undefined {
  const met = figures.get('needs.met')
  const partly = figures.get('needs.partly-met')
  const not = figures.get('needs.not-met')
  if (!met || !partly || !not) return undefined
  const now = shareOf(met.now, partly.now, not.now)
  const before = shareOf(met.before, partly.before, not.before)
  return {
    name: satisfaction,
    label: '',
    unit: 'percent',
    kind: 'ratio',
    approximate: false,
    now,
    before,
    change:
      now.value === undefined || before.value === undefined
        ? undefined
        : Math.round((now.value - before.value) * 10) / 10,
    spark: met.spark.map((cell, index) => ({
      ...shareOf(cell, partly.spark[index], not.spark[index]),
      period: cell.period,
    })),
    children: met.children?.map((cell, index) => ({
      ...shareOf(cell, partly.children?.[index], not.children?.[index]),
      division: cell.division,
      divisionName: cell.divisionName,
    })),
  }
}

/** Figures of a division in a period with its children; those of staff are absent for visitors. */
export function useFigures(division: string, period: string, signedIn: boolean) {
  const question = (names: readonly string[]) => ({
    query: { names: names.join(','), division, period, children: 'true' as const },
  })
  const open = useAsk(getValues, question(openNames), { keep: true, staleTime: 60_000 })
  const staff = useAsk(getValues, question(staffNames), { enabled: signedIn, keep: true, staleTime: 60_000 })
  const figures = new Map(
    [...(open.data?.figures ?? []), ...(staff.data?.figures ?? [])].map((figure): [string, FigureView] => [
      figure.name,
      figure,
    ]),
  )
  const share = derived(figures)
  if (share) figures.set(satisfaction, share)
  return { figures, name: open.data?.divisionName, isPending: open.isPending, error: open.error, refetch: open.refetch }
}

/** A number as the cockpit writes it: money in 万元 with one decimal, counts with separators, percent and days with one decimal at most. */
export function numberWords(unit: FigureView['unit'], value: number | undefined): string | undefined {
  if (value === undefined) return undefined
  if (unit === 'fen')
    return (value / 1_000_000).toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  if (unit === 'percent' || unit === 'days') return value.toLocaleString('en', { maximumFractionDigits: 1 })
  return value.toLocaleString('en')
}

/** Bounds of up to five classes with about equally many areas in each. */
export function classBounds(values: readonly number[]): number[] {
  const sorted = [...new Set(values)].sort((one, other) => one - other)
  if (sorted.length <= 1) return []
  const classes = Math.min(5, sorted.length)
  return Array.from(
    { length: classes - 1 },
    (_none, index) => sorted[Math.floor(((index + 1) * sorted.length) / classes)] ?? 0,
  )
}
