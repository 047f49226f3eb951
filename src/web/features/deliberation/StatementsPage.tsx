// All statements on a motion for those who keep order there: many are chosen and taken off at once, with a reason and a sentence.
import { Input } from 'antd'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { getMotion, sides } from '../../../loop/deliberation/contract.ts'
import { listStatements, removalReasons, removeStatements } from '../../../loop/deliberation/contract/statements.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { useMay } from '../../app/session.ts'
import { ChoiceField } from '../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import type { BulkAct, Column, Filter } from '../../ui/desk/list-page.ts'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './deliberation.module.css'

type Row = OutputOf<typeof listStatements>['rows'][number]
type Reason = (typeof removalReasons)[number]

const isReason = (text: string | undefined): text is Reason => removalReasons.some((reason) => reason === text)

function RemoveDialog({
  motion,
  rows,
  onClose,
  onDone,
}: {
  readonly motion: string
  readonly rows: readonly Row[]
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const { t } = useTranslation(['deliberation', 'frame'])
  const problemText = useProblemText()
  const [reason, setReason] = useState<string>()
  const [words, setWords] = useState('')
  const { act, pending, problem } = useAct(removeStatements, {
    onDone: ({ removed, already }) => {
      showToast(t(already > 0 ? 'desk.removedSome' : 'desk.removedAll', { count: removed, already }))
      onDone()
    },
  })
  const ready = isReason(reason) && words.trim().length >= 4
  const submit = () =>
    isReason(reason) &&
    void act({
      params: { id: motion },
      body: { statements: rows.map((row) => row.id), reason, words: words.trim() },
    })
  return (
    <DeskDialog
      title={t('desk.removeMany', { count: rows.length })}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="danger" busy={pending} off={!ready} onClick={submit}>
            {t('verbs.removeStatements')}
          </DeskButton>
        </>
      }
    >
      <ul className={styles.chosen}>
        {rows.map((row) => (
          <li key={row.id} data-quote>
            “{row.words}”
          </li>
        ))}
      </ul>
      <div className={styles.why}>
        {t('fields.reason')}
        <ChoiceField
          label={t('fields.reason')}
          value={reason}
          onChange={setReason}
          choices={removalReasons.map((value) => ({ value, label: t(`removalReasons.${value}`) }))}
        />
      </div>
      <label className={styles.why} htmlFor="remove-words">
        {t('desk.removeWords')}
        <Input.TextArea
          id="remove-words"
          rows={2}
          maxLength={200}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <p className={styles.told}>{t('desk.removeTold')}</p>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}

export default function StatementsPage() {
  const { t } = useTranslation(['deliberation', 'frame'])
  const { id = '' } = useParams({ strict: false })
  const mayModerate = useMay('deliberation.moderate')
  const motion = useAsk(getMotion, { params: { id } })
  const [removing, setRemoving] = useState<readonly Row[]>()
  // A new list forgets what was chosen in the old one.
  const [round, setRound] = useState(0)
  const columns: readonly Column<Row>[] = [
    {
      key: 'words',
      title: t('fields.statements'),
      main: true,
      cell: (row) =>
        row.removed ? (
          <span className={styles.gone} title={row.removedWords}>
            {t('desk.removed', { reason: t(`removalReasons.${row.removed}`) })} {row.removedWords}
          </span>
        ) : (
          <span data-quote title={row.words}>
            {row.words}
          </span>
        ),
    },
    {
      key: 'side',
      title: t('fields.side'),
      width: 84,
      cell: (row) => <Tag tone={row.side === 'for' ? 'progress' : 'waiting'}>{t(`sides.${row.side}`)}</Tag>,
    },
    {
      key: 'opinions',
      title: t('fields.opinion'),
      width: 250,
      cell: (row) => t('desk.opinions', { agrees: row.agrees, disagrees: row.disagrees, passes: row.passes }),
    },
    {
      key: 'at',
      title: t('desk.saidAt'),
      width: 120,
      cell: (row) => <InstantText instant={row.at} style="compact" />,
    },
  ]
  const filters: readonly Filter[] = [
    {
      name: 'side',
      label: t('fields.side'),
      kind: 'choice',
      options: sides.map((value) => ({ value, label: t(`sides.${value}`) })),
    },
    {
      name: 'removed',
      label: t('desk.standing'),
      kind: 'choice',
      options: (['no', 'yes'] as const).map((value) => ({ value, label: t(`desk.removedIs.${value}`) })),
    },
  ]
  const bulk: readonly BulkAct<Row>[] = mayModerate
    ? [
        {
          key: 'remove',
          label: t('verbs.removeStatements'),
          icon: 'trash',
          off: (rows) => (rows.every((row) => row.removed) ? t('desk.goneAlready') : undefined),
          confirm: (rows) => setRemoving(rows.filter((row) => !row.removed)),
          // All together by the dialog, never one by one.
          run: async () => {},
        },
      ]
    : []
  return (
    <>
      <ListPage<Row>
        key={round}
        title={t('desk.statementsTitle')}
        note={motion.data && `${motion.data.number} ${motion.data.title}`}
        endpoint={listStatements}
        params={{ id }}
        columns={columns}
        filters={filters}
        views={[
          { key: 'all', label: t('desk.all'), filters: {} },
          { key: 'standing', label: t('desk.removedIs.no'), filters: { removed: 'no' } },
          { key: 'removed', label: t('desk.removedIs.yes'), filters: { removed: 'yes' } },
        ]}
        sorts={[
          { value: 'newest', label: t('desk.newest') },
          { value: 'agrees', label: t('desk.mostAgreed') },
        ]}
        rowKey={(row) => row.id}
        bulk={bulk}
        primary={
          <DeskButton icon="back" to={`/desk/deliberation/${id}`}>
            {t('day.toMotion')}
          </DeskButton>
        }
        empty={{ title: t('desk.noStatements'), next: t('desk.noStatementsNext') }}
      />
      {removing && (
        <RemoveDialog
          motion={id}
          rows={removing}
          onClose={() => setRemoving(undefined)}
          onDone={() => {
            setRemoving(undefined)
            setRound(round + 1)
          }}
        />
      )}
    </>
  )
}
