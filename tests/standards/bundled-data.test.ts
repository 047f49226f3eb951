// Tests that the bundled data is whole: every division with its ancestors, every county on the map, every class of need.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import { describe, expect, it } from 'vitest'

const data = join(import.meta.dirname, '../../data')
const table = (file: string) =>
  readFileSync(join(data, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))

describe('the divisions of Jiangsu', () => {
  const [header, ...rows] = table('divisions/jiangsu.csv')

  it('are 1 province, 13 cities, 104 counties, 1,487 townships and 21,958 communities', () => {
    expect(header).toEqual(['code', 'name', 'level', 'parent', 'pinyin', 'kind'])
    const levels = ['1', '2', '3', '4', '5'].map((level) => rows.filter((row) => row[2] === level).length)
    expect(levels).toEqual([1, 13, 104, 1487, 21_958])
    expect(new Set(rows.map((row) => row[0])).size).toBe(23_563)
  })

  it('each hang on a parent that is a prefix of their code and stands before them', () => {
    const seen = new Set<string | undefined>([''])
    for (const [code = '', , , parent = ''] of rows) {
      expect(code.startsWith(parent) && seen.has(parent)).toBe(true)
      seen.add(code)
    }
  })

  it('are found by pinyin as the places say their names', () => {
    const pinyin = new Map(rows.map((row) => [row[1], row[4]]))
    expect(pinyin.get('姑苏区')).toBe('gusuqu gsq')
    expect(pinyin.get('六合区')).toBe('luhequ lhq')
    expect(pinyin.get('盐都区')).toBe('yanduqu ydq')
    expect(pinyin.get('溱潼镇')).toBe('qintongzhen qtz')
    expect(pinyin.get('盱眙县')).toBe('xuyixian xyx')
    expect(pinyin.get('甪直镇')).toBe('luzhizhen lzz')
    expect(pinyin.get('栟茶镇')).toBe('benchazhen bcz')
    expect(rows.filter((row) => !/^[a-z0-9]+ [a-z0-9]+$/.test(row[4] ?? ''))).toEqual([])
  })
})

describe('the maps', () => {
  it.each([
    ['cities', 13, ['city']],
    ['counties', 95, ['county']],
  ])('of %s show all %s under their codes and stay light', (level, count, kinds) => {
    const path = join(data, `geo/jiangsu-${level}.topo.json`)
    expect(statSync(path).size).toBeLessThanOrEqual(60_000)
    const topology: Topology = JSON.parse(readFileSync(path, 'utf8'))
    const object = topology.objects['divisions']
    if (object?.type !== 'GeometryCollection') throw new Error('no collection of divisions')
    const shown = feature(topology, object).features.map(
      ({ properties }) => `${properties?.['code']} ${properties?.['name']}`,
    )
    expect(shown).toHaveLength(count)
    const expected = table('divisions/jiangsu.csv')
      .filter((row) => kinds.includes(row[5] ?? ''))
      .map((row) => `${row[0]} ${row[1]}`)
    expect(shown.toSorted()).toEqual(expected.toSorted())
  })
})

describe('the classes of needs', () => {
  it('are 20 with their parts', () => {
    const [, ...rows] = table('taxonomy.csv')
    const codes = new Set(rows.map((row) => row[0]))
    expect(rows.every((row) => row[1] === '' || codes.has(row[1]))).toBe(true)
    expect(rows.filter((row) => row[1] === '')).toHaveLength(20)
  })
})
