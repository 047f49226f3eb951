// The demo's money and what it may buy: sources into the pool, allotments to the townships, the year's purchase list, the purchasers' codes.
import { makeUscc } from '../../kit/chinese-ids.ts'
import { setParameter } from '../../foundation/policy/contract.ts'
import { addPurchaseItem } from '../../loop/projects/contract/purchase.ts'
import * as funds from '../../registers/funds/contract.ts'
import type { Player } from './story.ts'
import { purchaseItems } from './thread-start.ts'
import { county, type Maker, townshipCodes } from './ground.ts'

type Staff = ReadonlyMap<string, readonly Player[]>

/** The county's purchase list: what the demo's projects buy under. */
export async function listPurchases(maker: Maker, staff: Staff): Promise<void> {
  const [officer] = staff.get(`${county} county-finance`) ?? []
  if (officer === undefined) throw new Error('the demo has no county finance')
  for (const code of purchaseItems)
    await maker.teller.act(officer, addPurchaseItem, { params: { code }, body: { division: county } })
}

/** The credit codes of the street offices, made up, as they stand in their contracts. */
export async function registerPurchasers(maker: Maker, staff: Staff): Promise<void> {
  const [officer] = staff.get(`${county} county-civil-affairs`) ?? []
  if (officer === undefined) throw new Error('the demo has no county civil affairs')
  for (const [index, township] of townshipCodes.entries()) {
    const value = makeUscc({ authority: '1', category: '1', division: county, orgBody: `0140000${index + 1}` })
    await maker.teller.act(officer, setParameter, {
      params: { key: 'contracts.purchaser-uscc' },
      body: { division: township, value, reason: '登记采购方（演示）' },
    })
  }
}

/** Money of the year: booked from its sources into the pool by two persons, allotted to the townships by two persons. */
export async function bookMoney(maker: Maker, staff: Staff): Promise<void> {
  const { teller } = maker
  const [first, second] = staff.get(`${county} county-finance`) ?? []
  if (first === undefined || second === undefined) throw new Error('the demo has no county finance')
  const lots: readonly (readonly [(typeof funds.sources)[number], string, string])[] = [
    ['fiscal-transfer', 'general', '1800000.00'],
    ['department-purchase', 'general', '1200000.00'],
    ['welfare-lottery', '01', '600000.00'],
    ['donation', 'general', '200000.00'],
  ]
  for (const [index, [source, earmark, amount]] of lots.entries()) {
    const booked = await teller.act(first, funds.bookSource, {
      body: { division: county, source, earmark, amount, document: `虎财社〔2025〕${index + 11}号（演示）` },
    })
    await teller.act(second, funds.approveTransfer, { params: { id: booked.id as never } })
  }
  const accounts = await teller.act(first, funds.listAccounts, { query: { division: county, stage: 'pool', size: 50 } })
  for (const account of accounts.rows) {
    for (const township of townshipCodes) {
      const half = (BigInt(account.balance.replace('.', '')) * 45n) / 100n
      const amount = `${half / 100n}.${String(half % 100n).padStart(2, '0')}`
      const allotted = await teller.act(first, funds.allot, {
        body: { account: account.id as never, division: township, amount },
      })
      await teller.act(second, funds.approveTransfer, { params: { id: allotted.id as never } })
    }
  }
}
