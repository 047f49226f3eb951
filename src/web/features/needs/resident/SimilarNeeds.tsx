// Similar needs while somebody types: to support one is quicker than to raise another.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listSimilarNeeds, supportNeed } from '../../../../loop/needs/contract.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import type { Category } from './raise-draft.ts'
import styles from './raise.module.css'
import { useSignedIn } from './signed.ts'

type Props = {
  readonly text: string
  readonly division: string | undefined
  readonly except: string | undefined
  /** Tells under which categories the similar ones stand, most frequent first. */
  readonly onCategories: (categories: readonly Category[]) => void
}

/** States in which a need can be supported. */
const open: readonly string[] = ['submitted', 'accepted', 'responding']

/** The text as it stood when typing paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 600)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

export function SimilarNeeds({ text, division, except, onCategories }: Props) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const [supported, setSupported] = useState<readonly string[]>([])
  const settled = useSettled(text)
  const { data } = useAsk(
    listSimilarNeeds,
    { body: { text: settled.slice(0, 400), division: division ?? '', ...(except && { except }) } },
    { enabled: division !== undefined && settled.length >= 6, keep: true, staleTime: 60_000 },
  )
  const support = useAct(supportNeed, {
    onDone: ({ id }) => {
      setSupported((before) => [...before, id])
      showToast(t('resident.raise.supported'))
    },
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  const found = settled.length >= 6 && data ? data.rows : []
  // what is closed cannot be supported any more, but shows how it was done
  const rows = [
    ...found.filter(({ state }) => open.includes(state)),
    ...found.filter(({ state }) => !open.includes(state)),
  ].slice(0, 3)
  const categories = [...new Set(rows.map((row) => row.category))].slice(0, 3).join(',')
  // the callback changes with every keystroke, the categories do not
  const tell = useRef(onCategories)
  tell.current = onCategories
  useEffect(() => {
    tell.current(categories === '' ? [] : (categories.split(',') as Category[]))
  }, [categories])
  if (rows.length === 0) return null
  const said = rows.filter(({ state }) => open.includes(state)).reduce((sum, row) => sum + row.supports + 1, 0)
  return (
    <div className={styles.similar} role="region" aria-label={t('resident.raise.similarTitle')}>
      <Card>
        <p className={styles.similarHead}>
          <Icon name="users" />
          {said > 0 ? t('resident.raise.similar', { count: said }) : t('resident.raise.similarBefore')}
        </p>
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <Go to={`/needs/${row.id}`}>
                <b>{row.title}</b>
                <p>
                  {[
                    t('resident.supportCount', { count: row.supports }),
                    t(`states.${row.state}`),
                    row.sameCommunity ? undefined : row.divisionName,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </Go>
              {!open.includes(row.state) ? (
                <Icon name="right" size={20} />
              ) : supported.includes(row.id) ? (
                <Button kind="quiet" small icon="check" disabled>
                  {t('resident.raise.supportedShort')}
                </Button>
              ) : (
                <Button
                  kind="second"
                  small
                  icon="hand"
                  busy={support.pending}
                  label={t('resident.raise.supportThis', { title: row.title ?? '' })}
                  onClick={() => (signedIn ? void support.act({ params: { id: row.id } }) : signIn())}
                >
                  {t('verbs.supportNeed')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}
