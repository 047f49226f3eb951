// An act of several steps that may need the second factor: asks for the code where the server says so, and goes on.
import { type ReactNode, useState } from 'react'
import { type Problem, problemOf } from '../../app/problem.ts'
import { confirmSecondFactor } from '../../app/session.ts'
import { SecondFactorDialog } from '../../ui/desk/SecondFactorDialog.tsx'

export type Factored = {
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly perform: (run: () => Promise<void>) => void
  /** The question for the code, while it is asked; shown instead of what asked. */
  readonly asking: ReactNode
}

export function useFactored(what: string): Factored {
  const [waiting, setWaiting] = useState<{ readonly run: () => Promise<void> }>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const go = async (run: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await run()
      setWaiting(undefined)
    } catch (error) {
      const faulty = problemOf(error)
      if (faulty.code === 'second-factor-needed') setWaiting({ run })
      else {
        setWaiting(undefined)
        setProblem(faulty)
      }
    }
    setBusy(false)
  }
  const confirm = async (code: string, run: () => Promise<void>) => {
    setBusy(true)
    try {
      await confirmSecondFactor(code)
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
      return
    }
    await go(run)
  }
  return {
    busy,
    problem,
    perform: (run) => void go(run),
    asking: waiting && (
      <SecondFactorDialog
        what={what}
        busy={busy}
        problem={problem}
        onCode={(code) => void confirm(code, waiting.run)}
        onClose={() => setWaiting(undefined)}
      />
    ),
  }
}
