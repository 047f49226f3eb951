// The ballot of the signed-in person in this browser, and casting it.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Choice } from '../../../loop/deliberation/contract/ballots.ts'
import { type Problem, problemOf } from '../../app/problem.ts'
import { canVote, voteWith } from './casting.ts'
import { ballotKey, findKept, type KeptBallot } from './kept-ballots.ts'

export type OwnBallot = {
  /** Undefined until the browser's store has answered. */
  readonly kept: KeptBallot | null | undefined
  readonly able: boolean | undefined
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly vote: (choice: Choice) => Promise<void>
}

export function useBallot(vote: { id: string; publicKey: string }, person: string | undefined): OwnBallot {
  const client = useQueryClient()
  const [kept, setKept] = useState<KeptBallot | null>()
  const [able, setAble] = useState<boolean>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const key = person === undefined ? undefined : ballotKey(vote.id, person)
  useEffect(() => {
    let gone = false
    const found = key === undefined ? Promise.resolve(undefined) : findKept(key)
    found.then(
      (ballot) => !gone && setKept(ballot ?? null),
      () => !gone && setKept(null),
    )
    void canVote().then((can) => !gone && setAble(can))
    return () => {
      gone = true
    }
  }, [key])
  return {
    kept,
    able,
    busy,
    problem,
    async vote(choice) {
      if (key === undefined) return
      setBusy(true)
      setProblem(undefined)
      try {
        await voteWith(vote, key, choice)
      } catch (error) {
        setProblem(problemOf(error))
      } finally {
        setKept((await findKept(key).catch(() => undefined)) ?? null)
        setBusy(false)
        await client.invalidateQueries()
      }
    },
  }
}
