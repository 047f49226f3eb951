// Delivery: the verbs that carry a case from stage to stage. Each writes its note under the key of the case.
import { action } from '../../../platform/action.ts'
import { lockContract } from '../../contracts/public.ts'
import * as contract from '../contract/case-stages.ts'
import { goalLines, linesOf, resultLines } from '../rules/case-notes.ts'
import * as rules from '../rules/cases.ts'
import { changeCase, sealedAt } from './case-changes.ts'
import { fileRecord, prepareFiling } from './filing.ts'

export const acceptCase = action(contract.acceptCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'acceptCase',
    by: 'worker',
    rule: (file) => rules.stepWithConsent('acceptCase', file, act.now),
    note: { kind: 'acceptance', lines: linesOf({ basis: body.basis }) },
  }),
)

export const assessCase = action(contract.assessCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'assessCase',
    by: 'worker',
    rule: (file) => rules.stepWithConsent('assessCase', file, act.now),
    note: {
      kind: 'assessment',
      lines: linesOf({ situation: body.situation, needs: body.needs, strengths: body.strengths }, { risk: body.risk }),
    },
  }),
)

export const planCase = action(contract.planCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'planCase',
    by: 'worker',
    rule: async (file) =>
      rules.planCase(file, act.now, {
        count: body.goals.length,
        sealed: await act.platform.cipher.seal(act.tx, file.id, sealedAt.goals(file.id), JSON.stringify(body.goals)),
      }),
    note: { kind: 'plan', lines: [...goalLines(body.goals), ...linesOf({ measures: body.measures })] },
    tell: (file) => ({ persons: [file.supervisor], what: 'case-plan' }),
  }),
)

export const approveCase = action(contract.approveCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'approveCase',
    by: 'supervisor',
    rule: (file) => rules.approveCase(file, act.now),
    note: { kind: 'supervision', lines: linesOf({ remarks: body.remarks }, { verdict: 'approved' }) },
    tell: (file) => ({ persons: [file.workerPerson], what: 'case-approved' }),
  }),
)

export const returnCase = action(contract.returnCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'returnCase',
    by: 'supervisor',
    rule: (file) => rules.returnCase(file, act.now),
    note: { kind: 'supervision', lines: linesOf({ remarks: body.remarks }, { verdict: 'returned' }) },
    tell: (file) => ({ persons: [file.workerPerson], what: 'case-returned' }),
  }),
)

export const adviseCase = action(contract.adviseCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'adviseCase',
    by: 'supervisor',
    rule: (file) => rules.adviseCase(file, act.now),
    note: { kind: 'supervision', lines: linesOf({ advice: body.advice }) },
    tell: (file) => ({ persons: [file.workerPerson], what: 'case-advised' }),
  }),
)

/** What the service record of a case says to all who read the contract's records: hours and one person, neither who nor where. */
const veiled = { place: '不公开', words: '个案服务，内容保密。', attendance: 1, photos: [] } as const

export const recordCaseSession = action(contract.recordCaseSession, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'recordCaseSession',
    by: 'worker',
    rule: (file) => rules.recordCaseSession(file, act.now, body),
    note: { kind: 'session', lines: linesOf({ process: body.process, progress: body.progress }, { kind: body.kind }) },
    async filed(before, writes) {
      const card = await lockContract(act, before.contract)
      if (card === undefined) throw new Error('a case stands under a contract')
      const filing = await prepareFiling(act, card)
      const input = {
        ...veiled,
        from: body.from,
        until: body.until,
        activity: body.activity,
        kind: body.kind,
        newcomers: before.sessions === 0 ? 1 : 0,
      }
      const ruling = filing.judge(input)
      if (!ruling.ok) return ruling
      return fileRecord(act, filing, ruling.value, input, writes)
    },
  }),
)

export const beginCaseEvaluation = action(contract.beginCaseEvaluation, (act, { params }) =>
  changeCase(act, params.id, {
    verb: 'beginCaseEvaluation',
    by: 'worker',
    rule: (file) =>
      rules.beginCaseEvaluation(file, act.now, act.policy.number('delivery.case-sessions', file.division)),
  }),
)

export const evaluateCase = action(contract.evaluateCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'evaluateCase',
    by: 'worker',
    rule: (file) => rules.evaluateCase(file, act.now, body.results.length),
    note: {
      kind: 'evaluation',
      lines: [...resultLines(body.results), ...linesOf({ outcome: body.outcome, followUp: body.followUp })],
    },
    tell: (file) => ({ persons: [file.supervisor], what: 'case-evaluated' }),
  }),
)

export const closeCase = action(contract.closeCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'closeCase',
    by: 'worker',
    rule: (file) => rules.closeCase(file, act.now, body.reason),
    note: { kind: 'closing', lines: linesOf({ grounds: body.grounds }, { reason: body.reason }) },
    data: { reason: body.reason },
    tell: (file) => ({ persons: [file.supervisor], what: 'case-closed' }),
  }),
)

export const transferCase = action(contract.transferCase, (act, { params, body }) =>
  changeCase(act, params.id, {
    verb: 'transferCase',
    by: 'worker',
    rule: (file) => rules.transferCase(file, act.now),
    note: { kind: 'transfer', lines: linesOf({ receiver: body.receiver, handover: body.handover }, { to: body.to }) },
    data: { to: body.to },
    tell: (file) => ({ persons: [file.supervisor], what: 'case-transferred' }),
  }),
)
