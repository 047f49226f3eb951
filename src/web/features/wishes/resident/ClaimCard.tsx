// Claiming an open wish: as a resident under a name of one's own choice or none, for an organization, or for a supporting body.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { claimWish } from '../../../../loop/wishes/contract/claims.ts'
import type { listMyBodies } from '../../../../loop/wishes/contract/givers.ts'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { useAct } from '../../../app/act.ts'
import { useAskPath } from '../../../app/ask.ts'
import { currentAssignment, useSession } from '../../../app/session.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { RadioBlocks } from '../../../ui/resident/RadioBlocks.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { useSignedIn } from '../../needs/resident/signed.ts'
import type { WishView } from './wish-words.tsx'
import styles from './wishes.module.css'

type Bodies = OutputOf<typeof listMyBodies>

export function ClaimCard({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const session = useSession()
  const assignment = currentAssignment(session)
  const organization =
    assignment?.role === 'organization-administrator' && assignment.organizationId !== undefined
      ? { id: assignment.organizationId, name: assignment.organizationName ?? '' }
      : undefined
  const { data: bodies } = useAskPath<Bodies>('/api/supporting-bodies/mine', {
    enabled: signedIn && wish.state === 'open',
  })
  const mine = (bodies?.rows ?? []).filter((body) => body.state === 'confirmed')
  const [as, setAs] = useState('unnamed')
  const [name, setName] = useState('')
  const { act, pending, problem } = useAct(claimWish, { onDone: () => showToast(t('claim.done')) })
  const standing = wish.actions.find((action) => action.verb === 'claimWish')
  if (wish.state !== 'open' || wish.mine || (signedIn && !standing)) return null
  const choices = [
    { value: 'unnamed', label: t('claim.unnamed'), note: t('claim.unnamedNote') },
    { value: 'named', label: t('claim.named'), note: t('claim.namedNote') },
    ...(organization ? [{ value: 'organization', label: organization.name, note: t('giverKinds.organization') }] : []),
    ...mine.map((body) => ({ value: body.id, label: body.name, note: t('giverKinds.supporting-body') })),
  ]
  const submit = () => {
    const params = { id: wish.id }
    if (as === 'organization' && organization)
      return void act({ params, body: { as: 'organization', organization: organization.id } })
    if (mine.some((body) => body.id === as)) return void act({ params, body: { as: 'supporting-body', body: as } })
    void act({ params, body: as === 'named' && name.trim() !== '' ? { shownName: name.trim() } : {} })
  }
  return (
    <Section title={t('verbs.claimWish')}>
      <Card pad>
        <p className={styles.plain}>{t('claim.lead')}</p>
        {!signedIn ? (
          <Button kind="primary" icon="hand" onClick={signIn}>
            {t('claim.signIn')}
          </Button>
        ) : standing && !standing.ok ? (
          <p className={styles.remark} role="note">
            <Icon name="info" size={18} />
            {t(`refusals.${standing.code}`)}
          </p>
        ) : (
          <div className={styles.form}>
            <RadioBlocks label={t('claim.as')} columns={1} value={as} onChange={setAs} choices={choices} />
            {as === 'named' && (
              <TextField
                label={t('fields.shownName')}
                maxLength={12}
                value={name}
                onChange={setName}
                help={t('claim.nameHelp')}
              />
            )}
            {problem && (
              <p className={styles.problem} role="alert">
                {problem.fields?.[0]?.message ?? problemText(problem)}
              </p>
            )}
            <Button
              kind="primary"
              icon="hand"
              busy={pending}
              disabled={as === 'named' && name.trim().length < 2}
              onClick={submit}
            >
              {t('verbs.claimWish')}
            </Button>
          </div>
        )}
      </Card>
    </Section>
  )
}
