// How contracts are shown outside of their domain. The signed papers hang on a kind of their own, which is never open.
import type { RecordCard, RecordKind } from '../../platform/declarations.ts'
import { type Contract, isOpen, reachOf, shownNumber } from './rules.ts'
import { listContractHeads, listFoundContracts } from './store.ts'

function cardOf(kind: string, contract: Contract, open: boolean): RecordCard {
  return {
    ref: { kind, id: contract.id },
    number: shownNumber(contract),
    title: contract.title,
    state: contract.state,
    division: contract.division,
    reach: reachOf(contract),
    open,
  }
}

export const contractsRecords: readonly RecordKind[] = [
  {
    kind: 'contract',
    permission: 'contracts.readContract',
    find: listFoundContracts,
    page: '/contracts',
    cards: async (tx, ids) =>
      (await listContractHeads(tx, ids)).map((contract) => cardOf('contract', contract, isOpen(contract))),
  },
  {
    kind: 'contract-paper',
    permission: 'contracts.readContract',
    cards: async (tx, ids) =>
      (await listContractHeads(tx, ids)).map((contract) => cardOf('contract-paper', contract, false)),
  },
]
