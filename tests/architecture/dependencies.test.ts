// Every package has its reason and its licence on record: each planted fault is found.
import { expect, it } from 'vitest'
import { dependencyFaults } from '../../scripts/check/dependencies.ts'

const list = '| package | licence | for what |\n| --- | --- | --- |\n| zod | MIT | input |\n| pg | MIT | database |\n'
const mit = () => 'MIT'

it('finds nothing in a whole list', () => {
  expect(dependencyFaults(list, ['zod', 'pg'], mit)).toEqual([])
  // A package that is not installed here cannot be compared.
  expect(dependencyFaults(list, ['zod', 'pg'], () => undefined)).toEqual([])
})

it.each([
  ['a package without a reason', list, ['zod', 'pg', 'left-pad'], mit, /left-pad has no reason/],
  ['a row without a package', list, ['zod'], mit, /pg is not in package.json/],
  ['a row that stands twice', `${list}| pg | MIT | again |\n`, ['zod', 'pg'], mit, /pg stands twice/],
  ['another licence than the installed one', list, ['zod', 'pg'], () => 'ISC', /zod is ISC/],
  ['a licence that may not ship', '| pg | AGPL-3.0 | database |\n', ['pg'], () => 'AGPL-3.0', /may not be used/],
])('finds %s', (_name, text, names, licence, says) => {
  expect(dependencyFaults(text, names, licence).join('\n')).toMatch(says)
})
