// Projects: the moves by which higher domains carry a project on, inside their own transaction; they judged their own record before.
import { jurisdictionOf } from '../../../kit/id.ts'
import { absent, allow, type Ruling } from '../../../kit/ruling.ts'
import type { Act } from '../../../platform/action.ts'
import { answerNeeds, endRoute } from '../../needs/public.ts'
import type { Project } from '../rules.ts'
import type { Moved } from '../rules/parts.ts'
import { findProjectForUpdate, projectSaved } from '../store.ts'
import { recordProject } from './recording.ts'

/** What the residents are told where the higher domain said nothing of its own. */
const doneWords = '您提出的需求已由服务项目完成，请告诉我们您是否满意。'

/** One move: lock, rule, save, event; completed answers the project's needs, terminated gives them back. Refuses not-found, not-in-this-state. */
export async function carryOn(
  act: Act,
  id: string,
  rule: (project: Project) => Ruling<Moved>,
  data: Readonly<Record<string, unknown>> = {},
  needs: { words?: string } = {},
): Promise<Ruling<void>> {
  const project = await findProjectForUpdate(act.tx, id)
  if (project === undefined) return absent()
  const ruling = rule(project)
  if (!ruling.ok) return ruling
  const { project: next, verb } = ruling.value
  act.save(jurisdictionOf(next.division), projectSaved(next, act.now))
  recordProject(act, verb, project, next, {
    data,
    amount: next.state === 'completed' ? next.cost : next.contractValue,
  })
  const by = { kind: 'project', id: next.id }
  if (next.state === 'completed') return answerNeeds(act, { needs: next.needs, words: needs.words ?? doneWords, by })
  if (next.state === 'terminated') return endRoute(act, { needs: next.needs, by, reason: 'project-terminated' })
  return allow(undefined)
}
