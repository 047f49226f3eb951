// Paper ballots of a secret vote on the desk: handing one out by name while tokens are given, counting them twice after casting has ended.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { enterVotePaper, getVotePaper, handOutPaper } from '../../../loop/deliberation/contract/paper.ts'
import { getMotion } from '../../../loop/deliberation/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './deliberation.module.css'
import type { DeskMotion } from './motion-words.tsx'
import { PaperCountForm } from './PaperCountForm.tsx'
import { type FoundVoter, VoterField } from './VoterField.tsx'

function HandOut({ vote, households }: { readonly vote: string; readonly households: boolean }) {
  const { t } = useTranslation('deliberation')
  const problemText = useProblemText()
  const [voter, setVoter] = useState<FoundVoter>()
  const [round, setRound] = useState(0)
  const { act, pending, problem } = useAct(handOutPaper, {
    onDone: () => {
      showToast(t('votePaper.given', { voter: voter?.text ?? '' }), 'done')
      setVoter(undefined)
      setRound(round + 1)
    },
  })
  return (
    <>
      <p className={styles.hint}>{t(households ? 'votePaper.handNoteHouseholds' : 'votePaper.handNote')}</p>
      <VoterField key={round} id="paper-voter" value={voter} onChange={setVoter} />
      {problem && (
        <p className={styles.wrong} role="alert">
          {problem.fields?.[0]?.message ?? problemText(problem)}
        </p>
      )}
      <DeskButton
        kind="primary"
        icon="ballot"
        busy={pending}
        off={voter === undefined}
        onClick={() => voter && void act({ params: { id: vote }, body: { voter: voter.id } })}
      >
        {t('votePaper.hand')}
      </DeskButton>
    </>
  )
}

function VotePaper({ motion, vote }: { readonly motion: DeskMotion; readonly vote: NonNullable<DeskMotion['vote']> }) {
  const { t } = useTranslation('deliberation')
  const { data, error, refetch } = useAsk(getVotePaper, { params: { id: vote.id } })
  const { act, pending, problem } = useAct(enterVotePaper, {
    onDone: ({ outcome }) =>
      showToast(
        t(outcome === 'equal' ? 'votePaper.equal' : `paper.${outcome}`),
        outcome === 'unequal' ? 'problem' : 'done',
      ),
  })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const may = (verb: string) => data.actions.find((action) => action.verb === verb)
  const [handing, counting] = [may('handOutPaper'), may('enterVotePaper')]
  const why = (action: typeof handing) =>
    action?.code && t(`refusals.${action.code}`, { ...action.params, defaultValue: '' })
  return (
    <DeskPage
      title={t('votePaper.title')}
      note={
        <>
          {motion.number} {motion.title}
        </>
      }
      actions={
        <DeskButton icon="back" to={`/desk/deliberation/${motion.id}`}>
          {t('day.toMotion')}
        </DeskButton>
      }
    >
      <div className={styles.paperDesk}>
        <DeskCard
          title={t('votePaper.handTitle')}
          extra={<Tag>{t('votePaper.papers', { count: data.papers })}</Tag>}
          pad
        >
          {handing?.ok ? (
            <HandOut vote={data.id} households={vote.form === 'households'} />
          ) : (
            <p className={styles.hint}>{why(handing)}</p>
          )}
        </DeskCard>
        <DeskCard
          title={t('votePaper.countTitle')}
          extra={counting?.ok || data.mine ? <Tag>{t('paper.round', { n: data.attempt })}</Tag> : undefined}
          pad
        >
          {counting?.ok || data.mine ? (
            <PaperCountForm
              attempt={data.attempt}
              entered={data.entered}
              mine={data.mine}
              verb={t('verbs.enterVotePaper')}
              busy={pending}
              problem={problem}
              onEnter={(body) => act({ params: { id: data.id }, body })}
            />
          ) : counting?.code === 'paper-too-early' ? (
            <p className={styles.hint}>
              {t('votePaper.early')} <InstantText instant={data.castUntil} style="weekday" />
            </p>
          ) : (
            <p className={styles.hint}>{why(counting)}</p>
          )}
          <p className={styles.hint}>{t('votePaper.fewNote')}</p>
        </DeskCard>
      </div>
    </DeskPage>
  )
}

export default function VotePaperPage() {
  const { t } = useTranslation('deliberation')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getMotion, { params: { id } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={10} />
  if (!data.vote)
    return (
      <DeskPage title={t('votePaper.title')} note={data.title}>
        <EmptyState icon="ballot" title={t('refusals.no-secret-vote')} />
      </DeskPage>
    )
  return <VotePaper motion={data} vote={data.vote} />
}
