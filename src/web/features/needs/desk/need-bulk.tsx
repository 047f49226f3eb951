// What can be done to several needs at once, and the dialog for what they share.
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getNeed, type NeedRoute, needRoutes } from '../../../../loop/needs/contract.ts'
import { acceptNeed, assignNeed, holdNeed } from '../../../../loop/needs/contract/desk.ts'
import { call } from '../../../app/client.ts'
import { useMay } from '../../../app/session.ts'
import { ChoiceField, ColleagueField } from '../../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../../ui/desk/DeskDialog.tsx'
import type { BulkAct } from '../../../ui/desk/list-page.ts'
import styles from './desk-needs.module.css'
import type { DeskNeedRow } from './need-words.tsx'

type Asked = { readonly what: 'accept' | 'assign'; readonly count: number; readonly go: () => void }

const open = ['submitted', 'accepted', 'responding']

/** Bulk acts of the list of needs. */
export function useNeedBulk(): { readonly bulk: readonly BulkAct<DeskNeedRow>[]; readonly dialog: ReactNode } {
  const { t } = useTranslation(['needs', 'frame'])
  const mayAccept = useMay('needs.acceptNeed')
  const mayHold = useMay('needs.holdNeed')
  const mayAssign = useMay('needs.assignNeed')
  const [asked, setAsked] = useState<Asked>()
  const [value, setValue] = useState<string>()
  const answer = useRef<string | undefined>(undefined)
  const ask = (what: Asked['what']) => (rows: readonly DeskNeedRow[], go: () => void) =>
    setAsked({ what, count: rows.length, go })
  const everyOpen = (rows: readonly DeskNeedRow[]) =>
    rows.every((row) => open.includes(row.state)) ? undefined : t('desk.bulk.someEnded')
  const bulk: BulkAct<DeskNeedRow>[] = []
  if (mayAccept) {
    bulk.push({
      key: 'accept',
      label: t('verbs.acceptNeed'),
      icon: 'check',
      confirm: ask('accept'),
      off: (rows) => (rows.every((row) => row.state === 'submitted') ? undefined : t('desk.bulk.notSubmitted')),
      run: async (row) => {
        const need = await call(getNeed, { params: { id: row.id } })
        await call(
          acceptNeed,
          {
            params: { id: row.id },
            body: { category: row.category, routeHint: (answer.current ?? 'department') as NeedRoute },
          },
          { ifMatch: String(need.version) },
        )
      },
    })
  }
  if (mayHold) {
    bulk.push({
      key: 'hold',
      label: t('verbs.holdNeed'),
      icon: 'hand',
      run: (row) => call(holdNeed, { params: { id: row.id } }),
      off: (rows) =>
        everyOpen(rows) ?? (rows.every((row) => row.holder === undefined) ? undefined : t('desk.bulk.someHeld')),
    })
  }
  if (mayAssign)
    bulk.push({
      key: 'assign',
      label: t('verbs.assignNeed'),
      icon: 'person',
      off: everyOpen,
      confirm: ask('assign'),
      run: (row) => call(assignNeed, { params: { id: row.id }, body: { to: answer.current ?? '' } }),
    })
  const close = () => {
    setAsked(undefined)
    setValue(undefined)
  }
  const confirm = () => {
    answer.current = value
    const go = asked?.go
    close()
    go?.()
  }
  const dialog = asked && (
    <DeskDialog
      title={t(`desk.bulk.${asked.what}Title`, { count: asked.count })}
      onClose={close}
      foot={
        <>
          <DeskButton onClick={close}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" off={!value} onClick={confirm}>
            {t(asked.what === 'accept' ? 'verbs.acceptNeed' : 'verbs.assignNeed')}
          </DeskButton>
        </>
      }
    >
      <p className={styles.ask}>{t(`desk.bulk.${asked.what}What`)}</p>
      {asked.what === 'accept' ? (
        <ChoiceField
          label={t('fields.routeHint')}
          value={value}
          onChange={setValue}
          choices={needRoutes.map((route) => ({ value: route, label: t(`routes.${route}`) }))}
        />
      ) : (
        <ColleagueField label={t('fields.to')} value={value} onChange={setValue} />
      )}
    </DeskDialog>
  )
  return { bulk, dialog }
}
