// The sessions of a group in their order, each with what its leader may do: check-in, record, move, drop.
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import {
  dropGroupSession,
  type getGroup,
  getSessionCode,
  moveGroupSession,
  openSessionCheckIn,
  recordGroupSession,
} from '../../../loop/delivery/contract/groups.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { useSession } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { type Verb, VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { QrText } from '../../ui/shared/QrText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { sessionTones } from './group-words.ts'
import styles from './groups.module.css'

export type GroupView = OutputOf<typeof getGroup>
type Session = GroupView['sessions'][number]

/** The code large enough to be read across a room, with how many have come. */
function CodeDialog({
  group,
  session,
  onClose,
}: {
  readonly group: string
  readonly session: Session
  readonly onClose: () => void
}) {
  const { t } = useTranslation('groups')
  const { data, error, refetch } = useAsk(
    getSessionCode,
    { params: { id: group, session: session.id } },
    { refetchInterval: 5000, staleTime: 0 },
  )
  // Without the code: whoever gets the link still has to be in the room.
  const address = `${window.location.origin}/groups/${group}/sessions/${session.id}/check-in`
  return (
    <DeskDialog title={t('code.title', { n: session.position, theme: session.theme })} onClose={onClose}>
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : (
        <div className={styles.code}>
          <QrText text={`${address}?code=${data.code}`} label={t('code.qr')} size={220} />
          <p role="img" aria-label={t('code.is', { code: data.code.split('').join(' ') })}>
            <b>{data.code.slice(0, 3)}</b> <b>{data.code.slice(3)}</b>
          </p>
          <p>{t('code.came', { count: data.attendance, capacity: data.capacity })}</p>
          <DeskButton
            small
            icon="copy"
            onClick={() => void navigator.clipboard?.writeText(address).then(() => showToast(t('code.copied')))}
          >
            {t('code.copy')}
          </DeskButton>
          <small>{t('code.how')}</small>
        </div>
      )}
    </DeskDialog>
  )
}

/** Who came and did not check in: those who did are counted already. */
function PresentField({
  id,
  value = [],
  onChange,
  group,
  session,
}: {
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (value: readonly string[]) => void
  readonly group: GroupView
  readonly session: Session
}) {
  const { t } = useTranslation('groups')
  const people = (group.people ?? []).filter((person) => !person.left)
  const here = people.filter((person) => person.attended.includes(session.position))
  return (
    <div id={id} className={styles.present}>
      {here.length > 0 && (
        <p>{t('session.checkedIn', { names: here.map((person) => person.name).join(t('frame:list.separator')) })}</p>
      )}
      <Checkbox.Group
        value={[...value]}
        onChange={(next) => onChange?.(next as string[])}
        options={people
          .filter((person) => !here.includes(person))
          .map((person) => ({ value: person.id, label: person.name }))}
      />
    </div>
  )
}

type Opened = { readonly session: Session; readonly name: string }

export function GroupSessions({ group }: { readonly group: GroupView }) {
  const { t } = useTranslation(['delivery', 'groups'])
  const { now } = useSession()
  const [opened, setOpened] = useState<Opened>()
  const may = (verb: string) => group.actions.some((action) => action.verb === verb && action.ok)
  const next = group.sessions.find((session) => session.state === 'planned')
  const verbOf = ({ session, name }: Opened): Verb | undefined => {
    const params = { session: session.id }
    switch (name) {
      case 'openSessionCheckIn':
        return { endpoint: openSessionCheckIn, params }
      case 'dropGroupSession':
        return { endpoint: dropGroupSession, params, danger: true }
      case 'moveGroupSession':
        return { endpoint: moveGroupSession, params, initial: { from: session.from, until: session.until } }
      case 'recordGroupSession':
        return {
          endpoint: recordGroupSession,
          params,
          initial: { from: session.from, until: session.until },
          overrides: { present: { control: <PresentField group={group} session={session} />, wide: true } },
        }
      default:
        return undefined
    }
  }
  const verb = opened && verbOf(opened)
  const button = (session: Session, name: string) => (
    <DeskButton small onClick={() => setOpened({ session, name })}>
      {t(`verbs.${name}`)}
    </DeskButton>
  )
  return (
    <>
      <ol className={styles.sessions}>
        {group.sessions.map((session) => (
          <li key={session.id} data-state={session.state}>
            <span className={styles.place}>{session.position}</span>
            <div>
              <p>
                <b data-quote>{session.theme}</b>{' '}
                <Tag tone={sessionTones[session.state]}>{t(`options.session.${session.state}`)}</Tag>
              </p>
              <p className={styles.when}>
                <span>{t(`options.phase.${session.phase}`)}</span>
                <span>
                  <InstantText instant={session.from} style="compact" /> —{' '}
                  <InstantText instant={session.until} style="time" />
                </span>
                {(session.state === 'held' || session.attendance > 0) && (
                  <span>{t('desk.persons', { count: session.attendance })}</span>
                )}
                {session.serviceRecord && (
                  <Go to={`/desk/delivery/${session.serviceRecord}`}>{t('kinds.service-record')}</Go>
                )}
              </p>
            </div>
            {session.state === 'planned' && (
              <div className={styles.acts}>
                {may('recordGroupSession') && session === next && (
                  <>
                    {session.checkInOpen ? button(session, 'getSessionCode') : button(session, 'openSessionCheckIn')}
                    {session.from < now && button(session, 'recordGroupSession')}
                  </>
                )}
                {may('moveGroupSession') && button(session, 'moveGroupSession')}
                {may('dropGroupSession') && button(session, 'dropGroupSession')}
              </div>
            )}
          </li>
        ))}
      </ol>
      {opened?.name === 'getSessionCode' && (
        <CodeDialog group={group.id} session={opened.session} onClose={() => setOpened(undefined)} />
      )}
      {opened && verb && (
        <VerbDialog
          domain="delivery"
          name={opened.name}
          verb={verb}
          target={{
            id: group.id,
            version: group.version,
            number: group.number,
            title: t('groups:session.named', { n: opened.session.position, theme: opened.session.theme }),
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}
