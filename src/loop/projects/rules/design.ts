// Projects: what is checked of a design, and who may change it. Pure.
import type { Actor } from '../../../kit/actor.ts'
import { findPersonalNumbers } from '../../../kit/chinese-ids.ts'
import { type DivisionCode, levelOf, within } from '../../../kit/id.ts'
import type { Instant } from '../../../kit/instant.ts'
import { type Fen, fen, formatYuan, sum } from '../../../kit/money.ts'
import { isAfter as dateIsAfter, isBefore as dateIsBefore } from '../../../kit/plain-date.ts'
import { allow, type FieldFault, invalid, type Refusal, type Ruling } from '../../../kit/ruling.ts'
import { type BudgetLine, moved, type Project, type ProjectDesign, standing, type Venture } from '../rules.ts'

/** What everybody will read carries no phone or identity number. */
export function personalNumberFault(path: string, text: string): FieldFault | undefined {
  const found = findPersonalNumbers(text)[0]
  return found === undefined
    ? undefined
    : { path, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' }
}

/** Faults of the budget: each line is quantity x unit price, and the lines add up to the total, both to the fen. */
export function checkBudget(lines: readonly BudgetLine[], budget: Fen): FieldFault[] {
  const faults: FieldFault[] = []
  for (const [index, line] of lines.entries()) {
    const expected = fen(line.unitPrice * BigInt(line.quantity))
    if (line.unitPrice <= 0n) faults.push({ path: `body.budgetLines.${index}.unitPrice`, code: 'price-not-positive' })
    if (line.amount !== expected) {
      faults.push({
        path: `body.budgetLines.${index}.amount`,
        code: 'line-does-not-multiply',
        params: { line: index + 1, expected: formatYuan(expected) },
      })
    }
  }
  const total = sum(lines.map((line) => line.amount))
  if (total !== budget)
    faults.push({ path: 'body.budget', code: 'budget-does-not-add-up', params: { sum: formatYuan(total) } })
  return faults
}

/** A venture call sets mode and most money; without one its mode cannot be chosen. */
function ventureFaults(design: ProjectDesign, venture: Venture | undefined): FieldFault[] {
  if (venture === undefined)
    return design.mode === 'venture-call' ? [{ path: 'body.mode', code: 'mode-needs-call' }] : []
  const faults: FieldFault[] = []
  if (design.mode !== 'venture-call') faults.push({ path: 'body.mode', code: 'mode-set-by-call' })
  if (design.budget > venture.award)
    faults.push({ path: 'body.budget', code: 'above-award', params: { award: formatYuan(venture.award) } })
  return faults
}

/** Every fault of a design that its words alone show. */
export function checkDesign(
  design: ProjectDesign,
  division: DivisionCode,
  venture?: Venture,
): Refusal<'invalid-input'> | undefined {
  const faults = [...checkBudget(design.budgetLines, design.budget), ...ventureFaults(design, venture)]
  const level = levelOf(division)
  if (level !== 'community' && level !== 'township') faults.push({ path: 'body.division', code: 'not-a-community' })
  if (dateIsBefore(design.end, design.start)) faults.push({ path: 'body.end', code: 'ends-before-start' })
  for (const [index, step] of design.steps.entries()) {
    if (dateIsBefore(step.until, design.start) || dateIsAfter(step.until, design.end)) {
      faults.push({ path: `body.steps.${index}.until`, code: 'step-outside-schedule' })
    }
  }
  if (new Set(design.needs).size !== design.needs.length) faults.push({ path: 'body.needs', code: 'need-twice' })
  if (design.mode === 'public-built-privately-run' && design.facility === undefined)
    faults.push({ path: 'body.facility', code: 'facility-needed' })
  if (design.mode === 'privately-run-publicly-aided' && design.conditions === undefined)
    faults.push({ path: 'body.conditions', code: 'conditions-needed' })
  for (const [field, text] of [
    ['title', design.title],
    ['targetGroup', design.targetGroup],
    ['goals', design.goals],
  ] as const) {
    const fault = personalNumberFault(`body.${field}`, text)
    if (fault !== undefined) faults.push(fault)
  }
  return faults.length === 0 ? undefined : invalid(faults)
}

/** What the design names elsewhere, as its domains tell. */
export type NamedElsewhere = {
  readonly needs: readonly { readonly id: string; readonly division: DivisionCode }[]
  readonly resolution?: { readonly adopted: boolean; readonly division: DivisionCode }
  readonly itemKnown: boolean
}

/** Needs and motion must belong to the project's place, the motion be adopted, the item stand in the catalogue. */
export function checkNamed(design: ProjectDesign, division: DivisionCode, named: NamedElsewhere): Refusal | undefined {
  const known = new Map(named.needs.map((need) => [need.id, need.division]))
  const faults: FieldFault[] = []
  for (const [index, need] of design.needs.entries()) {
    const place = known.get(need)
    if (place === undefined || !within(place, division))
      faults.push({ path: `body.needs.${index}`, code: 'need-elsewhere' })
  }
  if (design.motion !== undefined) {
    if (named.resolution === undefined || !named.resolution.adopted)
      faults.push({ path: 'body.motion', code: 'motion-not-adopted' })
    else if (!within(named.resolution.division, division))
      faults.push({ path: 'body.motion', code: 'motion-elsewhere' })
  }
  if (!named.itemKnown) faults.push({ path: 'body.purchaseItem', code: 'purchase-item-unknown' })
  return faults.length === 0 ? undefined : invalid(faults)
}

/** Whoever edits joins the designers: they will neither review nor score. */
export function editProject(project: Project, actor: Actor, now: Instant, design: ProjectDesign): Ruling<Project> {
  const state = standing(project, 'editProject', actor, now)
  if (!state.ok) return state
  const fault = checkDesign(design, project.division, project.venture)
  if (fault !== undefined) return fault
  const me = actor.kind === 'person' ? [actor.personId] : []
  return allow(
    moved(project, state.value, now, {
      // Optional parts that the new design leaves out are gone.
      motion: undefined,
      facility: undefined,
      conditions: undefined,
      duty: undefined,
      ...design,
      designers: [...new Set([...project.designers, ...me])],
    }),
  )
}
