// Evaluation: the event of an evaluation's verb. A baseline or mid-term evaluation is planned, handed in and published under names of its own: the
// thread's station, the figures and the money belong to the final one.
import type { Act } from '../../../platform/action.ts'
import * as rules from '../rules.ts'
import { waitingOfEvaluation } from '../waiting.ts'

const interim: Readonly<Record<string, string>> = {
  planEvaluation: 'planInterimEvaluation',
  submitEvaluation: 'submitInterimEvaluation',
  publishEvaluation: 'publishInterimEvaluation',
}

export function recordEvaluation(
  act: Act,
  verb: string,
  before: rules.Evaluation | undefined,
  after: rules.Evaluation,
  data: Readonly<Record<string, unknown>> = {},
): void {
  act.record({
    name: `evaluation.${after.kind === 'final' ? verb : (interim[verb] ?? verb)}`,
    of: { kind: 'evaluation', id: after.id },
    division: after.division,
    organization: after.organization,
    state: { from: before?.state, to: after.state },
    links: before === undefined ? rules.lineageOf(after).slice(1, 3) : undefined,
    data: {
      ...data,
      ...(after.kind === 'final' ? {} : { kind: after.kind }),
      ...(after.lot === undefined ? {} : { lot: after.lot }),
    },
    waiting: waitingOfEvaluation(after),
  })
}
