// How an address is recognised: what counts, what does not.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { householdKey } from './rolls.ts'

test.each([
  ['3幢2单元501室', '3-2-501'],
  ['３栋２單元 0501 室', '3-2-501'],
  ['3号楼2单元501', '3-2-501'],
  ['03-02-501', '3-2-501'],
  ['朝阳街15号', '朝阳街15'],
  ['三组 8 号', '三-8'],
  ['A座1001', 'a-1001'],
  ['10幢100室', '10-100'],
  ['--', ''],
])('%s is %s', (address, key) => {
  expect(householdKey(address)).toBe(key)
})

test('different building, unit or room is another household; its own key is the household again', () => {
  const number = fc.integer({ min: 1, max: 9999 })
  const home = fc.tuple(number, number, number)
  fc.assert(
    fc.property(home, home, (one, other) => {
      const key = ([building, unit, room]: typeof one) => householdKey(`${building}幢${unit}单元${room}室`)
      expect(key(one) === key(other)).toBe(one.join() === other.join())
      expect(householdKey(key(one))).toBe(key(one))
    }),
  )
})
