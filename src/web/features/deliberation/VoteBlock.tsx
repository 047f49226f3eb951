// The secret vote of a motion on the desk: rules, tokens given, the count; and the roll, which says who took a token and nothing else.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { listIssuedTokens } from '../../../loop/deliberation/contract/ballots.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import styles from './deliberation.module.css'
import type { DeskMotion } from './motion-words.tsx'

type Props = { readonly motion: string; readonly vote: NonNullable<DeskMotion['vote']> }

export function VoteBlock({ motion, vote }: Props) {
  const { t } = useTranslation('deliberation')
  const { eligible, tally } = vote
  const given = vote.issued + vote.papers
  const cast = tally?.cast ?? given
  const households = vote.form === 'households'
  const quorum = Math.floor((eligible * vote.quorumPercent) / 100)
  const label = tally
    ? t(households ? 'vote.castHouseholds' : 'vote.cast', { ...tally, eligible })
    : t(households ? 'vote.issuedHouseholds' : 'vote.issued', { issued: given, eligible })
  return (
    <section className={styles.meeting}>
      <h3>
        {t('vote.title')}
        <small>
          {t(
            tally ? 'vote.counted' : vote.paperAwaited ? 'vote.awaitsPaper' : vote.frozen ? 'vote.frozen' : 'vote.free',
          )}
        </small>
      </h3>
      <p>
        {vote.question} · {t('vote.issueUntil')} <InstantText instant={vote.issueUntil} style="weekday" /> ·{' '}
        {t('vote.castUntil')} <InstantText instant={vote.castUntil} style="weekday" /> ·{' '}
        <Go to={`/votes/${vote.id}`}>{t('vote.page')}</Go>
        {households && (
          <>
            {' '}
            · <Go to={`/desk/deliberation/${motion}/roll`}>{t('vote.toRoll', { count: vote.rollSize })}</Go>
          </>
        )}
        {' · '}
        <Go to={`/desk/deliberation/${motion}/paper`}>{t('vote.toPaper', { count: vote.papers })}</Go>
      </p>
      <div className={styles.numbers}>
        <div>
          <p>
            <b>{label}</b>
            {tally && (
              <Tag tone={cast > quorum ? 'done' : 'waiting'}>
                {t(cast > quorum ? 'desk.quorate' : 'desk.inquorate')}
              </Tag>
            )}
          </p>
          <Meter value={cast} max={eligible} mark={quorum} label={label} />
          <small>{t('vote.quorum', { percent: vote.quorumPercent })}</small>
        </div>
        {tally ? (
          <div>
            <p>
              <b>{t('vote.numbers', tally)}</b>
            </p>
            <Meter
              value={tally.for}
              max={Math.max(1, tally.cast)}
              mark={Math.floor((tally.cast * vote.majorityPercent) / 100)}
              label={t('vote.numbers', tally)}
              tone="community"
            />
            <small>{t('vote.majority', { percent: vote.majorityPercent })}</small>
          </div>
        ) : (
          <div>
            <p>{t('vote.hidden')}</p>
          </div>
        )}
      </div>
    </section>
  )
}

type Issued = OutputOf<typeof listIssuedTokens>['rows'][number]

export function VoteRoll({ vote }: { readonly vote: string }) {
  const { t } = useTranslation('deliberation')
  const list = useGrown<Issued>(`/api/votes/${vote}/issued?size=50`)
  if (list.problem) return <ErrorState problem={list.problem} onRetry={list.retry} />
  if (!list.rows) return <Skeleton rows={6} />
  if (list.rows.length === 0) return <EmptyState icon="ballot" title={t('vote.noRoll')} />
  return (
    <>
      <ListTable
        label={t('vote.roll')}
        rows={list.rows}
        rowKey={(row) => row.voter}
        columns={[
          { key: 'maskedName', title: t('vote.name'), cell: (row) => row.maskedName },
          { key: 'state', title: t('fields.state'), cell: (row) => t(`vote.states.${row.state}`) },
          { key: 'at', title: t('vote.at'), cell: (row) => <InstantText instant={row.at} style="compact" /> },
        ]}
      />
      {list.more && (
        <p className={styles.rollMore}>
          <DeskButton busy={list.busy} onClick={list.more}>
            {t('vote.more')}
          </DeskButton>
        </p>
      )}
    </>
  )
}
