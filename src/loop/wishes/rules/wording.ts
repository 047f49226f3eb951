// Wishes: what public words may not hold: money, and numbers of persons. Pure.
import { findPersonalNumbers } from '../../../kit/chinese-ids.ts'
import type { FieldFault } from '../../../kit/ruling.ts'

// Means of sending money and words for asking it, then sums: a wish names a thing or a help, never a sum.
const asking =
  /现金|钱款|款项|借钱|借款|贷款|还债|还贷|要钱|给钱|给点钱|出钱|资助金|救助金|慰问金|红包|捐款|募捐|筹款|众筹|集资|打款|汇款|转账|打钱|收款|付款码|银行卡|银行账号|支付宝|微信支付|报销|垫付|代缴|交房租|交学费|付学费|付医药费|生活费/
const sum =
  /(?:\d[\d,.]*|[一二两三四五六七八九十百千万]+)\s*(?:多|来|几)?\s*(?:元|块钱|万块|千块|百块|万元|千元|百元)|[￥¥]\s*\d/

/** Whether words ask for money. Width and spaces do not hide it. */
export function asksForMoney(text: string): boolean {
  const plain = text.normalize('NFKC').replaceAll(/\s+/g, '')
  return asking.test(plain) || sum.test(plain)
}

/** Faults of public words at a field: a phone or identity number, or money. */
export function wordFaults(path: string, text: string | undefined): FieldFault[] {
  if (text === undefined) return []
  const found = findPersonalNumbers(text)[0]
  const faults: FieldFault[] = []
  if (found !== undefined)
    faults.push({ path, code: found.kind === 'phone' ? 'text-has-phone' : 'text-has-citizen-id' })
  if (asksForMoney(text)) faults.push({ path, code: 'no-money' })
  return faults
}

/** Faults of a wish's public wording, and of the worker's missing word that it asks for no money. */
export function wordingFaults(body: { title: string; text: string; noMoney?: boolean }): FieldFault[] {
  return [
    ...wordFaults('body.title', body.title),
    ...wordFaults('body.text', body.text),
    ...(body.noMoney === false ? [{ path: 'body.noMoney', code: 'look-for-money' }] : []),
  ]
}
