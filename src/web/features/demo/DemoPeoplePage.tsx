// The demo's sign-in: one made-up person per role, one tap to be that person.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAskPath } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { becomePerson, type DemoFace, type DemoPerson, demoPeopleAddress, homeOf } from './demo-people.ts'
import styles from './demo.module.css'

const faces: readonly DemoFace[] = ['resident', 'desk', 'cockpit']

type ListProps = {
  readonly people: readonly DemoPerson[]
  readonly busy: boolean
  readonly onBecome: (person: DemoPerson) => Promise<void>
}

function PeopleList({ people, busy, onBecome }: ListProps) {
  const { t } = useTranslation('demo')
  const session = useSession()
  return (
    <ul className={styles.people}>
      {people.map((person) => (
        <li key={person.id}>
          <button type="button" disabled={busy} onClick={() => void onBecome(person)}>
            <span className={styles.mark} data-face={person.face} aria-hidden="true">
              {[...person.name][0]}
            </span>
            <span className={styles.text}>
              <b>{person.roleName}</b>
              <small>
                {person.name} · {person.place}
              </small>
            </span>
            {session.person?.id === person.id ? (
              <span className={styles.isMe}>{t('people.isMe')}</span>
            ) : (
              <Icon name="right" size={20} />
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** One person per role stands at once; the many others of the same roles behind a line, so that the list can be overlooked. */
export default function DemoPeoplePage() {
  const { t } = useTranslation('demo')
  const [busy, setBusy] = useState<string>()
  const { data, error, refetch } = useAskPath<{ people: DemoPerson[] }>(demoPeopleAddress)
  const become = async (person: DemoPerson) => {
    setBusy(person.id)
    try {
      await becomePerson(person.id, homeOf(person.face))
    } catch {
      showToast(t('couldNot'), 'problem')
      setBusy(undefined)
    }
  }
  return (
    <Page title={t('people.title')} back="/">
      <p className={styles.lead}>{t('people.lead')}</p>
      <Go to="/demo/tour" className={styles.tourLink}>
        <Icon name="thread" />
        <span>
          <b>{t('tour.title')}</b>
          <small>{t('tour.lead')}</small>
        </span>
        <Icon name="right" size={20} />
      </Go>
      {error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={6} />}
      {data?.people.length === 0 && <EmptyState icon="users" title={t('people.none')} next={t('people.noneNext')} />}
      {faces.map((face) => {
        const people = data?.people.filter((person) => person.face === face) ?? []
        if (people.length === 0) return null
        const firsts = people.filter((person) => people.find((each) => each.role === person.role) === person)
        const others = people.filter((person) => !firsts.includes(person))
        return (
          <Section key={face} title={t(`people.face.${face}`)}>
            <Card>
              <PeopleList people={firsts} busy={busy !== undefined} onBecome={become} />
              {others.length > 0 && (
                <details className={styles.others}>
                  <summary>
                    {t('people.others', { count: others.length })}
                    <Icon name="open" size={20} />
                  </summary>
                  <PeopleList people={others} busy={busy !== undefined} onBecome={become} />
                </details>
              )}
            </Card>
          </Section>
        )
      })}
    </Page>
  )
}
