// Procurement: what came up beside the straight path, as the caller may see it: questions, versions of the terms, objections, a suspected split.
import { may } from '../../../kit/actor.ts'
import { fen, formatYuan } from '../../../kit/money.ts'
import type { Ask } from '../../../platform/action.ts'
import * as rules from '../rules.ts'
import type { TermsVersion } from '../rules/changing.ts'
import { questionsUntil, type Question } from '../rules/clarifying.ts'
import { complain, complainUntil, isOpen, type Evidence, judgedComplaint, type Objection } from '../rules/objecting.ts'
import type { Purchase } from '../rules/split.ts'
import { listTendersById } from '../store/lists.ts'
import * as matters from '../store/matters.ts'
import { listObjections } from '../store/objections.ts'
import { findSplit } from './changing.ts'
import type { Sight } from './sight.ts'

/** Numbered in the order of asking whoever looks; without an answer for whoever answers and whoever asked. */
function questionViews(tender: rules.Tender, questions: readonly Question[], sight: Sight, ask: Ask) {
  const answers = may(ask.actor, 'procurement.runTender', rules.reachOf(tender))
  return questions.flatMap(({ id, organization, words, at, due, answer, answeredAt }, index) => {
    const mine = sight.organizations.includes(organization)
    return answeredAt !== undefined || mine || answers
      ? [{ id, number: index + 1, words, at, due, answer, answeredAt, mine }]
      : []
  })
}

function versionViews(versions: readonly TermsVersion[]) {
  return versions.map(({ number, at, reason, changed, binding, deadline, terms }) => ({
    ...{ number, at, reason, binding, deadline },
    changed: [...changed],
    description: terms.description,
    criteria: [...terms.criteria],
    requirements: { minimumRating: terms.requirements.minimumRating, certificates: terms.requirements.certificates },
    files: [...terms.files],
  }))
}

/** Evidence stays with those whom the claim concerns; argument and answer are public once there is an answer. */
function objectionViews(tender: rules.Tender, objections: readonly Objection[], sight: Sight, ask: Ask) {
  const { calendar } = ask.platform
  return objections
    .filter((each) => sight.desk || sight.organizations.includes(each.organization) || each.state !== 'open')
    .map((each) => {
      const { reach } = judgedComplaint(tender, each)
      const own = sight.organizations.includes(each.organization)
      const involved = own || sight.desk
      const evidence = (files: readonly Evidence[]) =>
        may(ask.actor, 'procurement.readObjection', reach) ? [...files] : []
      const { complaint } = each
      const made = { id: each.id, due: each.due }
      const mayComplain =
        may(ask.actor, 'procurement.objectToTender', reach) &&
        complain(tender, ask.actor, ask.now, each, made, calendar).ok
      const { id, organization, organizationName, against, lot, argument, asked, at, due, state, decision, decidedAt } =
        each
      return {
        ...{ id, organization, organizationName, against, lot, argument, asked, at, due, state, decision, decidedAt },
        files: evidence(each.files),
        complainUntil:
          complaint === undefined && state !== 'upheld' && (state === 'rejected' || ask.now > due)
            ? complainUntil(tender, each, calendar)
            : undefined,
        mayComplain,
        complaint:
          complaint === undefined || (isOpen(each) && !involved)
            ? undefined
            : {
                id: complaint.id,
                argument: complaint.argument,
                asked: complaint.asked,
                files: evidence(complaint.files),
                at: complaint.at,
                due: complaint.due,
                state: complaint.state,
                decision: complaint.decision,
                remedy: complaint.remedy,
                decidedAt: complaint.decidedAt,
              },
      }
    })
}

const purchaseView = ({ id, number, title, budget }: Pick<Purchase, 'id' | 'number' | 'title' | 'budget'>) => ({
  id,
  number,
  title,
  budget: formatYuan(budget),
})

/** While it is planned as it looks today, afterwards as it was found when it was published. */
async function splitView(ask: Ask, tender: rules.Tender) {
  const reason = tender.split?.reason
  if (tender.publishedAt === undefined) {
    const found = await findSplit(ask, tender)
    return (
      found && {
        tenders: found.tenders.map(purchaseView),
        sum: formatYuan(found.sum),
        threshold: formatYuan(found.threshold),
        reason,
      }
    )
  }
  const found = tender.split?.found
  if (found === undefined) return undefined
  const others = await listTendersById(ask.tx, found.tenders)
  return {
    tenders: others.map((each) => purchaseView({ ...each, number: rules.shownNumber(each) })),
    sum: formatYuan(fen(BigInt(found.sum))),
    threshold: formatYuan(fen(BigInt(found.threshold))),
    reason,
  }
}

export async function mattersOf(ask: Ask, tender: rules.Tender, sight: Sight) {
  const [questions, versions, objections, split] = await Promise.all([
    matters.listQuestions(ask.tx, tender.id),
    matters.listTermsVersions(ask.tx, tender.id),
    listObjections(ask.tx, tender.id),
    sight.desk ? splitView(ask, tender) : undefined,
  ])
  return {
    questions: questionViews(tender, questions, sight, ask),
    questionsUntil: questionsUntil(tender, ask.platform.calendar),
    versions: versionViews(versions),
    objections: objectionViews(tender, objections, sight, ask),
    split,
  }
}
