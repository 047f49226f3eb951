// Asking and acting from components: TanStack Query over the typed client.
import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Endpoint, OutputOf, WireInputOf } from '../../kit/endpoint.ts'
import { call, send } from './client.ts'
import { type Problem, ProblemError, problemOf } from './problem.ts'

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

export type Act<Input, Output> = {
  /** Does it; answers undefined when refused (then `problem` says why). The same input again after a lost answer repeats the same act. */
  readonly act: (input: Input, more?: { readonly ifMatch?: string }) => Promise<Output | undefined>
  readonly pending: boolean
  readonly problem: Problem | undefined
  readonly reset: () => void
}

export type ActOptions<Output> = {
  readonly onDone?: (answer: Output) => void
  readonly onProblem?: (problem: Problem) => void
}

/** Writes through an endpoint, then refreshes everything on screen: what one act changes is rarely one list only. */
export function useAct<E extends Endpoint>(
  endpoint: E,
  options: ActOptions<OutputOf<E>> = {},
): Act<WireInputOf<E>, OutputOf<E>> {
  const client = useQueryClient()
  const attempt = useRef<{ said: string; key: string } | undefined>(undefined)
  const mutation = useMutation<OutputOf<E>, unknown, { input: WireInputOf<E>; ifMatch?: string }>({
    mutationFn: ({ input, ifMatch }) => {
      const said = JSON.stringify(input)
      if (attempt.current?.said !== said) attempt.current = { said, key: crypto.randomUUID() }
      return call(endpoint, input, { ifMatch, idempotencyKey: attempt.current.key })
    },
  })
  return {
    pending: mutation.isPending,
    problem: mutation.error ? problemOf(mutation.error) : undefined,
    reset: mutation.reset,
    act: async (input, more) => {
      try {
        const answer = await mutation.mutateAsync({ input, ifMatch: more?.ifMatch })
        attempt.current = undefined
        await client.invalidateQueries()
        options.onDone?.(answer)
        return answer
      } catch (error) {
        const problem = problemOf(error)
        // a lost answer keeps its key, so that doing it again cannot do it twice; a refused attempt starts anew
        if (problem.status !== 0 && problem.status < 500) attempt.current = undefined
        options.onProblem?.(problem)
        return undefined
      }
    },
  }
}
