// The category that the text sounds like, chosen until its writer chooses another: a tap less, and always open to change.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { proposeCategory } from '../../../../loop/needs/contract/helpers.ts'
import { useAsk } from '../../../app/ask.ts'

type Category = NonNullable<OutputOf<typeof proposeCategory>['proposal']>['category']

/** Below this length a text says too little. */
const leastText = 6
const pause = 600

type Draft = {
  readonly text: string
  /** The community; without one nothing is asked. */
  readonly division: string | undefined
  readonly category: Category | undefined
}

/** Keeps the category in step with the text as long as nobody chose one; answers the sentence that says so beside it. */
export function useCategoryProposal(
  { text, division, category }: Draft,
  onPropose: (category: Category | undefined) => void,
): string | undefined {
  const { t } = useTranslation('needs')
  const [guess, setGuess] = useState<Category>()
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  const free = category === undefined || category === guess
  const enough = settled.length >= leastText
  const { data } = useAsk(
    proposeCategory,
    { body: { text: settled.slice(0, 2000), division: division ?? '' } },
    { enabled: free && enough && division !== undefined, keep: true, staleTime: 600_000 },
  )
  const proposal = enough ? data?.proposal : undefined
  const answered = data !== undefined || !enough
  // the callback changes with every keystroke, the proposal does not
  const tell = useRef(onPropose)
  tell.current = onPropose
  const proposed = proposal?.category
  useEffect(() => {
    if (!free || !answered || proposed === category) return
    setGuess(proposed)
    tell.current(proposed)
  }, [free, answered, proposed, category])
  return proposal !== undefined && category === guess && category === proposed
    ? t(`resident.raise.proposed.${proposal.confidence}`)
    : undefined
}
