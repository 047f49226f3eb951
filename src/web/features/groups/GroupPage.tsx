// The record page of a group: its stages, its sessions, its members, what came of it.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addGroupMember,
  cancelGroup,
  endGroup,
  getGroup,
  groupPhases,
  removeGroupMember,
  startGroup,
} from '../../../loop/delivery/contract/groups.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { PersonByPhoneField } from '../../ui/desk/PersonByPhoneField.tsx'
import { RecordPage } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace } from '../../ui/desk/record-trace.ts'
import { useVerbs, VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import type { StateStep } from '../../ui/shared/StateLine.tsx'
import { GroupSessions, type GroupView } from './GroupSessions.tsx'
import { groupTones } from './group-words.ts'
import styles from './groups.module.css'

function Members({ group }: { readonly group: GroupView }) {
  const { t } = useTranslation(['delivery', 'groups'])
  const [leaving, setLeaving] = useState<string>()
  const people = group.people ?? []
  const may = group.actions.some((action) => action.verb === 'removeGroupMember' && action.ok)
  if (people.length === 0)
    return <EmptyState icon="users" title={t('groups:members.none')} next={t('groups:members.noneNext')} />
  const gone = people.find((person) => person.id === leaving)
  return (
    <>
      <ul className={styles.members}>
        {people.map((person) => (
          <li key={person.id} data-left={person.left || undefined}>
            <b>{person.name}</b>
            <span>{t(person.hasAccount ? 'groups:members.account' : 'groups:members.noAccount')}</span>
            <span>
              {person.attended.length > 0
                ? t('groups:members.came', { sessions: person.attended.join(t('frame:list.separator')) })
                : t('groups:members.notYet')}
            </span>
            {person.left ? (
              <span>{t('groups:members.left')}</span>
            ) : (
              may && (
                <DeskButton small kind="quiet" onClick={() => setLeaving(person.id)}>
                  {t('verbs.removeGroupMember')}
                </DeskButton>
              )
            )}
          </li>
        ))}
      </ul>
      {gone && (
        <VerbDialog
          domain="delivery"
          name="removeGroupMember"
          verb={{ endpoint: removeGroupMember, params: { member: gone.id }, danger: true }}
          target={{ id: group.id, version: group.version, title: gone.name }}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </>
  )
}

export default function GroupPage() {
  const { t } = useTranslation(['delivery', 'groups'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getGroup, { params: { id } })
  const trace = useRecordTrace('group-work', id)
  const { acts, dialog } = useVerbs(
    'delivery',
    { id, version: data?.version, number: data?.number, title: data?.title },
    data?.actions,
    {
      addGroupMember: {
        endpoint: addGroupMember,
        icon: 'plus',
        overrides: { person: { control: <PersonByPhoneField />, wide: true } },
      },
      startGroup: { endpoint: startGroup, icon: 'play' },
      endGroup: { endpoint: endGroup, icon: 'check' },
      cancelGroup: { endpoint: cancelGroup, icon: 'close', danger: true },
    },
  )
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  // The stages of MZ/T 095: preparation first, then those that the sessions go through.
  const open = data.sessions.filter((session) => session.state === 'planned')
  const began = data.state !== 'preparing'
  const phases = groupPhases.filter((phase) => data.sessions.some((each) => each.phase === phase))
  const current = data.state === 'running' ? (open[0]?.phase ?? 'ending') : undefined
  const stateOf = (phase: (typeof groupPhases)[number]): StateStep['state'] => {
    if (!began) return 'next'
    if (data.state !== 'running') return open.some((each) => each.phase === phase) ? 'next' : 'done'
    if (phase === current) return 'now'
    return phases.indexOf(phase) < phases.indexOf(current ?? 'forming') ? 'done' : 'next'
  }
  const over = data.state === 'ended' || data.state === 'cancelled'
  const steps: StateStep[] = [
    { key: 'preparing', label: t('states.preparing'), state: began ? 'done' : 'now' },
    ...phases.map((phase) => ({ key: phase, label: t(`options.phase.${phase}`), state: stateOf(phase) })),
    {
      key: 'ended',
      label: t(`states.${data.state === 'cancelled' ? 'cancelled' : 'ended'}`),
      state: over ? 'done' : 'next',
    },
  ]
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('verbs.listGroups'), to: '/desk/groups' }]}
        number={data.number}
        title={data.title}
        state={{ label: t(`states.${data.state}`), tone: groupTones[data.state], icon: 'users' }}
        primary={['startGroup', 'endGroup', 'addGroupMember'].find((key) =>
          acts.some((act) => act.key === key && act.off === undefined),
        )}
        acts={acts}
        steps={steps}
        facts={[
          { label: t('fields.type'), value: t(`options.type.${data.type}`) },
          { label: t('fields.worker'), value: data.workerName },
          {
            label: t('fields.members'),
            value: t('groups:list.members', { count: data.members, capacity: data.capacity }),
          },
          { label: t('fields.place'), value: data.place },
          { label: t('fields.activity'), value: data.activityName },
          {
            label: t('fields.contract'),
            value: <Go to={`/desk/contracts/${data.contract}`}>{data.contractNumber ?? t('fields.contract')}</Go>,
          },
          { label: t('fields.aims'), value: <span data-quote>{data.aims}</span>, span: 3 },
          ...(data.summary
            ? [
                {
                  label: t(data.result ? 'fields.summary' : 'fields.reason'),
                  span: 3 as const,
                  value: (
                    <>
                      {data.result && (
                        <b>
                          {t(`options.result.${data.result}`)}
                          {t('frame:list.colon')}
                        </b>
                      )}
                      <span data-quote>{data.summary}</span>
                    </>
                  ),
                },
              ]
            : []),
        ]}
        timeline={trace.timeline}
        tabs={[
          ...(data.people
            ? [
                {
                  key: 'members',
                  label: t('fields.members'),
                  icon: 'users' as const,
                  count: data.members,
                  content: <Members group={data} />,
                },
              ]
            : []),
        ]}
      >
        <section className={styles.inside}>
          <h3>{t('fields.sessions')}</h3>
          <GroupSessions group={data} />
        </section>
      </RecordPage>
      {dialog}
    </>
  )
}
