// Asking from components: TanStack Query over the typed client.
import { QueryClient, useQuery } from '@tanstack/react-query'
import type { Endpoint, OutputOf, WireInputOf } from '../../kit/endpoint.ts'
import { call, send } from './client.ts'
import { ProblemError } from './problem.ts'

function worthRetry(failures: number, error: unknown): boolean {
  const status = error instanceof ProblemError ? error.problem.status : 500
  // without a network the page says so at once, and asks again when it is back
  if (!navigator.onLine) return false
  return failures < 2 && (status === 0 || status >= 500)
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: worthRetry,
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

export type AskOptions = {
  readonly enabled?: boolean
  /** Milliseconds during which an answer counts as fresh; 10,000 unless told. */
  readonly staleTime?: number
  /** Keeps the previous answer on screen while the next one (page, filter) is on its way. */
  readonly keep?: boolean
  readonly refetchInterval?: number
}

/** Reads an endpoint. `{ data, isPending, error, refetch, … }` of TanStack Query; `problemOf(error)` gives the problem. */
export function useAsk<E extends Endpoint>(endpoint: E, input: WireInputOf<E>, options: AskOptions = {}) {
  return useQuery<OutputOf<E>>({
    queryKey: [endpoint.name, input],
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    enabled: options.enabled,
    staleTime: options.staleTime,
    refetchInterval: options.refetchInterval,
    placeholderData: options.keep ? (previous) => previous : undefined,
  })
}

/** Reads a plain address under /api for which the web has no contract (the frame's own questions). */
export function useAskPath<Answer>(address: string, options: AskOptions = {}) {
  return useQuery<Answer>({
    queryKey: [address],
    queryFn: ({ signal }) => send<Answer>('GET', address, undefined, { signal }),
    enabled: options.enabled,
    staleTime: options.staleTime,
    refetchInterval: options.refetchInterval,
  })
}
