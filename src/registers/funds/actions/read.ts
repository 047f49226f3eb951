// Questions about money: accounts with their statement, transfers, and whether the books balance.
import { allow, absent } from '../../../kit/ruling.ts'
import { formatYuan } from '../../../kit/money.ts'
import { actionsOf } from '../../../kit/record-view.ts'
import { divisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { question } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database.ts'
import { listOrganizations } from '../../organizations/public.ts'
import * as contract from '../contract.ts'
import * as rules from '../rules.ts'
import * as accountStore from '../store/accounts.ts'
import * as bookStore from '../store/books.ts'
import * as transferStore from '../store/transfers.ts'

type Names = ReadonlyMap<string, { readonly name: string }>

async function organizationNames(tx: Tx, ids: readonly (string | undefined)[]): Promise<Names> {
  const known = [...new Set(ids.filter((id) => id !== undefined))]
  return known.length === 0 ? new Map() : listOrganizations(tx, known)
}

function accountView(account: rules.Account, names: Names) {
  const { id, division, source, earmark, stage, organization, project, contract: contractId } = account
  return {
    id,
    division,
    divisionName: divisionName(division),
    source,
    earmark,
    stage,
    organization,
    organizationName: organization === undefined ? undefined : names.get(organization)?.name,
    project,
    contract: contractId,
    balance: formatYuan(account.balance),
  }
}

function transferView(transfer: rules.Transfer, names: Names) {
  const {
    id,
    division,
    purpose,
    source,
    earmark,
    state,
    organization,
    project,
    contract: contractId,
    milestone,
    proposedAt,
    decidedAt,
  } = transfer
  return {
    id,
    number: rules.numberOfTransfer(transfer),
    division,
    divisionName: divisionName(division),
    purpose,
    source,
    earmark,
    amount: formatYuan(transfer.amount),
    state,
    organization,
    organizationName: organization === undefined ? undefined : names.get(organization)?.name,
    project,
    contract: contractId,
    milestone,
    proposedAt,
    decidedAt,
  }
}

export const listAccounts = question(contract.listAccounts, async (ask, { query }) => {
  const page = await accountStore.listAccounts(ask.tx, ask.scopes, query)
  const names = await organizationNames(
    ask.tx,
    page.rows.map((account) => account.organization),
  )
  return allow({ ...page, rows: page.rows.map((account) => accountView(account, names)) })
})

export const getAccount = question(contract.getAccount, async (ask, { params }) => {
  const account = await accountStore.findAccount(ask.tx, params.id)
  if (account === undefined) return absent()
  const unseen = ask.see({
    reach: {
      division: account.division,
      organizations: account.organization === undefined ? [] : [account.organization],
    },
  })
  if (unseen !== undefined) return unseen
  const lines = await accountStore.listStatement(ask.tx, account.id)
  const names = await organizationNames(ask.tx, [account.organization, ...lines.map((line) => line.other.organization)])
  return allow({
    ...accountView(account, names),
    pending: formatYuan(account.pending),
    mayGoNegative: account.mayGoNegative,
    statement: lines.map(({ transfer, number, at, purpose, change, other, contract: contractId, milestone }) => ({
      transfer,
      number: rules.numberText(number),
      at,
      purpose,
      change: formatYuan(change),
      contract: contractId,
      milestone,
      counterpart: {
        id: other.id,
        division: other.division,
        divisionName: divisionName(other.division),
        stage: other.stage,
        organizationName: other.organization === undefined ? undefined : names.get(other.organization)?.name,
      },
    })),
  })
})

export const listTransfers = question(contract.listTransfers, async (ask, { query }) => {
  const page = await transferStore.listTransfers(ask.tx, ask.scopes, query)
  const names = await organizationNames(
    ask.tx,
    page.rows.map((transfer) => transfer.organization),
  )
  return allow({ ...page, rows: page.rows.map((transfer) => transferView(transfer, names)) })
})

function historyOf(transfer: rules.Transfer) {
  const decided = transfer.state === 'refused' ? ('refused' as const) : ('posted' as const)
  return [
    { state: 'proposed' as const, at: transfer.proposedAt },
    ...(transfer.decidedAt === undefined ? [] : [{ state: decided, at: transfer.decidedAt }]),
    ...(transfer.reversedAt === undefined ? [] : [{ state: 'reversed' as const, at: transfer.reversedAt }]),
  ]
}

export const getTransfer = question(contract.getTransfer, async (ask, { params }) => {
  const transfer = await transferStore.findTransfer(ask.tx, params.id)
  if (transfer === undefined) return absent()
  const unseen = ask.see(rules.judgedTransfer(transfer))
  if (unseen !== undefined) return unseen
  const [from, to, underway, original] = await Promise.all([
    accountStore.findAccount(ask.tx, transfer.from),
    accountStore.findAccount(ask.tx, transfer.to),
    transferStore.findReversal(ask.tx, transfer.id),
    transfer.reverses === undefined ? undefined : transferStore.findTransfer(ask.tx, transfer.reverses),
  ])
  if (from === undefined || to === undefined) throw new Error('no such account')
  const names = await organizationNames(ask.tx, [transfer.organization, from.organization, to.organization])
  const people = await listPeople(
    ask.tx,
    [transfer.proposedBy, transfer.decidedBy].flatMap((id) => (id !== undefined && /^\d{6}-/.test(id) ? [id] : [])),
  )
  const party = (person: string) => ({
    person,
    name: people.get(person)?.officialName ?? people.get(person)?.maskedName,
  })
  return allow({
    ...transferView(transfer, names),
    version: transfer.version,
    from: accountView(from, names),
    to: accountView(to, names),
    proposedBy: party(transfer.proposedBy),
    decidedBy: transfer.decidedBy === undefined ? undefined : party(transfer.decidedBy),
    document: transfer.document,
    reason: transfer.reason,
    reverses: transfer.reverses,
    history: historyOf(transfer),
    actions: actionsOf({
      approveTransfer: rules.permitted(ask.actor, 'funds.approve', transfer, () =>
        rules.approveTransfer(transfer, ask.actor, ask.now, from, original),
      ),
      refuseTransfer: rules.permitted(ask.actor, 'funds.refuse', transfer, () =>
        rules.refuseTransfer(transfer, ask.actor, ask.now, ''),
      ),
      reverseTransfer: rules.permitted(ask.actor, 'funds.reverse', transfer, () =>
        rules.reverseTransfer(transfer, to, underway),
      ),
    }),
  })
})

export const booksBalance = question(contract.booksBalance, async (ask) => {
  const books = await bookStore.checkBooks(ask.tx)
  return allow({
    balanced: books.total === 0n && books.wrong.length === 0,
    total: formatYuan(books.total),
    accounts: books.accounts,
    transfers: books.transfers,
    wrong: books.wrong.map((line) => ({
      account: line.account,
      balance: formatYuan(line.balance),
      postings: formatYuan(line.postings),
    })),
  })
})
