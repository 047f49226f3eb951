// Paper ballots: each of two officers enters the own count without seeing the other's; equal ones are the result.
import { useTranslation } from 'react-i18next'
import { enterPaperCount } from '../../../loop/deliberation/contract/meeting.ts'
import { useAct } from '../../app/act.ts'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { Tag } from '../../ui/shared/Tag.tsx'
import type { MeetingDay } from './MeetingPage.tsx'
import styles from './meeting.module.css'
import type { DeskMotion } from './motion-words.tsx'
import { countKinds, PaperCountForm } from './PaperCountForm.tsx'

export function PaperCard({ motion, day }: { readonly motion: DeskMotion; readonly day: MeetingDay }) {
  const { t } = useTranslation('deliberation')
  const { act, pending, problem } = useAct(enterPaperCount, {
    onDone: (answer) => showToast(t(`paper.${answer.outcome}`), answer.outcome === 'unequal' ? 'problem' : 'done'),
  })
  const { paper } = day
  if (!paper) return null
  const { accepted } = paper
  if (accepted)
    return (
      <DeskCard title={t('paper.title')} extra={<Tag tone="done">{t('paper.accepted')}</Tag>} pad>
        <dl className={styles.counted}>
          {countKinds.map((kind) => (
            <div key={kind}>
              <dt>{t(`fields.${kind}`)}</dt>
              <dd>{accepted[kind]}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.note}>{t('paper.acceptedNote')}</p>
      </DeskCard>
    )
  const recorded = motion.state !== 'voting' || (motion.meeting?.recorded ?? false)
  if (recorded) return null
  return (
    <DeskCard title={t('paper.title')} extra={<Tag>{t('paper.round', { n: paper.attempt })}</Tag>} pad>
      <PaperCountForm
        attempt={paper.attempt}
        entered={paper.entered}
        mine={paper.mine}
        verb={t('verbs.enterPaperCount')}
        busy={pending}
        problem={problem}
        onEnter={(body) => act({ params: { id: motion.id }, body })}
      />
    </DeskCard>
  )
}
