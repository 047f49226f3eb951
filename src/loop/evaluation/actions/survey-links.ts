// Evaluation: links of a survey: taken from the inbox, handed out on paper, opened and answered without a session.
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, invalid, refuse } from '../../../kit/ruling.ts'
import { action, question } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { listOrganizations } from '../../../registers/organizations/public.ts'
import * as contract from '../contract/surveys.ts'
import * as rules from '../rules/survey.ts'
import * as store from '../store/surveys.ts'
import {
  answerMark,
  holderMark,
  namePlace,
  openAnswer,
  openSecret,
  sealAnswer,
  tokenHash,
  tokenOf,
} from './survey-keys.ts'
import { entryOf, openRoster } from './survey-roster.ts'
import { recordSurvey } from './surveys.ts'

const linkOf = (survey: rules.Survey, secret: string, { id, guardian }: store.Invitation) => ({
  code: contract.shownCode(survey.id.slice(0, 6), tokenOf(secret, id)),
  guardian,
})

/** Reads only: neither an event nor a row tells that somebody opened their link, or when. */
export const takeSurveyLink = question(contract.takeSurveyLink, async (ask, { params }) => {
  const survey = await store.findSurvey(ask.tx, params.id)
  if (survey === undefined || ask.actor.kind !== 'person') return absent()
  const secret = await openSecret(ask.platform, ask.tx, survey)
  const ruling = rules.withinReach(survey, ask.now)
  if (!ruling.ok) return ruling
  if (secret === undefined) return refuse('survey-over')
  const held = await store.listInvitationsHeld(ask.tx, survey.id, holderMark(secret, ask.actor.personId))
  if (held.length === 0) return refuse('not-asked', {}, { kind: 'forbidden' })
  return allow({ links: held.map((invitation) => linkOf(survey, secret, invitation)) })
})

/** Reads only, as for the link. Whoever was not drawn may see that they were on the list. */
export const listSurveyReceipts = question(contract.listSurveyReceipts, async (ask, { params }) => {
  const survey = await store.findSurvey(ask.tx, params.id)
  if (survey === undefined || ask.actor.kind !== 'person') return absent()
  const { personId } = ask.actor
  if (survey.state === 'closed') return refuse('survey-over')
  const roster = await openRoster(ask.platform, ask.tx, survey.id)
  const own = roster.filter((each) => each.to.includes(personId))
  return allow({
    receipts: own.map(({ receipt, guardian }) => ({
      ...{ receipt, guardian },
      asked: survey.asked?.includes(entryOf({ receipt })),
    })),
  })
})

type Link = {
  readonly survey: rules.Survey
  readonly guardian: boolean
  readonly token: string
  /** Undefined once the survey ended. */
  readonly secret?: string
}

async function findLink(platform: Platform, tx: Tx, typed: string, lock?: 'shared'): Promise<Link | undefined> {
  const code = contract.readCode(typed)
  if (code === undefined) return undefined
  const invitation = await store.findInvitationByToken(tx, code.jurisdiction, tokenHash(code.token))
  const survey = invitation && (await store.findSurvey(tx, invitation.survey, lock))
  if (invitation === undefined || survey === undefined) return undefined
  const secret = await openSecret(platform, tx, survey)
  return { survey, guardian: invitation.guardian, token: code.token, secret }
}

const unknownLink = () => invalid([{ path: 'body.code', code: 'link-unknown' }])

export const openSurveyLink = question(contract.openSurveyLink, async (ask, { body }) => {
  const link = await findLink(ask.platform, ask.tx, body.code)
  if (link === undefined) return unknownLink()
  const { survey, secret, token, guardian } = link
  const used =
    secret !== undefined && (await store.findAnswer(ask.tx, survey.id, answerMark(secret, token))) !== undefined
  const organizations = await listOrganizations(ask.tx, [survey.organization])
  return allow({
    state: rules.linkState(survey, ask.now, used),
    survey: survey.id,
    title: survey.title,
    organizationName: organizations.get(survey.organization)?.name,
    until: survey.until,
    guardian,
    items: survey.items.map(({ name, questions }) => ({ name, questions: [...questions] })),
  })
})

/** Anonymous: no session is read, nothing is logged or measured; no event, no time, no number; the link's own row stays as it was. */
export const answerSurvey = action(contract.answerSurvey, async (act, { body }) => {
  const link = await findLink(act.platform, act.tx, body.code, 'shared')
  if (link === undefined) return unknownLink()
  const { survey, secret, token, guardian } = link
  const ruling = rules.answerSurvey(survey, act.now, guardian, body)
  if (!ruling.ok) return ruling
  if (secret === undefined) return refuse('survey-over')
  const answer = await sealAnswer(act.platform, act.tx, survey.id, answerMark(secret, token), ruling.value)
  const earlier = await store.insertAnswer(act.tx, survey.id, answer)
  if (earlier === undefined) return allow({ answered: true as const })
  const before = await openAnswer(act.platform, act.tx, survey.id, { mark: answer.mark, sealed: earlier })
  return before.join() === ruling.value.join() ? allow({ answered: true as const }) : refuse('link-used')
})

export const listSurveyPapers = question(contract.listSurveyPapers, async (ask, { params, query }) => {
  const survey = await store.findSurvey(ask.tx, params.id)
  if (survey === undefined) return absent()
  const hidden = ask.see({ reach: { division: survey.division } })
  if (hidden !== undefined) return hidden
  const { papers, next } = await store.listPapers(ask.tx, survey.id, query.size, query.cursor)
  const names = await Promise.all(
    papers.map((paper) => ask.platform.cipher.open(ask.tx, survey.id, namePlace(paper.id), Buffer.from(paper.who))),
  )
  return allow({
    rows: papers.map(({ id, guardian, onPaper }, at) => ({ id, guardian, onPaper, maskedName: names[at] ?? '—' })),
    next,
  })
})

export const handSurveyPaper = action(contract.handSurveyPaper, async (act, { params, body }) => {
  const survey = await store.findSurvey(act.tx, params.id, 'shared')
  if (survey === undefined) return absent()
  const { invitation, person } = body
  const ruling = await act.judge({ reach: { division: survey.division } }, () => {
    if ((invitation === undefined) === (person === undefined))
      return invalid([{ path: 'body.person', code: 'one-to-hand' }])
    const reachable = rules.withinReach(survey, act.now)
    return reachable.ok ? allow(survey.until) : reachable
  })
  if (!ruling.ok) return ruling
  const secret = await openSecret(act.platform, act.tx, survey)
  if (secret === undefined || ruling.value === undefined) return refuse('survey-over')
  const by = person !== undefined ? { mark: holderMark(secret, person) } : { invitation: invitation ?? '' }
  const handed = await store.saveOnPaper(act.tx, survey.id, by, today(act.now))
  if (handed.length === 0) return invalid([{ path: 'body.person', code: 'not-asked' }])
  recordSurvey(act, 'handSurveyPaper', survey, survey, { data: { papers: handed.length } })
  const roster = await openRoster(act.platform, act.tx, survey.id)
  return allow({
    papers: handed.map((each) => ({
      ...linkOf(survey, secret, each),
      receipt: roster.find(({ id }) => id === each.id)?.receipt,
    })),
    title: survey.title,
    until: ruling.value,
  })
})
