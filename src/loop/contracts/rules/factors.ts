// Contracts: by which factor the last milestone is paid for the score of the final evaluation. Pure.
import type { FactorStep } from '../rules.ts'

/** The factor that the contract's own table gives to a score. */
export function factorOf(factors: readonly FactorStep[], score: number): number {
  return factors.toSorted((a, b) => b.from - a.from).find((step) => score >= step.from)?.factorBps ?? 0
}

/** Reads the policy's table. A broken value pays in full rather than not at all: without one sound step every score has the whole. */
export function readFactors(value: unknown): FactorStep[] {
  const steps = Array.isArray(value) ? value.flatMap(readFactor) : []
  return steps.length === 0 ? [{ from: 0, factorBps: 10_000 }] : steps
}

function readFactor(step: unknown): FactorStep[] {
  if (typeof step !== 'object' || step === null) return []
  const from: unknown = Reflect.get(step, 'from')
  const factorBps: unknown = Reflect.get(step, 'factorBps')
  return typeof from === 'number' && typeof factorBps === 'number' ? [{ from, factorBps }] : []
}
