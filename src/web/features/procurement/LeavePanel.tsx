// A panelist who finds a tie to a bidder says so from the sheet, before any point is given; the next one drawn takes the place.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { leavePanel } from '../../../loop/procurement/contract/desk.ts'
import { useAct } from '../../app/act.ts'
import { useGo } from '../../app/address.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'

export function LeavePanel({ tender }: { readonly tender: string }) {
  const { t } = useTranslation('procurement')
  const go = useGo()
  const [asked, setAsked] = useState(false)
  const { act, pending, problem } = useAct(leavePanel, { onDone: () => go('/desk/procurement/panels') })
  return (
    <>
      <DeskButton icon="logout" onClick={() => setAsked(true)}>
        {t('verbs.leavePanel')}
      </DeskButton>
      {asked && (
        <ConfirmAct
          title={t('sheet.leave')}
          what={t('sheet.leaveWhat')}
          verb={t('verbs.leavePanel')}
          danger
          reason="required"
          busy={pending}
          problem={problem}
          onConfirm={(reason) => void act({ params: { id: tender }, body: { reason } })}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}
