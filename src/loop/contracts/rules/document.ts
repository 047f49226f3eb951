// Contracts: what a generated document is made of, how it is written down for comparing, and whether a contract still says the same. Pure.
import { formatYuan } from '../../../kit/money.ts'
import type { PlainDate } from '../../../kit/plain-date.ts'
import type { Instant } from '../../../kit/instant.ts'
import type { DocumentState, documentKinds, signatureKinds } from '../contract/documents.ts'
import type { Party } from '../contract.ts'
import { type Amendment, type Contract, type FactorStep, isOpen, type TeamMember } from '../rules.ts'

export type DocumentParty = { readonly name: string; readonly uscc?: string }

export type TeamLine = {
  readonly worker: string
  /** Masked: the person is told apart by the registered worker. */
  readonly name: string
  readonly level: string
  readonly duty: TeamMember['duty']
  readonly key: boolean
}

/** What the parties agreed, as it stands after the document; amounts as decimal yuan. */
export type DocumentTerms = {
  readonly value: string
  readonly start: PlainDate
  readonly end: PlainDate
  readonly milestones: readonly {
    readonly id: string
    readonly position: number
    readonly title: string
    readonly deliverable: string
    readonly criteria: string
    readonly due: PlainDate
    readonly share: number
    readonly amount: string
    readonly needsRecords: boolean
  }[]
  readonly team: readonly TeamLine[]
  readonly dataClause: string
  readonly clauses: string
  readonly factors: readonly FactorStep[]
  readonly growthPercent: number
  readonly acceptDays: number
  readonly payDays: number
}

/** What changes by an amendment, beside the terms that result. */
export type DocumentChange = {
  readonly number: number
  readonly proposedBy: Party
  readonly words: string
  readonly valueBefore: string
  readonly growth?: string
  readonly endBefore?: PlainDate
  readonly dues: readonly { readonly title: string; readonly before: PlainDate; readonly due: PlainDate }[]
  readonly team: boolean
}

/** Everything that a document says; the same content gives the same bytes. */
export type DocumentContent = {
  readonly format: 1
  readonly id: string
  readonly kind: (typeof documentKinds)[number]
  readonly contract: string
  readonly number: string
  readonly title: string
  readonly date: PlainDate
  readonly project: { readonly number: string; readonly title: string }
  readonly place: string
  readonly purchaser: DocumentParty
  readonly undertaker: DocumentParty
  readonly verifyAt?: string
  /** The document that this one follows on. */
  readonly previous?: { readonly sha256: string; readonly sm3: string }
  readonly terms: DocumentTerms
  readonly change?: DocumentChange
}

/** A document on record; never changed and never removed. */
export type ContractDocument = {
  readonly id: string
  readonly contract: string
  /** From 1 on, in the order in which they were made. */
  readonly position: number
  readonly kind: (typeof documentKinds)[number]
  readonly amendment?: string
  /** When the contract went into this signing, or the amendment was proposed: one document for each. */
  readonly round: Instant
  readonly sha256: string
  readonly sm3: string
  /** Of the content as canonicalOf writes it. */
  readonly dataSha256: string
  readonly previous?: string
  readonly content: DocumentContent
  readonly file: string
  readonly copy: string
}

export type DocumentSignature = {
  readonly document: string
  readonly party: Party
  readonly person: string
  readonly key: string
  readonly kind: (typeof signatureKinds)[number]
  readonly publicKey: string
  readonly fingerprint: string
  readonly signature: string
  readonly at: Instant
}

/** JSON with the names of every object in order and nothing between: one text for one content, however it was stored. */
export function canonicalOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalOf).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, part]) => `${JSON.stringify(name)}:${canonicalOf(part)}`)
  return `{${parts.join(',')}}`
}

/** The terms of a contract as a document states them. `team`: the names that go with its members. */
export function termsOf(
  contract: Contract,
  names: ReadonlyMap<string, Pick<TeamLine, 'name' | 'level'>>,
): DocumentTerms {
  return {
    value: formatYuan(contract.value),
    start: contract.start,
    end: contract.end,
    milestones: contract.milestones
      .filter((each) => !each.settlement)
      .map(({ id, position, title, deliverable, criteria, due, share, amount, needsRecords }) => ({
        id,
        position,
        title,
        deliverable,
        criteria,
        due,
        share,
        amount: formatYuan(amount),
        needsRecords,
      })),
    team: contract.team.map(({ worker, duty, key }) => ({
      worker,
      name: names.get(worker)?.name ?? '',
      level: names.get(worker)?.level ?? '',
      duty,
      key,
    })),
    dataClause: contract.dataClause,
    clauses: contract.clauses,
    factors: contract.policy.factors,
    growthPercent: contract.policy.growthPercent,
    acceptDays: contract.policy.acceptDays,
    payDays: contract.policy.payDays,
  }
}

/** What is compared: names and levels of the team may change in their register without the contract being another one. */
function agreed({ team, ...terms }: DocumentTerms): unknown {
  return { ...terms, team: team.map(({ worker, duty, key }) => ({ worker, duty, key })) }
}

/** Whether two statements of the terms say the same. */
export function sameTerms(left: DocumentTerms, right: DocumentTerms): boolean {
  return canonicalOf(agreed(left)) === canonicalOf(agreed(right))
}

/** What an amendment says that it changes. `number`: from 1 on among the contract's amendments. */
export function changeOf(before: Contract, amendment: Amendment, number: number): DocumentChange {
  return {
    number,
    proposedBy: amendment.proposedBy,
    words: amendment.words,
    valueBefore: formatYuan(before.value),
    growth: amendment.growth === undefined ? undefined : formatYuan(amendment.growth),
    endBefore: amendment.end === undefined ? undefined : before.end,
    dues: amendment.dues.flatMap(({ milestone, due }) => {
      const found = before.milestones.find((each) => each.id === milestone)
      return found === undefined ? [] : [{ title: found.title, before: found.due, due }]
    }),
    team: amendment.team !== undefined,
  }
}

/** When the present (or last) signing of a contract began; undefined before the first. */
export function signingRound(contract: Pick<Contract, 'history'>): Instant | undefined {
  return contract.history.findLast((entry) => entry.state === 'signing')?.at
}

/** The document of the present signing, once it is made. */
export function documentOfSigning(
  contract: Contract,
  documents: readonly ContractDocument[],
): ContractDocument | undefined {
  const round = signingRound(contract)
  return documents.find((each) => each.kind === 'contract' && each.round === round)
}

/** The contract's state decides on its own document, the amendment's on an amendment's. */
export function documentState(
  contract: Contract,
  document: Pick<ContractDocument, 'kind' | 'round' | 'amendment'>,
  amendments: readonly Pick<Amendment, 'id' | 'state'>[],
): DocumentState {
  if (document.kind === 'amendment') {
    const state = amendments.find((each) => each.id === document.amendment)?.state
    if (state === 'agreed') return 'in-force'
    return state === 'proposed' && contract.state === 'active' ? 'open' : 'lapsed'
  }
  if (document.round !== signingRound(contract)) return 'lapsed'
  if (contract.state === 'signing') return 'open'
  return isOpen(contract) ? 'in-force' : 'lapsed'
}

/** By this text a program finds again which document a file claims to be; ASCII, in the file's own properties. */
export function markOf(document: string, dataSha256: string): string {
  return `liandong-contract-document=${document}; data-sha256=${dataSha256}`
}

/** Reads markOf out of a file's bytes taken as Latin-1. */
export function readMark(bytes: string): { document: string; dataSha256: string } | undefined {
  const found = /liandong-contract-document=(\d{6}-[0-9a-f-]{36}); data-sha256=([0-9a-f]{64})/.exec(bytes)
  return found?.[1] === undefined || found[2] === undefined ? undefined : { document: found[1], dataSha256: found[2] }
}
