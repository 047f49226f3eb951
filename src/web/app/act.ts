// Acting from components: apart from asking, since the first page a resident opens only reads.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Endpoint, OutputOf, WireInputOf } from '../../kit/endpoint.ts'
import { call } from './client.ts'
import { type Problem, problemOf } from './problem.ts'

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
