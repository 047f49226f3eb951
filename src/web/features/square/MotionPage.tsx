// A motion: the question, the rules and the result of its meeting, both sides' statements, objection in the notice period, and its thread.
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import { getMotion, supportMotion } from '../../../loop/deliberation/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses, Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ShareButton } from '../needs/resident/ShareButton.tsx'
import { useSignedIn } from '../needs/resident/signed.ts'
import { ThreadSection } from '../needs/resident/ThreadSection.tsx'
import { MeetingCard } from './MeetingCard.tsx'
import { MeetingDayCard } from './MeetingDayCard.tsx'
import { VoteCard } from '../vote/VoteCard.tsx'
import { useMotionNote } from './motion-note.ts'
import { ObjectionCard } from './ObjectionCard.tsx'
import { OpinionMap } from './OpinionMap.tsx'
import { ProgressSection } from './ProgressSection.tsx'
import styles from './square.module.css'
import { Statements } from './Statements.tsx'

export default function MotionPage() {
  const { t } = useTranslation(['square', 'deliberation', 'needs'])
  const note = useMotionNote()
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getMotion, { params: { id } })
  const support = useAct(supportMotion, {
    onDone: () => showToast(t('square:supported')),
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  if (error)
    return (
      <Page title={t('square:pageTitle')}>
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('square:pageTitle')}>
        <Skeleton rows={9} />
      </Page>
    )
  const waiting = data.state === 'discussing' || data.state === 'voting' || data.state === 'published'
  const said = !['proposed', 'admitted', 'declined', 'withdrawn'].includes(data.state)
  const dock =
    data.state === 'proposed' ? (
      data.supported ? (
        <Button kind="second" wide icon="check" disabled>
          {t('square:supportedAlready')}
        </Button>
      ) : (
        <Button
          kind="primary"
          icon="hand"
          busy={support.pending}
          onClick={() => (signedIn ? void support.act({ params: { id: data.id } }) : signIn())}
        >
          {t(signedIn ? 'square:support' : 'square:signInToSupport')}
        </Button>
      )
    ) : undefined
  return (
    <Page
      title={t('square:pageTitle')}
      tool={<ShareButton title={data.title} />}
      dock={dock}
      dockNote={
        dock && (
          <>
            <Icon name="users" size={18} />
            {t('square:admitAt', { verified: data.verifiedSupports, needed: data.admitAt })}
          </>
        )
      }
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag round tone={waiting ? 'waiting' : 'neutral'} icon="clock">
              {note({ ...data, meetingOn: data.meeting?.on, voteUntil: data.vote?.issueUntil })}
            </Tag>
            <span>{data.number}</span>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
          <p className={styles.text}>{data.text}</p>
          {data.files.map((file) => (
            <a key={file.id} href={`/api/files/${file.id}`} className={styles.file}>
              <Icon name="document" size={20} />
              {file.name}
            </a>
          ))}
        </div>
      }
    >
      {data.declined && (
        <Section title={t('square:whyDeclined')} first>
          <Card pad>
            <p className={styles.words}>{data.declined}</p>
          </Card>
        </Section>
      )}
      <VoteCard motion={data} />
      <MeetingCard motion={data} />
      {data.meeting && <MeetingDayCard motion={data} />}
      <ObjectionCard motion={data} />
      <ProgressSection motion={data} />
      {data.state !== 'proposed' && data.state !== 'declined' && <Statements motion={data} />}
      {said && <OpinionMap motion={data} />}
      {data.report && (
        <Section title={t('square:report')}>
          <Card pad>
            <p className={styles.words}>{data.report}</p>
          </Card>
        </Section>
      )}
      {data.needs.length > 0 && (
        <Section title={t('square:needs')}>
          <Card>
            <ItemList>
              {data.needs.map((need) => (
                <Item
                  key={need.id}
                  to={`/needs/${need.id}`}
                  title={need.title ?? need.number ?? t('needs:resident.privateTitle')}
                  meta={[t(`needs:states.${need.state}`)]}
                  arrow
                />
              ))}
            </ItemList>
          </Card>
        </Section>
      )}
      <ThreadSection kind="motion" id={data.id} />
    </Page>
  )
}
