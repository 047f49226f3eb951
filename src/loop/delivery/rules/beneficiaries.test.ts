// Rules of who was served: everybody once, whatever they came to.
import { expect, test } from 'vitest'
import { servedOnce } from './beneficiaries.ts'

const grown = { underFourteen: false }
const young = { underFourteen: true }

test.each([
  ['nobody', [], []],
  [
    'a person of two groups is one',
    [
      { person: 'a', ...grown },
      { person: 'a', ...grown },
    ],
    [{ person: 'a', ...grown }],
  ],
  [
    'a child of a case stays one in a group',
    [
      { person: 'a', ...grown },
      { person: 'a', ...young },
    ],
    [{ person: 'a', ...young }],
  ],
  [
    'a name in two groups is one',
    [
      { name: '秋芸子', ...grown },
      { name: '秋芸子', ...grown },
    ],
    [{ name: '秋芸子', ...grown }],
  ],
  [
    'a name in a group is who has it in a case',
    [
      { name: '秋芸子', ...grown },
      { name: '秋芸子', phone: '1', ...young },
    ],
    [{ name: '秋芸子', phone: '1', ...young }],
  ],
  [
    'two numbers are two people, and the bare name is one of them',
    [
      { name: '王芳', phone: '1', ...grown },
      { name: '王芳', phone: '2', ...young },
      { name: '王芳', ...grown },
    ],
    [
      { name: '王芳', phone: '1', ...grown },
      { name: '王芳', phone: '2', ...young },
    ],
  ],
  [
    'siblings under the number of a parent are two',
    [
      { name: '王一', phone: '1', ...young },
      { name: '王二', phone: '1', ...young },
    ],
    [
      { name: '王一', phone: '1', ...young },
      { name: '王二', phone: '1', ...young },
    ],
  ],
  [
    'two cases of one client are one',
    [
      { name: '王芳', phone: '1', ...grown },
      { name: '王芳', phone: '1', ...young },
    ],
    [{ name: '王芳', phone: '1', ...young }],
  ],
  [
    'who is under 14 by name alone stays so beside a number',
    [
      { name: '王一', ...young },
      { name: '王一', phone: '1', ...grown },
    ],
    [{ name: '王一', phone: '1', ...young }],
  ],
  ['what was destroyed says nobody', [{ ...grown }], []],
])('%s', (_, entries, expected) => {
  expect(servedOnce(entries)).toEqual(expected)
})
