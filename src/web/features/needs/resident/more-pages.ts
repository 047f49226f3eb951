// Lists that grow page by page under "more".
import { useState } from 'react'
import { useAskPath } from '../../../app/ask.ts'
import { send } from '../../../app/client.ts'
import { type Problem, problemOf } from '../../../app/problem.ts'

type PageAnswer<Row> = { readonly rows: readonly Row[]; readonly next?: string }
/** Pages after the first, of the list at `address`. */
type Later<Row> = { readonly address: string; readonly rows: readonly Row[]; readonly next?: string }

export type Grown<Row> = {
  /** Undefined until the first page is there. */
  readonly rows: readonly Row[] | undefined
  readonly problem: Problem | undefined
  readonly more: (() => void) | undefined
  readonly busy: boolean
  readonly retry: () => void
}

/** All pages read so far of a list under /api; `address` with its filters, without cursor. */
export function useGrown<Row>(address: string, enabled = true): Grown<Row> {
  const first = useAskPath<PageAnswer<Row>>(address, { enabled })
  const [later, setLater] = useState<Later<Row>>()
  const [state, setState] = useState<{ readonly busy: boolean; readonly problem?: Problem }>({ busy: false })
  const mine = later?.address === address ? later : undefined
  const next = mine ? mine.next : first.data?.next
  const grow = async (cursor: string) => {
    setState({ busy: true })
    try {
      const page = await send<PageAnswer<Row>>(
        'GET',
        `${address}${address.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`,
      )
      setLater({ address, rows: [...(mine?.rows ?? []), ...page.rows], next: page.next })
      setState({ busy: false })
    } catch (error) {
      setState({ busy: false, problem: problemOf(error) })
    }
  }
  return {
    rows: first.data && [...first.data.rows, ...(mine?.rows ?? [])],
    problem: first.error ? problemOf(first.error) : state.problem,
    more: next === undefined ? undefined : () => void grow(next),
    busy: state.busy,
    retry: () => {
      setState({ busy: false })
      void first.refetch()
    },
  }
}
