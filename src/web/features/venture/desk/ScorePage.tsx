// A panelist's sheets: each proposal with the call's criteria, whole points 0 to 100, handed in once each.
import { InputNumber, Input } from 'antd'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { getCall } from '../../../../loop/venture/contract.ts'
import { leaveVenturePanel, scoreProposal } from '../../../../loop/venture/contract/judging.ts'
import { listProposals } from '../../../../loop/venture/contract/proposals.ts'
import { useAct } from '../../../app/act.ts'
import { useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { ConfirmAct } from '../../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import styles from './desk-venture.module.css'

type Call = OutputOf<typeof getCall>
type Row = OutputOf<typeof listProposals>['rows'][number]

function Sheet({ call, proposal }: { readonly call: Call; readonly proposal: Row }) {
  const { t } = useTranslation('venture')
  const given = call.mySheets.find((sheet) => sheet.proposal === proposal.id)
  const [points, setPoints] = useState<readonly (number | undefined)[]>(call.criteria.map(() => undefined))
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const { act, pending, problem, reset } = useAct(scoreProposal, { onDone: () => setAsked(false) })
  const shown = given?.points ?? points
  const total = call.criteria.reduce((sum, each, index) => sum + (each.weight * (shown[index] ?? 0)) / 100, 0)
  const whole = shown.flatMap((each) => each ?? [])
  return (
    <DeskCard
      title={
        <Go to={`/desk/venture/proposals/${proposal.id}`}>
          {proposal.number} {proposal.title}
        </Go>
      }
      extra={
        given ? (
          <Tag tone="done" icon="check">
            {t('score.done')}
          </Tag>
        ) : (
          <MoneyText amount={proposal.asked} unit />
        )
      }
      pad
    >
      <p className={styles.by}>{proposal.organizationName}</p>
      <table className={styles.sheet}>
        <thead>
          <tr>
            <th scope="col">{t('fields.criteria')}</th>
            <th scope="col">{t('fields.weight')}</th>
            <th scope="col">{t('fields.points')}</th>
          </tr>
        </thead>
        <tbody>
          {call.criteria.map((each, index) => (
            <tr key={each.name}>
              <td>{each.name}</td>
              <td>{each.weight}</td>
              <td>
                {given ? (
                  given.points[index]
                ) : (
                  <InputNumber
                    aria-label={t('score.of', { criterion: each.name, project: proposal.title })}
                    min={0}
                    max={100}
                    precision={0}
                    controls={false}
                    value={points[index]}
                    onChange={(value) =>
                      setPoints(points.map((old, at) => (at === index ? (value ?? undefined) : old)))
                    }
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('score.total')}</th>
            <td />
            <td>{total.toFixed(2)}</td>
          </tr>
        </tfoot>
      </table>
      {given ? (
        given.note && <p className={styles.by}>{given.note}</p>
      ) : (
        <div className={styles.hand}>
          <label htmlFor={`note-${proposal.id}`}>
            {t('score.remark')}
            <Input
              id={`note-${proposal.id}`}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </label>
          <DeskButton
            kind="primary"
            icon="check"
            off={whole.length < call.criteria.length}
            onClick={() => setAsked(true)}
          >
            {t('score.hand')}
          </DeskButton>
        </div>
      )}
      {asked && (
        <ConfirmAct
          title={t('score.ask')}
          what={t('score.final', { project: proposal.title, total: total.toFixed(2) })}
          verb={t('score.hand')}
          busy={pending}
          problem={problem}
          onConfirm={() =>
            void act({
              params: { id: proposal.id },
              body: { points: whole, ...(note.trim() === '' ? {} : { note: note.trim() }) },
            })
          }
          onClose={() => {
            reset()
            setAsked(false)
          }}
        />
      )}
    </DeskCard>
  )
}

export default function ScorePage() {
  const { t } = useTranslation('venture')
  const go = useGo()
  const { id = '' } = useParams({ strict: false })
  const call = useAsk(getCall, { params: { id } })
  const list = useAsk(listProposals, { params: { id }, query: { size: 100, state: 'voted' } })
  const [leaving, setLeaving] = useState(false)
  const { act, pending, problem } = useAct(leaveVenturePanel, { onDone: () => go('/desk/venture/panels') })
  const error = call.error ?? list.error
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void call.refetch()} />
  if (!call.data || !list.data) return <Skeleton rows={10} />
  if (!call.data.onPanel || call.data.state !== 'panel')
    return (
      <DeskPage title={t('verbs.scoreProposal')}>
        <DeskCard>
          <EmptyState icon="scale" title={t('score.closed')} next={t('score.closedNext')} />
        </DeskCard>
      </DeskPage>
    )
  return (
    <DeskPage
      title={t('verbs.scoreProposal')}
      note={t('score.note', { done: call.data.mySheets.length, of: list.data.rows.length })}
      actions={
        call.data.mySheets.length === 0 && (
          <DeskButton icon="logout" onClick={() => setLeaving(true)}>
            {t('verbs.leaveVenturePanel')}
          </DeskButton>
        )
      }
    >
      <div className={styles.sheets}>
        {list.data.rows.map((proposal) =>
          call.data ? <Sheet key={proposal.id} call={call.data} proposal={proposal} /> : null,
        )}
      </div>
      {leaving && (
        <ConfirmAct
          title={t('score.leave')}
          what={t('score.leaveNext')}
          verb={t('verbs.leaveVenturePanel')}
          danger
          busy={pending}
          problem={problem}
          onConfirm={() => void act({ params: { id } })}
          onClose={() => setLeaving(false)}
        />
      )}
    </DeskPage>
  )
}
