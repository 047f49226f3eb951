// Open data: lots of a tender, by the lots extension of OCDS (Apache-2.0): which lot an award is for, and what became of each. Pure.
import { type Fen, fen } from '../../../kit/money.ts'
import type { LotFacts, ProcessEvent, TenderFacts } from './facts.ts'
import type { JsonObject } from './merge.ts'

/** The extension as packages declare it; lots are told with `lots`, `lotDetails`, `relatedLot` and `relatedLots` of it. */
export const lotsExtension =
  'https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.3/extension.json'

export function lotId(number: number): string {
  return `lot-${number}`
}

export type LotAward = { readonly lot: number; readonly organization: string; readonly price: Fen }

/** Who won which lot, as the event of a notice or its confirmation tells it; undefined where the tender is undivided. */
export function awardsTold(event: ProcessEvent): LotAward[] | undefined {
  const awards = event.data['awards']
  if (!Array.isArray(awards)) return undefined
  return awards.flatMap((award: Record<string, unknown>) => {
    const { lot, organization, price } = award
    return typeof lot === 'number' && typeof organization === 'string' && typeof price === 'string'
      ? [{ lot, organization, price: fen(BigInt(price)) }]
      : []
  })
}

/** The lot that an event takes out of a standing award: its winner is gone, or an objection to it was upheld. */
export function lotTakenBack({ name, data }: ProcessEvent): number | undefined {
  const { lot } = data
  const taken = name === 'procurement.failLot' || (data['decision'] === 'upheld' && data['remedy'] === 'fail-lot')
  return taken && typeof lot === 'number' ? lot : undefined
}

/** Lots that failed before a notice, as its event tells it. */
export function lotsFailed({ data }: ProcessEvent): number[] {
  const { failed } = data
  return Array.isArray(failed)
    ? failed.flatMap(({ lot }: Record<string, unknown>) => (typeof lot === 'number' ? [lot] : []))
    : []
}

/** Lots with a new status; undefined where there are none. */
export function lotStatuses(numbers: readonly number[], status: string): JsonObject[] | undefined {
  return numbers.length === 0 ? undefined : numbers.map((number) => ({ id: lotId(number), status }))
}

/** What the tender says of its lots when it is published. */
export function lotsOf(tender: TenderFacts, inYuan: (amount: Fen) => JsonObject): JsonObject {
  if (tender.lots === undefined) return {}
  return {
    lots: tender.lots.map(({ number, title, description, ceiling }) => ({
      ...{ id: lotId(number), title, description },
      status: 'active',
      value: inYuan(ceiling),
    })),
    lotDetails: tender.lotLimit === undefined ? undefined : { maximumLotsAwardedPerSupplier: tender.lotLimit },
  }
}

/** The lots that items are for: all of them, or one. */
export function lotsFor(tender: TenderFacts, number: number | undefined): readonly LotFacts[] {
  return (tender.lots ?? []).filter((lot) => number === undefined || lot.number === number)
}
