// Reading the tree and ending a division.
import { action, question } from '../../platform/action.ts'
import { joinId, jurisdictionOf } from '../../kit/id.ts'
import { absent, allow } from '../../kit/ruling.ts'
import * as contract from './contract.ts'
import { allDivisions, childrenOf, type DivisionNode, findDivision, fullDivisionName } from './public.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

function viewOf(node: DivisionNode): contract.DivisionRow {
  return {
    code: node.code,
    name: node.name,
    level: node.level,
    parent: node.parent,
    fullName: fullDivisionName(node.code),
    validTo: node.validTo,
    successors: [...node.successors],
  }
}

/** How well a division answers a search: 0 not at all; names before pinyin, whole before part. */
function match(node: DivisionNode, search: string): number {
  if (node.name === search) return 6
  if (node.name.startsWith(search)) return 5
  const text = search.toLowerCase().replaceAll(' ', '')
  const [full = '', initials = ''] = node.pinyin.split(' ')
  if (initials === text) return 4
  if (full.startsWith(text)) return 3
  if (node.name.includes(search)) return 2
  return initials.startsWith(text) ? 1 : 0
}

export const listDivisions = question(contract.listDivisions, async (_ask, { query }) => {
  const { under, search, level, size } = query
  if (search === undefined) {
    return allow({
      rows: childrenOf(under ?? null)
        .filter((node) => level === undefined || node.level === level)
        .slice(0, size)
        .map(viewOf),
    })
  }
  const found: { node: DivisionNode; score: number }[] = []
  for (const node of allDivisions()) {
    if (under !== undefined && !node.code.startsWith(under)) continue
    if (level !== undefined && node.level !== level) continue
    const score = match(node, search)
    if (score > 0) found.push({ node, score })
  }
  found.sort((a, b) => b.score - a.score || a.node.level - b.node.level || (a.node.code < b.node.code ? -1 : 1))
  return allow({ rows: found.slice(0, size).map(({ node }) => viewOf(node)) })
})

export const getDivision = question(contract.getDivision, async (_ask, { params }) => {
  const node = findDivision(params.code)
  if (node === undefined) return absent()
  const ancestors = [2, 4, 6, 9, 12]
    .filter((length) => length < params.code.length)
    .flatMap((length) => findDivision(params.code.slice(0, length)) ?? [])
  return allow({ division: viewOf(node), ancestors: ancestors.map(viewOf) })
})

export const succeedDivision = action(contract.succeedDivision, async (act, { params, body }) => {
  const row = await store.findDivisionForUpdate(act.tx, params.code)
  if (row === undefined) return absent()
  const successor = findDivision(body.successor)
  const ruling = await act.judge({ reach: { division: params.code } }, () =>
    rules.succeedDivision({ code: row.code, level: row.level, validTo: row.valid_to }, successor, body.since),
  )
  if (!ruling.ok) return ruling
  await store.saveSuccession(act.tx, params.code, body.successor, body.since)
  const jurisdiction = jurisdictionOf(params.code)
  act.record({
    name: 'divisions.succeedDivision',
    of: { kind: 'division', id: joinId(jurisdiction, params.code) },
    division: params.code,
    data: { code: params.code, successor: body.successor, since: body.since },
  })
  return allow({ code: params.code, successor: body.successor })
})
