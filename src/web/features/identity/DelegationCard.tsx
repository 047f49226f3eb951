// Delegations: a colleague acts in my role for a period; what I gave, what I received.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { delegateAssignment, listDelegations, revokeDelegation } from '../../../foundation/identity/contract/roles.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { useSession } from '../../app/session.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { ChoiceField, ColleagueField } from '../../ui/desk/ChoiceField.tsx'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './identity.module.css'

type Delegation = OutputOf<typeof listDelegations>['given'][number]

export function DelegationCard() {
  const { t } = useTranslation('identity')
  const roleName = useRoleName()
  const session = useSession()
  const { data } = useAsk(listDelegations, {})
  const [delegating, setDelegating] = useState(false)
  const { act, pending } = useAct(revokeDelegation, { onDone: () => showToast(t('me.delegationEnded')) })
  const own = session.assignments.filter((assignment) => assignment.delegatedFrom === undefined)
  const row = (delegation: Delegation, given: boolean) => (
    <li key={delegation.id}>
      <b>{given ? delegation.personName : (delegation.delegatedFrom ?? '—')}</b>
      <span>
        {t(given ? 'me.actsForMe' : 'me.iActFor')} · {roleName(delegation.role)}
      </span>
      <span>
        <DateText date={delegation.from} style="iso" />
        {delegation.until && (
          <>
            {' '}
            {t('desk.until')} <DateText date={delegation.until} style="iso" />
          </>
        )}
      </span>
      {delegation.state === 'given' ? (
        <DeskButton small busy={pending} onClick={() => void act({ params: { id: delegation.id } })}>
          {t('verbs.revokeDelegation')}
        </DeskButton>
      ) : (
        <Tag>{t('states.ended')}</Tag>
      )}
    </li>
  )
  return (
    <DeskCard
      title={t('me.delegations')}
      extra={
        own.length > 0 && (
          <DeskButton small icon="plus" onClick={() => setDelegating(true)}>
            {t('verbs.delegateAssignment')}
          </DeskButton>
        )
      }
    >
      {!data ? (
        <Skeleton rows={2} />
      ) : data.given.length + data.received.length === 0 ? (
        <p className={styles.empty}>{t('me.noDelegations')}</p>
      ) : (
        <ul className={styles.rows}>
          {data.given.map((each) => row(each, true))}
          {data.received.map((each) => row(each, false))}
        </ul>
      )}
      {delegating && (
        <DeskDialog title={t('verbs.delegateAssignment')} wide onClose={() => setDelegating(false)}>
          <p className={styles.what}>{t('me.delegateWhat')}</p>
          <ContractForm
            endpoint={delegateAssignment}
            domain="identity"
            initial={{ assignment: own.find((assignment) => assignment.current)?.id ?? own[0]?.id }}
            overrides={{
              assignment: {
                control: (
                  <ChoiceField
                    label={t('me.myRole')}
                    choices={own.map((each) => ({
                      value: each.id,
                      label: `${roleName(each.role)} · ${each.organizationName ?? each.divisionName}`,
                    }))}
                  />
                ),
                label: t('me.myRole'),
              },
              person: { control: <ColleagueField label={t('me.colleague')} />, label: t('me.colleague') },
            }}
            submitLabel={t('verbs.delegateAssignment')}
            onCancel={() => setDelegating(false)}
            onDone={() => {
              setDelegating(false)
              showToast(t('me.delegatedDone'))
            }}
          />
        </DeskDialog>
      )}
    </DeskCard>
  )
}
