// Pages of a list by cursor, for lists that are not a ListPage: forward, back, size, and the count of the first page.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Endpoint, OutputOf } from '../../../kit/endpoint.ts'
import { addressOf, send } from '../../app/client.ts'
import { recall, remember } from '../../ui/desk/list-page.ts'

type Paged = { readonly next?: string; readonly count?: { readonly n: number; readonly capped: boolean } }

/** Reads `endpoint` page by page; another `query` begins at the first page again. `first` is the first page's answer, with its counts. */
export function usePages<E extends Endpoint>(endpoint: E, query: Readonly<Record<string, string | undefined>>) {
  type Answer = OutputOf<E> & Paged
  const [size, setSize] = useState(() => recall<number>(`${endpoint.name}.size`, 20))
  const key = JSON.stringify([query, size])
  const [place, setPlace] = useState<{ readonly key: string; readonly before: readonly string[] }>({ key, before: [] })
  const before = place.key === key ? place.before : []
  const address = addressOf(endpoint.path, { query: { ...query, size, cursor: before.at(-1) } })
  const answer = useQuery<Answer>({
    queryKey: [endpoint.name, address],
    queryFn: ({ signal }) => send<Answer>('GET', address, undefined, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  const kept = useRef<{ readonly key: string; readonly first: Answer } | undefined>(undefined)
  if (answer.data && before.length === 0 && !answer.isPlaceholderData) kept.current = { key, first: answer.data }
  const next = answer.data?.next
  return {
    ...answer,
    address,
    first: kept.current?.key === key ? kept.current.first : answer.data,
    size,
    at: before.length * size,
    hasNext: next !== undefined,
    forward: () => next !== undefined && setPlace({ key, before: [...before, next] }),
    back: () => setPlace({ key, before: before.slice(0, -1) }),
    resize: (value: number) => {
      remember(`${endpoint.name}.size`, value)
      setSize(value)
    },
  }
}
