// What PostgreSQL really does for a statement: every scan with the rows it touched.
import type pg from 'pg'

type Node = {
  readonly 'Node Type': string
  readonly Schema?: string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly 'Rows Removed by Join Filter'?: number
  readonly Plans?: readonly Node[]
}

/** A step of a plan: what it is over which table or index, and how many rows went through it in all. */
export type Step = { readonly kind: string; readonly over: string; readonly rows: number }

function stepsOf(node: Node): Step[] {
  const removed =
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0)
  const table = node['Relation Name'] === undefined ? '' : `${node.Schema ?? ''}.${node['Relation Name']}`
  const own = {
    kind: node['Node Type'],
    over: [table, node['Index Name']].filter((name) => name).join(' '),
    rows: (node['Actual Rows'] + removed) * node['Actual Loops'],
  }
  return [own, ...(node.Plans ?? []).flatMap(stepsOf)]
}

/** Runs a SELECT and answers the steps of its plan. */
export async function explain(client: pg.Client, text: string, values: readonly unknown[]): Promise<Step[]> {
  const result = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Node }[] }>(
    `EXPLAIN (ANALYZE, VERBOSE, TIMING OFF, FORMAT JSON) ${text}`,
    [...values],
  )
  const plan = result.rows[0]?.['QUERY PLAN'][0]?.Plan
  if (plan === undefined) throw new Error('no plan')
  return stepsOf(plan)
}
