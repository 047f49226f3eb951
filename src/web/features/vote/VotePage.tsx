// A secret vote as a resident sees it: question, rules, both sides, one's own ballot, the receipt; afterwards the numbers and the check.
import { useEffect, useRef, useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type Choice, getVote } from '../../../loop/deliberation/contract/ballots.ts'
import { getMotion } from '../../../loop/deliberation/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Clauses } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ShareButton } from '../needs/resident/ShareButton.tsx'
import { useSignedIn } from '../needs/resident/signed.ts'
import { Statements } from '../square/Statements.tsx'
import { Ballot } from './Ballot.tsx'
import { CheckCard } from './CheckCard.tsx'
import { Promises, Receipt } from './Receipt.tsx'
import { daysLeft } from './days-left.ts'
import { HouseholdCard } from './HouseholdCard.tsx'
import { useBallot } from './use-ballot.ts'
import styles from './vote.module.css'
import { VoteRules } from './VoteRules.tsx'

export type VoteView = OutputOf<typeof getVote>

function Deadline({ vote }: { readonly vote: VoteView }) {
  const { t } = useTranslation(['vote', 'deliberation'])
  const { phase } = vote
  const until = phase === 'issuing' ? vote.issueUntil : vote.castUntil
  return (
    <p className={styles.top}>
      <Tag round tone={phase === 'issuing' || phase === 'casting' ? 'waiting' : 'neutral'} icon="clock">
        {phase === 'issuing' || phase === 'casting'
          ? t('vote:left', { count: daysLeft(until) })
          : t(vote.result ? `deliberation:states.${vote.result}` : `vote:phases.${phase}`)}
      </Tag>
      {(phase === 'issuing' || phase === 'casting') && (
        <span>
          <InstantText instant={until} style="weekday" /> {t(phase === 'issuing' ? 'vote:ends' : 'vote:castEnds')}
        </span>
      )}
    </p>
  )
}

function Vote({ vote }: { readonly vote: VoteView }) {
  const { t } = useTranslation(['vote', 'square', 'deliberation'])
  const { person } = useSession()
  const { signedIn, signIn } = useSignedIn()
  const motion = useAsk(getMotion, { params: { id: vote.motion } })
  const own = useBallot(vote, person?.id)
  const [choice, setChoice] = useState<Choice>()
  const { kept } = own
  const receipt = useRef<HTMLDivElement>(null)
  const [cast, setCast] = useState(false)
  // the button that cast the ballot is gone: who reads or types goes on at the receipt, not at the top of the page
  useEffect(() => {
    if (cast) receipt.current?.focus()
  }, [cast])
  const running = vote.phase === 'issuing' || vote.phase === 'casting'
  const onPaper = vote.mine?.state === 'paper'
  const asking = vote.actions.find((action) => action.verb === 'issueBallot')
  const here = kept !== undefined && kept !== null
  // A token that was given out to another browser cannot be used here.
  const elsewhere = vote.mine?.state === 'issued' && kept === null
  const open =
    running && signedIn && kept?.stage !== 'cast' && !elsewhere && (asking?.ok === true || kept?.stage === 'ready')
  const bound = kept?.proof === undefined ? undefined : kept.choice
  const chosen = bound ?? choice
  const dock =
    !running || onPaper ? undefined : !signedIn ? (
      <Button kind="primary" icon="ballot" onClick={signIn}>
        {t('vote:signIn')}
      </Button>
    ) : open && own.able ? (
      <Button
        kind="primary"
        busy={own.busy}
        disabled={chosen === undefined}
        onClick={() => chosen && void own.vote(chosen).then(() => setCast(true))}
      >
        {t(bound ? 'vote:again' : 'vote:cast')}
      </Button>
    ) : undefined
  return (
    <Page
      title={t('vote:pageTitle')}
      back={`/motions/${vote.motion}`}
      tool={<ShareButton title={vote.question} />}
      dock={dock}
      dockNote={
        dock && (
          <>
            <Icon name="lock" size={18} />
            {chosen && signedIn
              ? t('vote:chosen', { choice: t(`deliberation:choices.${chosen}`) })
              : t(signedIn ? 'vote:chooseFirst' : 'vote:secretNote')}
          </>
        )
      }
      band={
        <div className={styles.band}>
          <Deadline vote={vote} />
          <h2>
            <Clauses text={vote.question} />
          </h2>
          {motion.data && <p className={styles.text}>{motion.data.text}</p>}
          <Go to={`/motions/${vote.motion}`} className={styles.link}>
            <Icon name="document" size={20} />
            {t('vote:toMotion')}
            <Icon name="right" size={18} />
          </Go>
        </div>
      }
    >
      <VoteRules vote={vote} />
      {vote.phase === 'counted' && <CheckCard vote={vote} kept={kept ?? undefined} />}
      {motion.data && <Statements motion={motion.data} />}
      {running && signedIn && vote.form === 'households' && <HouseholdCard vote={vote} />}
      {running && (
        <Ballot
          vote={vote}
          open={open}
          elsewhere={elsewhere}
          own={own}
          chosen={chosen}
          fixed={bound !== undefined || own.busy}
          signed={kept?.stage === 'asked' && vote.mine?.state === 'issued'}
          refusal={signedIn && (!here || onPaper) && asking?.ok === false ? asking : undefined}
          onChoose={setChoice}
        />
      )}
      {kept?.stage === 'cast' ? (
        <div ref={receipt} tabIndex={-1}>
          <Receipt kept={kept} question={vote.question} />
        </div>
      ) : (
        running && <Promises />
      )}
      <Section title={t('vote:helpTitle')}>
        <Button kind="plain" wide icon="help" to="/votes/help">
          {t('vote:toHelp')}
        </Button>
      </Section>
    </Page>
  )
}

export default function VotePage() {
  const { t } = useTranslation('vote')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getVote, { params: { id } })
  if (data) return <Vote key={data.id} vote={data} />
  return (
    <Page title={t('pageTitle')}>
      {error ? <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} /> : <Skeleton rows={9} />}
    </Page>
  )
}
