// Needs of the last days that say the same: group by group side by side, one kept, the others merged into it; all by keyboard if one likes.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mergeNeeds } from '../../../../loop/needs/contract/bulk.ts'
import { listAlikeNeeds } from '../../../../loop/needs/contract/helpers.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { currentAssignment, useSession } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { AlikeGroup, type GroupOfAlike, type Merging } from './AlikeGroup.tsx'
import { BulkConflicts } from './BulkConflicts.tsx'
import type { BulkConflict } from './need-bulk.tsx'
import styles from './alike.module.css'

const spans = ['1', '3', '7', '14']

const keyOf = (group: GroupOfAlike) => group.rows.map(({ id }) => id).join()

const focusGroup = (list: HTMLElement | null, index: number) =>
  list?.querySelectorAll<HTMLElement>(':scope > li')[index]?.focus()

/** The groups, and the keys that go from one to the next. */
function Groups({
  groups,
  onMerged,
}: Readonly<{
  groups: readonly GroupOfAlike[]
  onMerged: (conflicts: readonly BulkConflict[]) => void
}>) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const list = useRef<HTMLOListElement>(null)
  const focusAt = useRef<number | undefined>(undefined)
  const { act, pending } = useAct(mergeNeeds, {
    onDone: (answer) => {
      onMerged(answer.conflicts)
      if (answer.done.length > 0) showToast(t('desk.alike.merged', { count: answer.done.length }))
    },
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  // The group that was merged is gone: the keyboard goes on at the one that stands there now.
  useEffect(() => {
    const at = focusAt.current
    if (at === undefined || groups.length === 0) return
    focusAt.current = undefined
    focusGroup(list.current, Math.min(at, groups.length - 1))
  }, [groups])
  const merge = (at: number, { needs, into }: Merging) => {
    focusAt.current = at
    void act({ body: { needs: [...needs], into } })
  }
  const onKey = (event: KeyboardEvent, at: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key !== 'j' && event.key !== 'k') return
    event.preventDefault()
    focusGroup(list.current, Math.min(Math.max(at + (event.key === 'j' ? 1 : -1), 0), groups.length - 1))
  }
  return (
    <ol ref={list} className={styles.groups}>
      {groups.map((group, at) => (
        <AlikeGroup
          key={keyOf(group)}
          group={group}
          place={at + 1}
          busy={pending}
          onMerge={(merging) => merge(at, merging)}
          onKey={(event) => onKey(event, at)}
        />
      ))}
    </ol>
  )
}

export default function AlikePage() {
  const { t } = useTranslation('needs')
  const session = useSession()
  const [query, change] = useAddressQuery()
  const days = spans.find((span) => span === query['days']) ?? '1'
  const { data, error, isPending, refetch } = useAsk(listAlikeNeeds, { query: { days } }, { keep: true })
  const [conflicts, setConflicts] = useState<readonly BulkConflict[]>([])
  return (
    <DeskPage
      title={t('desk.alike.title')}
      note={currentAssignment(session)?.divisionName}
      actions={<DeskButton to="/desk/needs?state=submitted">{t('desk.alike.toList')}</DeskButton>}
    >
      <div className={styles.bar}>
        <div role="group" aria-label={t('desk.alike.span')}>
          {spans.map((span) => (
            <DeskButton key={span} small pressed={span === days} onClick={() => change({ days: span })}>
              {t(`desk.alike.days.${span}`)}
            </DeskButton>
          ))}
        </div>
        <p>{t('desk.alike.what')}</p>
      </div>
      <BulkConflicts conflicts={conflicts} onClose={() => setConflicts([])} />
      {error && !data ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={8} />
      ) : data && data.groups.length > 0 ? (
        <>
          <Groups groups={data.groups} onMerged={setConflicts} />
          {data.capped && <p className={styles.more}>{t('desk.alike.capped')}</p>}
        </>
      ) : (
        <EmptyState icon="check" title={t('desk.alike.none')} next={t('desk.alike.noneNext')} />
      )}
      <p className={styles.keys}>
        <span>
          <kbd>J</kbd>
          <kbd>K</kbd>
          {t('desk.alike.keys.move')}
        </span>
        <span>
          <kbd>1–9</kbd>
          {t('desk.alike.keys.keep')}
        </span>
        <span>
          <kbd>M</kbd>
          {t('desk.alike.keys.merge')}
        </span>
      </p>
    </DeskPage>
  )
}
