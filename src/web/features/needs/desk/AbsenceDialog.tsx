// Entering when somebody is away: first and last day, and why.
import { Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { absenceReasons, setAbsence } from '../../../../loop/needs/contract/holders.ts'
import { useAct } from '../../../app/act.ts'
import { useSession } from '../../../app/session.ts'
import { ChoiceField } from '../../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../../ui/desk/DeskDialog.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import styles from './desk-needs.module.css'
import type { HolderRow } from './HoldersPage.tsx'

export function AbsenceDialog({ row, onClose }: { readonly row: HolderRow; readonly onClose: () => void }) {
  const { t } = useTranslation(['needs', 'frame'])
  const problemText = useProblemText()
  const { now } = useSession()
  const id = useId()
  // The day of Asia/Shanghai: eight hours ahead of the UTC text.
  const today = new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10)
  const [since, setSince] = useState(row.absence?.since ?? today)
  const [until, setUntil] = useState(row.absence?.until ?? '')
  const [reason, setReason] = useState<(typeof absenceReasons)[number] | undefined>(row.absence?.reason)
  const { act, pending, problem } = useAct(setAbsence, {
    onDone: () => {
      showToast(t('desk.holders.entered'))
      onClose()
    },
  })
  const complete = since !== '' && until !== '' && reason !== undefined
  const faults = problem?.fields?.map(({ message }) => message) ?? []
  return (
    <DeskDialog
      title={t('desk.holders.enterTitle', { name: row.person.name })}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton
            kind="primary"
            off={!complete}
            busy={pending}
            onClick={() =>
              complete &&
              void act({
                body: { person: row.me ? undefined : row.person.id, since, until, reason },
              })
            }
          >
            {t('desk.holders.enter')}
          </DeskButton>
        </>
      }
    >
      <div className={styles.bulkForm}>
        <p className={styles.ask}>{t('desk.holders.enterWhat')}</p>
        <div className={styles.named}>
          <label htmlFor={`${id}-since`}>{t('fields.since')}</label>
          <Input id={`${id}-since`} type="date" value={since} onChange={(event) => setSince(event.target.value)} />
        </div>
        <div className={styles.named}>
          <label htmlFor={`${id}-until`}>{t('desk.holders.lastDay')}</label>
          <Input
            id={`${id}-until`}
            type="date"
            min={since}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
        <div className={styles.named}>
          <b aria-hidden="true">{t('fields.reason')}</b>
          <ChoiceField
            label={t('fields.reason')}
            value={reason}
            onChange={(value) => setReason(absenceReasons.find((each) => each === value))}
            choices={absenceReasons.map((value) => ({ value, label: t(`desk.holders.reasons.${value}`) }))}
          />
        </div>
        {problem && (
          <p className={styles.problem} role="alert">
            {faults.length > 0 ? faults.join(' ') : problemText(problem)}
          </p>
        )}
      </div>
    </DeskDialog>
  )
}
