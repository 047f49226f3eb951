// The roll of a vote by households: each household with the voter it named, set one by one, until the first ballot is given.
import { Input } from 'antd'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { findRollLine, listRoll, removeRollLine, setRollLine } from '../../../loop/deliberation/contract/rolls.ts'
import { getMotion } from '../../../loop/deliberation/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './deliberation.module.css'
import type { DeskMotion } from './motion-words.tsx'
import { type FoundVoter, VoterField } from './VoterField.tsx'

type Roll = OutputOf<typeof listRoll>
type Line = Roll['rows'][number]

const tones = { none: 'neutral', deposited: 'waiting', issued: 'done', paper: 'done' } as const

/** One household and its voter; the household chosen in the table comes in by itself. */
function LineCard({ motion, line, onDone }: { motion: DeskMotion; line: Line | undefined; onDone: () => void }) {
  const { t } = useTranslation('deliberation')
  const problemText = useProblemText()
  const [household, setHousehold] = useState(line?.household ?? '')
  const [voter, setVoter] = useState<FoundVoter>()
  const { act, pending, problem } = useAct(setRollLine, {
    onDone: ({ line: number }) => {
      showToast(t('roll.saved', { line: number }), 'done')
      onDone()
    },
  })
  return (
    <DeskCard title={t(line ? 'roll.change' : 'roll.add')} pad>
      <div className={styles.rollForm}>
        <label htmlFor="roll-household">{t('fields.household')}</label>
        <Input
          id="roll-household"
          autoComplete="off"
          maxLength={40}
          placeholder={t('roll.householdHint')}
          value={household}
          disabled={line !== undefined}
          onChange={(event) => setHousehold(event.target.value)}
        />
        <VoterField id="roll-voter" value={voter} onChange={setVoter} />
        <p className={styles.hint}>{t(line ? 'roll.changeNote' : 'roll.addNote')}</p>
        {problem && (
          <p className={styles.wrong} role="alert">
            {problem.fields?.[0]?.message ?? problemText(problem)}
          </p>
        )}
        <div className={styles.line}>
          {line && <DeskButton onClick={onDone}>{t('roll.cancel')}</DeskButton>}
          <DeskButton
            kind="primary"
            busy={pending}
            off={household.trim() === '' || (line !== undefined && voter === undefined)}
            onClick={() => void act({ params: { id: motion.id }, body: { household, voter: voter?.id } })}
          >
            {t('roll.save')}
          </DeskButton>
        </div>
      </div>
    </DeskCard>
  )
}

function RollTable({
  motion,
  roll,
  rows,
  onChange,
}: {
  motion: DeskMotion
  roll: Roll
  rows: readonly Line[]
  onChange: (line: Line) => void
}) {
  const { t } = useTranslation('deliberation')
  const [removing, setRemoving] = useState<Line>()
  const remove = useAct(removeRollLine, { onDone: () => setRemoving(undefined) })
  return (
    <>
      <ListTable
        label={t('roll.title')}
        rows={rows}
        rowKey={(row) => String(row.line)}
        columns={[
          { key: 'line', title: t('fields.line'), width: 56, align: 'right', cell: (row) => row.line },
          { key: 'household', title: t('roll.household'), cell: (row) => row.household },
          {
            key: 'voter',
            title: t('fields.voter'),
            cell: (row) =>
              row.maskedName === undefined ? (
                <Tag tone="waiting">{t('roll.noVoter')}</Tag>
              ) : (
                <>
                  {row.maskedName} {row.verified === false && <Tag tone="waiting">{t('roll.unverified')}</Tag>}
                </>
              ),
          },
          {
            key: 'state',
            title: t('roll.ballot'),
            cell: (row) => <Tag tone={tones[row.state]}>{t(`vote.states.${row.state}`)}</Tag>,
          },
          ...(roll.open.ok
            ? [
                {
                  key: 'acts',
                  title: t('roll.acts'),
                  width: 196,
                  cell: (row: Line) => (
                    <span className={styles.acts}>
                      <DeskButton small onClick={() => onChange(row)}>
                        {t(row.voter ? 'roll.change' : 'roll.name')}
                      </DeskButton>
                      <DeskButton small kind="quiet" onClick={() => setRemoving(row)}>
                        {t('roll.remove')}
                      </DeskButton>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      {removing && (
        <ConfirmAct
          title={t('roll.removeAsk', { household: removing.household })}
          what={t('roll.removeWhat')}
          verb={t('roll.remove')}
          danger
          busy={remove.pending}
          problem={remove.problem}
          onConfirm={() => void remove.act({ params: { id: motion.id, line: removing.line } })}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  )
}

function FindBox({ motion, onFound }: { motion: DeskMotion; onFound: (rows: readonly Line[] | undefined) => void }) {
  const { t } = useTranslation('deliberation')
  const [text, setText] = useState('')
  const { act, pending } = useAct(findRollLine, { onDone: ({ rows }) => onFound(rows) })
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) void act({ params: { id: motion.id }, body: { household: text } })
      }}
    >
      <Input
        aria-label={t('roll.find')}
        placeholder={t('roll.findHint')}
        value={text}
        maxLength={40}
        onChange={(event) => {
          setText(event.target.value)
          onFound(undefined)
        }}
      />
      <DeskButton type="submit" icon="search" busy={pending} off={text.trim() === ''}>
        {t('roll.find')}
      </DeskButton>
    </form>
  )
}

const pageSize = 50

function RollDesk({ motion }: { readonly motion: DeskMotion }) {
  const { t } = useTranslation('deliberation')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const [unnamed, setUnnamed] = useState(false)
  const [found, setFound] = useState<readonly Line[]>()
  const [changing, setChanging] = useState<Line>()
  const [round, setRound] = useState(0)
  const { data, error, refetch } = useAsk(listRoll, {
    params: { id: motion.id },
    query: { size: pageSize, cursor: cursors.at(-1), unnamed: unnamed ? 'yes' : undefined },
  })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={10} />
  const rows = found ?? data.rows
  const done = () => {
    setChanging(undefined)
    setFound(undefined)
    setRound(round + 1)
  }
  return (
    <DeskPage
      title={t('roll.title')}
      note={
        <>
          {motion.number} {motion.title}
        </>
      }
      actions={
        <>
          <DeskButton icon="back" to={`/desk/deliberation/${motion.id}`}>
            {t('day.toMotion')}
          </DeskButton>
          {data.open.ok && (
            <DeskButton icon="import" to={`/desk/deliberation/${motion.id}/roll/import`}>
              {t('roll.import')}
            </DeskButton>
          )}
        </>
      }
    >
      <div className={styles.rollDesk}>
        <div className={styles.stack}>
          <DeskCard title={t('roll.state')} pad>
            <p className={styles.sum}>{t('roll.counts', { households: data.households, named: data.named })}</p>
            <p className={styles.hint}>
              {data.lockedAt ? (
                <>
                  {t('roll.lockedAt')} <InstantText instant={data.lockedAt} />
                  {t('roll.lockedNote')}
                </>
              ) : (
                t(data.open.ok ? 'roll.openNote' : 'roll.closedNote')
              )}
            </p>
          </DeskCard>
          {data.open.ok && (
            <LineCard key={`${changing?.line ?? 'new'} ${round}`} motion={motion} line={changing} onDone={done} />
          )}
        </div>
        <DeskCard
          title={t('roll.lines')}
          extra={
            <span className={styles.line}>
              <DeskButton
                small
                pressed={unnamed}
                onClick={() => {
                  setUnnamed(!unnamed)
                  setCursors([])
                }}
              >
                {t('roll.onlyUnnamed')}
              </DeskButton>
              <FindBox motion={motion} onFound={setFound} />
            </span>
          }
        >
          {rows.length === 0 ? (
            <EmptyState
              icon="home"
              title={t(found ? 'roll.notFound' : unnamed ? 'roll.allNamed' : 'roll.none')}
              next={found || unnamed ? undefined : t('roll.noneNext')}
            />
          ) : (
            <RollTable motion={motion} roll={data} rows={rows} onChange={setChanging} />
          )}
          {!found && (cursors.length > 0 || data.next) && (
            <p className={styles.rollMore}>
              <DeskButton off={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
                {t('roll.previous')}
              </DeskButton>{' '}
              <DeskButton
                off={data.next === undefined}
                onClick={() => data.next !== undefined && setCursors([...cursors, data.next])}
              >
                {t('roll.next')}
              </DeskButton>
            </p>
          )}
        </DeskCard>
      </div>
    </DeskPage>
  )
}

export default function RollPage() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getMotion, { params: { id } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return data ? <RollDesk motion={data} /> : <Skeleton rows={12} />
}
