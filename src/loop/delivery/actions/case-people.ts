// Delivery: consent, its withdrawal, the duty to keep notes, and who works on a case and supervises it.
import { listMembers } from '../../../foundation/identity/public.ts'
import { isBefore, today } from '../../../kit/plain-date.ts'
import { action } from '../../../platform/action.ts'
import { listWorkers } from '../../../registers/social-workers/public.ts'
import { getContract } from '../../contracts/public.ts'
import * as contract from '../contract/case-stages.ts'
import { linesOf } from '../rules/case-notes.ts'
import * as rules from '../rules/cases.ts'
import { changeCase } from './case-changes.ts'

export const recordConsent = action(contract.recordConsent, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'recordConsent',
    by: 'worker',
    rule: (file) => rules.recordConsent(file, act.actor, act.now, body),
    note: {
      kind: 'consent',
      lines: linesOf(
        { guardian: body.guardian, givenOn: body.givenOn, note: body.note },
        { form: body.form, givenBy: body.givenBy },
      ),
    },
    data: { form: body.form, givenBy: body.givenBy },
  }),
)

export const withdrawConsent = action(contract.withdrawConsent, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'withdrawConsent',
    by: 'worker',
    rule: (file) => rules.withdrawConsent(file, act.actor, act.now, body.withdrawnOn),
    tell: (file) => ({ persons: [file.supervisor], what: 'case-consent-withdrawn' }),
  }),
)

export const setCaseRetention = action(contract.setCaseRetention, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'setCaseRetention',
    by: 'supervisor',
    rule: (file) => rules.setCaseRetention(file, act.now, body.retention),
    data: { retention: body.retention },
    tell: (file) => ({ persons: [file.workerPerson], what: 'case-retention' }),
  }),
)

export const handOverCase = action(contract.handOverCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'handOverCase',
    by: 'either',
    async rule(file) {
      const { team } = await getContract(act.tx, file.contract)
      const member = team.some((each) => each.worker === body.worker)
      const worker = member ? (await listWorkers(act.tx, [body.worker])).get(body.worker) : undefined
      return rules.handOverCase(
        file,
        act.now,
        worker && {
          worker: worker.id,
          person: worker.personId,
          valid: worker.active && !isBefore(worker.certificateValidUntil, today(act.now)),
        },
      )
    },
    note: { kind: 'handover', lines: linesOf({ handover: body.handover }) },
    tell: (after, before) => ({
      persons: [after.workerPerson, before.workerPerson, after.supervisor],
      what: 'case-handed-over',
    }),
  }),
)

export const handOverSupervision = action(contract.handOverSupervision, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'handOverSupervision',
    by: 'either',
    rule: async (file, relation) =>
      rules.handOverSupervision(
        file,
        relation,
        act.now,
        body.supervisor,
        await listMembers(act.tx, file.organization, 'social-work-supervisor'),
      ),
    tell: (after, before) => ({
      persons: [after.workerPerson, before.supervisor, after.supervisor],
      what: 'case-supervision',
    }),
  }),
)
