// Who may vote, how it is counted, until when, and that nobody changes it any more; the meter shows tokens taken, afterwards ballots.
import { useTranslation } from 'react-i18next'
import { shortPlace } from '../../app/place.ts'
import { useSession } from '../../app/session.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { InstantText, useInstantWords } from '../../ui/shared/DateText.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import styles from './vote.module.css'
import type { VoteView } from './VotePage.tsx'

export function VoteRules({ vote }: { readonly vote: VoteView }) {
  const { t } = useTranslation(['vote', 'deliberation'])
  const words = useInstantWords()
  const { person } = useSession()
  const quorum = Math.floor((vote.eligible * vote.quorumPercent) / 100) + 1
  const done = vote.tally?.cast ?? vote.issued + vote.papers
  const households = vote.form === 'households'
  const asking = vote.actions.find((action) => action.verb === 'issueBallot')
  const may = asking?.ok || vote.mine?.state === 'issued' || vote.mine?.state === 'paper'
  return (
    <Section title={t(vote.tally ? 'vote:result' : 'vote:rules')} first>
      <Card>
        <div className={styles.count}>
          <p className={styles.came}>
            <span>
              {t(vote.tally ? 'vote:castBy' : 'vote:takenBy')} <b>{done}</b>{' '}
              {t(households ? 'vote:households' : 'vote:people')}
            </span>
            {vote.tally === undefined && (
              <span>
                {done < quorum
                  ? t(households ? 'vote:missingHouseholds' : 'vote:missing', { count: quorum - done })
                  : t('vote:enough')}
              </span>
            )}
          </p>
          <Meter
            value={done}
            max={vote.eligible}
            mark={quorum}
            label={t(households ? 'vote:meterHouseholds' : 'vote:meter', { eligible: vote.eligible, done, quorum })}
          />
          <p className={styles.scale}>
            <b>{t(households ? 'vote:quorumHouseholds' : 'vote:quorum', { count: quorum })}</b>
            <span>{t(households ? 'vote:allHouseholds' : 'vote:all', { count: vote.eligible })}</span>
          </p>
          {vote.tally && (
            <dl className={styles.numbers}>
              {(['for', 'against', 'abstain'] as const).map((choice) => (
                <div key={choice}>
                  <dt>{t(`deliberation:choices.${choice}`)}</dt>
                  <dd>{vote.tally?.[choice]}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
        <dl className={styles.facts}>
          <dt>{t('vote:who')}</dt>
          <dd>
            {t(households ? 'vote:whoTextHouseholds' : 'vote:whoText', { place: shortPlace(vote.divisionName ?? '') })}
            {person && asking && vote.phase === 'issuing' && (
              <small>{t(may ? 'vote:youMay' : 'vote:youMayNot', { name: person.maskedName })}</small>
            )}
          </dd>
          <dt>{t('vote:how')}</dt>
          <dd>
            {t(households ? 'vote:howTextHouseholds' : 'vote:howText', {
              quorum: vote.quorumPercent,
              majority: vote.majorityPercent,
            })}
          </dd>
          <dt>{t('vote:when')}</dt>
          <dd>
            {t('vote:whenText', { issue: words(vote.issueUntil, 'weekday'), cast: words(vote.castUntil, 'weekday') })}
          </dd>
          {vote.tally ? (
            <>
              <dt>{t('vote:roll')}</dt>
              <dd>
                {t(households ? 'vote:rollTextHouseholds' : 'vote:rollText', {
                  eligible: vote.eligible,
                  named: vote.rollSize ?? 0,
                  ...vote.tally,
                })}
              </dd>
              {vote.tally.papers > 0 && (
                <>
                  <dt>{t('vote:paperTitle')}</dt>
                  <dd>{vote.paper ? t('vote:paperRows', vote.paper) : t('vote:paperFolded')}</dd>
                </>
              )}
            </>
          ) : (
            <>
              <dt>{t('vote:roll')}</dt>
              <dd>
                {t(households ? 'vote:givenTextHouseholds' : 'vote:givenText', {
                  eligible: vote.eligible,
                  named: vote.rollSize ?? 0,
                  issued: vote.issued,
                  papers: vote.papers,
                })}
              </dd>
              <dt>{t('vote:outcome')}</dt>
              <dd>{t('vote:outcomeText')}</dd>
            </>
          )}
          {vote.cancelled && (
            <>
              <dt>{t('vote:cancelled')}</dt>
              <dd>{vote.cancelled}</dd>
            </>
          )}
        </dl>
        <p className={styles.frozen}>
          <Icon name="lock" size={20} />
          <span>
            {vote.frozenAt ? (
              <>
                {t('vote:frozenSince')}
                <InstantText instant={vote.frozenAt} />
                {t('vote:frozen')}
              </>
            ) : (
              t('vote:notFrozen')
            )}
          </span>
        </p>
      </Card>
    </Section>
  )
}
