// Mine: becoming a volunteer, my hours and stars, places I took, proofs with number and code.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import {
  becomeVolunteer,
  changeSkills,
  getMyVolunteering,
  issueHoursProof,
  type listMyHours,
  type Skill,
  skills,
  withdrawVolunteer,
} from '../../../../registers/volunteers/contract.ts'
import { useAddressQuery, useGo } from '../../../app/address.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useSession } from '../../../app/session.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Checkbox } from '../../../ui/resident/Checkbox.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { GrownList } from '../../needs/resident/GrownList.tsx'
import { useGrown } from '../../needs/resident/more-pages.ts'
import { useSignedIn } from '../../needs/resident/signed.ts'
import { type MyOccasion, OccasionItem, useMinutesWords, useSpanWords } from './occasion-words.tsx'
import styles from './volunteering.module.css'

type Mine = OutputOf<typeof getMyVolunteering>
type HoursRow = OutputOf<typeof listMyHours>['rows'][number]

function SkillBoxes({
  value,
  onChange,
}: {
  readonly value: readonly Skill[]
  readonly onChange: (next: Skill[]) => void
}) {
  const { t } = useTranslation(['volunteers', 'volunteering'])
  return (
    <fieldset className={styles.skills}>
      <legend>{t('volunteering:skills')}</legend>
      {skills.map((skill) => (
        <Checkbox
          key={skill}
          checked={value.includes(skill)}
          onChange={(on) => onChange(on ? [...value, skill] : value.filter((each) => each !== skill))}
        >
          {t(`volunteers:options.skill.${skill}`)}
        </Checkbox>
      ))}
    </fieldset>
  )
}

/** Joining: one consent, skills if one likes. */
function Join({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation(['volunteering', 'volunteers'])
  const problemText = useProblemText()
  const go = useGo()
  const [query] = useAddressQuery()
  const [chosen, setChosen] = useState<readonly Skill[]>([])
  const [agreed, setAgreed] = useState(false)
  const { act, pending, problem } = useAct(becomeVolunteer, {
    onDone: () => {
      showToast(t('volunteering:joined'))
      const next = query['next'] ?? ''
      if (/^\/occasions\/[\w-]+$/.test(next)) go(next, { replace: true })
    },
  })
  const refused = mine.actions.find((action) => action.verb === 'becomeVolunteer' && !action.ok)
  if (refused?.code)
    return (
      <Section title={t('volunteering:become')} first>
        <Card>
          <EmptyState icon="hand" title={t('volunteering:notYet')} next={t(`volunteers:refusals.${refused.code}`)} />
        </Card>
      </Section>
    )
  return (
    <Section title={t('volunteering:become')} first>
      <Card pad>
        <p className={styles.plain}>{t('volunteering:joinLead')}</p>
        <SkillBoxes value={chosen} onChange={setChosen} />
        <Checkbox checked={agreed} onChange={setAgreed}>
          {t('volunteering:agree')}
        </Checkbox>
        {problem && (
          <p className={styles.problem} role="alert">
            {problemText(problem)}
          </p>
        )}
        <div className={styles.go}>
          <Button
            kind="primary"
            wide
            busy={pending}
            disabled={!agreed}
            onClick={() => void act({ body: { skills: [...chosen], agreed: true } })}
          >
            {t('volunteering:become')}
          </Button>
        </div>
      </Card>
    </Section>
  )
}

/** What I can do, and the way out. */
function Settings({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation(['volunteering', 'volunteers'])
  const [chosen, setChosen] = useState<readonly Skill[]>(mine.volunteer?.skills ?? [])
  const [leaving, setLeaving] = useState(false)
  const save = useAct(changeSkills, { onDone: () => showToast(t('volunteering:skillsSaved')) })
  const withdraw = useAct(withdrawVolunteer, { onDone: () => showToast(t('volunteering:withdrawn')) })
  return (
    <Section title={t('volunteers:fields.skills')}>
      <Card pad>
        <SkillBoxes value={chosen} onChange={setChosen} />
        <div className={styles.go}>
          <Button
            kind="second"
            wide
            busy={save.pending}
            onClick={() => void save.act({ body: { skills: [...chosen] } })}
          >
            {t('volunteering:saveSkills')}
          </Button>
        </div>
        <div className={styles.other}>
          {leaving ? (
            <div role="alert">
              <p className={styles.plain}>{t('volunteering:withdrawNote')}</p>
              <Button kind="second" wide busy={withdraw.pending} onClick={() => void withdraw.act({})}>
                {t('volunteering:withdrawYes')}
              </Button>
            </div>
          ) : (
            <Button kind="quiet" onClick={() => setLeaving(true)}>
              {t('volunteers:verbs.withdrawVolunteer')}
            </Button>
          )}
        </div>
      </Card>
    </Section>
  )
}

function Hours({ mine }: { readonly mine: Mine }) {
  const { t } = useTranslation(['volunteering', 'volunteers', 'needs'])
  const problemText = useProblemText()
  const minutesWords = useMinutesWords()
  const dateWords = useDateWords()
  const span = useSpanWords()
  const list = useGrown<HoursRow>('/api/volunteers/mine/hours')
  const { act, pending, problem } = useAct(issueHoursProof, {
    onDone: ({ number }) => showToast(t('volunteering:proof.made', { number })),
  })
  const { volunteer, proofs } = mine
  if (!volunteer) return null
  const may = mine.actions.some((action) => action.verb === 'issueHoursProof' && action.ok)
  return (
    <>
      <Section title={t('volunteering:total')} first>
        <Card pad>
          <p className={styles.total}>
            <b>{minutesWords(volunteer.minutes)}</b>
            <span>{t('volunteering:shifts', { count: volunteer.shifts })}</span>
          </p>
          <p className={styles.small}>
            {volunteer.stars > 0 && <b>{t('volunteering:star', { count: volunteer.stars })} </b>}
            {volunteer.nextStar !== undefined &&
              t('volunteering:nextStar', {
                stars: volunteer.stars + 1,
                time: minutesWords(volunteer.nextStar - volunteer.minutes),
              })}
          </p>
          {may && (
            <div className={styles.go}>
              <Button kind="primary" wide busy={pending} onClick={() => void act({})}>
                {t('volunteers:verbs.issueHoursProof')}
              </Button>
            </div>
          )}
          {problem && (
            <p className={styles.problem} role="alert">
              {problemText(problem)}
            </p>
          )}
        </Card>
      </Section>
      {proofs.length > 0 && (
        <Section title={t('volunteering:proof.title')}>
          <Card>
            <ul className={styles.proofs}>
              {proofs.map((proof) => (
                <li key={proof.id}>
                  <span>
                    <b>{proof.number}</b>
                    <small>
                      {minutesWords(proof.minutes)} · {dateWords(proof.issuedAt, 'full')}
                    </small>
                    <small>{t('volunteering:proof.code', { code: proof.code })}</small>
                  </span>
                  <a href={`/api/volunteer-proofs/${proof.id}/pdf`} download>
                    {t('volunteering:proof.get')}
                  </a>
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      )}
      <Section title={t('volunteers:verbs.listMyHours')}>
        <GrownList
          list={list}
          row={(row) => (
            <Item
              key={row.shift}
              to={`/occasions/${row.shift}`}
              title={row.title}
              arrow
              meta={[
                <b key="minutes">{minutesWords(row.minutes)}</b>,
                span(row),
                row.place,
                ...(row.byWorker ? [t('volunteering:byWorker')] : []),
              ]}
            />
          )}
          empty={<EmptyState icon="clock" title={t('volunteering:noHours')} next={t('volunteering:noHoursNext')} />}
        />
      </Section>
    </>
  )
}

function Places() {
  const { t } = useTranslation(['volunteering', 'delivery', 'needs'])
  const list = useGrown<MyOccasion>('/api/occasions/mine')
  return (
    <Section title={t('delivery:verbs.listMyOccasions')}>
      <GrownList
        list={list}
        row={(row) => <OccasionItem key={row.id} row={row} mine />}
        empty={<EmptyState icon="calendar" title={t('volunteering:noPlaces')} next={t('volunteering:noPlacesNext')} />}
      />
      <div className={styles.go}>
        <Card>
          <ItemList>
            <Item to="/occasions?kind=shift" title={t('volunteering:findShift')} arrow />
            <Item to="/occasions" title={t('volunteering:findActivity')} arrow />
          </ItemList>
        </Card>
      </div>
    </Section>
  )
}

function Own() {
  const { t } = useTranslation('volunteers')
  const { data, error, refetch } = useAsk(getMyVolunteering, {})
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const active = data.volunteer?.state === 'active'
  return (
    <>
      {!active && <Join mine={data} />}
      {data.volunteer && !active && data.volunteer.minutes > 0 && (
        <p className={styles.lead}>
          <Tag round tone="neutral">
            {t('states.withdrawn')}
          </Tag>
        </p>
      )}
      {(active || (data.volunteer?.minutes ?? 0) > 0) && <Hours mine={data} />}
      <Places />
      {active && <Settings key={data.volunteer?.version} mine={data} />}
    </>
  )
}

export default function MyVolunteeringPage() {
  const { t } = useTranslation(['volunteering', 'needs'])
  const { loaded } = useSession()
  const { signedIn, signIn } = useSignedIn()
  return (
    <Page title={t('volunteering:mineTitle')} back="/mine">
      {loaded && !signedIn ? (
        <Section title={t('volunteering:mineTitle')} first>
          <Card>
            <EmptyState
              icon="user"
              title={t('volunteering:stranger')}
              next={t('volunteering:strangerNext')}
              action={
                <Button kind="primary" onClick={signIn}>
                  {t('volunteering:signInOnly')}
                </Button>
              }
            />
          </Card>
        </Section>
      ) : (
        signedIn && <Own />
      )}
    </Page>
  )
}
