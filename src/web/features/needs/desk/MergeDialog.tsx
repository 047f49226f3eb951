// Merging a need into a similar one of the same community: the likely ones first, any other by number or title.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDeskNeeds, listSimilarNeeds } from '../../../../loop/needs/contract.ts'
import { mergeNeed } from '../../../../loop/needs/contract/desk.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../../ui/desk/DeskDialog.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import styles from './desk-needs.module.css'
import { type DeskNeed, type DeskNeedRow, NeedStateTag } from './need-words.tsx'

type Row = Pick<DeskNeedRow, 'id' | 'number' | 'title' | 'state' | 'supports'>

/** One candidate with the button that merges into it. */
export function Candidate({
  row,
  busy,
  onMerge,
}: {
  readonly row: Row
  readonly busy: boolean
  readonly onMerge?: () => void
}) {
  const { t } = useTranslation('needs')
  return (
    <li className={styles.candidate}>
      <div>
        <b>
          <small>{row.number}</small> {row.title}
        </b>
        <span>
          <NeedStateTag state={row.state} /> {t('desk.supports', { count: row.supports })}
        </span>
      </div>
      {onMerge && (
        <DeskButton small busy={busy} onClick={onMerge}>
          {t('desk.mergeHere')}
        </DeskButton>
      )}
    </li>
  )
}

/** Merges `need`; the caller decides what follows. */
export function useMerge(need: DeskNeed, onDone: () => void) {
  const { t } = useTranslation('needs')
  const { act, pending, problem } = useAct(mergeNeed, {
    onDone: () => {
      showToast(t('desk.merged'))
      onDone()
    },
  })
  const merge = (into: string) =>
    void act({ params: { id: need.id }, body: { into } }, { ifMatch: String(need.version) })
  return { merge, pending, problem }
}

export function MergeDialog({ need, onClose }: { readonly need: DeskNeed; readonly onClose: () => void }) {
  const { t } = useTranslation(['needs', 'frame'])
  const problemText = useProblemText()
  const [search, setSearch] = useState('')
  const { merge, pending, problem } = useMerge(need, onClose)
  const similar = useAsk(
    listSimilarNeeds,
    { body: { text: (need.text ?? need.title ?? '').slice(0, 400), division: need.division, except: need.id } },
    { enabled: (need.text ?? '').length > 1 },
  )
  const found = useAsk(
    listDeskNeeds,
    { query: { q: search, division: need.division, size: 10 } },
    { enabled: search.trim().length > 1, keep: true },
  )
  const rows: readonly Row[] = (
    search.trim().length > 1 ? (found.data?.rows ?? []) : (similar.data?.rows ?? []).filter((row) => row.sameCommunity)
  ).filter((row) => row.id !== need.id)
  return (
    <DeskDialog
      title={t('desk.mergeTitle', { number: need.number })}
      wide
      onClose={onClose}
      foot={<DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>}
    >
      <p className={styles.ask}>{t('desk.mergeWhat')}</p>
      <Input
        aria-label={t('desk.mergeSearch')}
        placeholder={t('desk.mergeSearch')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul className={styles.candidates}>
        {rows.map((row) => (
          <Candidate key={row.id} row={row} busy={pending} onMerge={() => merge(row.id)} />
        ))}
        {rows.length === 0 && <li className={styles.nothing}>{t('desk.noSimilar')}</li>}
      </ul>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}
