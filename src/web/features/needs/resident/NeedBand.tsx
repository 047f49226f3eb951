// The band under the bar: where the need stands, in a sentence, and by when what comes next is due.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getNeed } from '../../../../loop/needs/contract.ts'
import { useSession } from '../../../app/session.ts'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { dayNumber, partsOf } from '../../../ui/shared/when.ts'
import styles from './need.module.css'

export type NeedView = OutputOf<typeof getNeed>

/** "12月11日（周五）前，还剩 18 天" */
function useUntil(): (due: string | undefined, key: string) => string | undefined {
  const { t } = useTranslation('needs')
  const { now } = useSession()
  const words = useDateWords()
  return (due, key) => {
    if (!due) return undefined
    const days = dayNumber(due) - dayNumber(now)
    const left =
      days > 0
        ? t('resident.daysLeft', { count: days })
        : days === 0
          ? t('resident.lastDay')
          : t('resident.daysOver', { count: -days })
    const sameYear = partsOf(due)?.year === partsOf(now)?.year
    return t(`resident.until.${key}`, { date: words(due, sameYear ? 'weekday' : 'full'), left })
  }
}

function useSentence(need: NeedView, verdict: boolean): { readonly title: string; readonly note: string | undefined } {
  const { t } = useTranslation('needs')
  const until = useUntil()
  if (need.paused)
    return need.mine
      ? { title: t('resident.band.askedMe'), note: t('resident.band.askedMeNote') }
      : { title: t('resident.band.asked'), note: undefined }
  switch (need.state) {
    case 'submitted':
      return { title: t('resident.band.submitted'), note: until(need.dueAt, 'answer') }
    case 'accepted':
      return {
        title: t('resident.band.accepted'),
        note: need.endReason
          ? t('resident.band.again', { reason: t(`endReasons.${need.endReason}`) })
          : until(need.dueAt, 'plan'),
      }
    case 'responding':
      return {
        title: t('resident.band.responding', { route: need.route ? t(`routes.${need.route}`) : '' }),
        note: until(need.dueAt, 'step'),
      }
    case 'answered':
      return verdict
        ? { title: t('resident.band.yours'), note: until(need.verdictUntil, 'verdict') }
        : { title: t('resident.band.answered'), note: until(need.verdictUntil, 'verdictOther') }
    case 'closed':
      return {
        title: t(`resident.band.verdict.${need.verdict?.value ?? 'unconfirmed'}`),
        note: need.verdict?.value === 'unconfirmed' ? t('resident.band.unconfirmedNote') : undefined,
      }
    case 'declined':
      return {
        title: t('resident.band.declined', { reason: need.decline ? t(`declineReasons.${need.decline.reason}`) : '' }),
        note: need.mine && !need.decline?.final ? until(need.decline?.appealUntil, 'appeal') : undefined,
      }
    case 'merged':
      return { title: t('resident.band.merged'), note: t('resident.band.mergedNote') }
    case 'withdrawn':
      return { title: t('resident.band.withdrawn'), note: undefined }
    case 'draft':
      return { title: t('states.draft'), note: undefined }
  }
}

export function NeedBand({ need, verdict }: { readonly need: NeedView; readonly verdict: boolean }) {
  const { t } = useTranslation('needs')
  const { title, note } = useSentence(need, verdict)
  const forMe =
    verdict || (need.paused && need.mine) || (need.state === 'declined' && need.mine && !need.decline?.final)
  return (
    <div className={styles.band} data-me={forMe || undefined} data-late={need.overdue || undefined}>
      <p className={styles.bandTop}>
        <Tag
          round
          tone={forMe ? 'waiting' : need.overdue ? 'bad' : need.state === 'closed' ? 'done' : 'progress'}
          icon={forMe ? 'star' : need.overdue ? 'alert' : need.state === 'closed' ? 'check' : 'clock'}
        >
          {forMe && verdict ? t('resident.band.chip') : t(`states.${need.state}`)}
        </Tag>
        {verdict && (
          <a href="#verdict" className={styles.jump}>
            {t('resident.band.go')}
            <Icon name="down" size={16} />
          </a>
        )}
      </p>
      <h2>{title}</h2>
      {note && <p>{note}</p>}
      {need.mergedInto && (
        <Go to={`/needs/${need.mergedInto}`} className={styles.link}>
          {t('resident.band.seeMerged')}
          <Icon name="right" size={18} />
        </Go>
      )}
      {need.state === 'draft' && (
        <Go to={`/raise?draft=${need.id}`} className={styles.link}>
          {t('resident.band.goOn')}
          <Icon name="right" size={18} />
        </Go>
      )}
    </div>
  )
}
