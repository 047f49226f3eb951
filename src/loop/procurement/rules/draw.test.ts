// The draw as anybody repeats it with an SM3 tool and no line of ours: what is hashed, and in which order the tickets stand.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { drawOrder, listHash, seedOf } from './draw.ts'

const sm3 = (text: string) => createHash('sm3').update(text, 'utf8').digest('hex')
const list = ['anna', 'bo', 'chen', 'dai', 'eli', 'fang', 'gao', 'he']

test('the seed is the hash of the secret, the sorted hashes of the bids and the hash of the list, a line each', () => {
  expect(listHash(['anna', 'bo'], sm3)).toBe(sm3('anna\nbo'))
  expect(seedOf({ secret: 's', bidHashes: ['h2', 'h1'], list: ['anna', 'bo'] }, sm3)).toBe(
    sm3(`s\nh1\nh2\n${sm3('anna\nbo')}`),
  )
})

test('a candidate’s ticket is the hash of the seed and the candidate; the lowest tickets win', () => {
  const tickets = new Map(list.map((candidate) => [sm3(`seed\n${candidate}`), candidate]))
  const expected = [...tickets.keys()].sort().map((ticket) => tickets.get(ticket))
  expect(drawOrder(list, 'seed', sm3)).toEqual(expected)
  expect(drawOrder(list.toReversed(), 'seed', sm3)).toEqual(expected)
  expect(drawOrder(list, 'another', sm3)).not.toEqual(expected)
})
