// How Chinese papers write sums and days: 80,400.00 and 2027年3月1日.
import type { PlainDate } from './plain-date.ts'

/** '80400.00' -> '80,400.00'. */
export function groupedYuan(yuan: string): string {
  return yuan.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}

/** 2027-03-01 -> 2027年3月1日. */
export function chineseDay(date: PlainDate): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}
