// What can be done to several waiting things at once: accept needs by one route, give needs to one colleague.
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getNeed, type PlannedRoute, plannedRoutes } from '../../../loop/needs/contract.ts'
import { acceptNeed, assignNeed } from '../../../loop/needs/contract/desk.ts'
import { call } from '../../app/client.ts'
import { ChoiceField, ColleagueField } from '../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import type { BulkAct } from '../../ui/desk/list-page.ts'
import type { WorkRow } from './WaitingTable.tsx'

/** What can be done to several at once; rows are selectable only where one of these waits. */
export const bulkVerbs: readonly string[] = ['acceptNeed', 'assignNeed']

type Asked = { readonly what: 'route' | 'colleague'; readonly count: number; readonly go: () => void }

/** The bulk acts for the chosen rows and the dialog that asks for what they share. */
export function useBulkActs(chosen: readonly WorkRow[]): {
  readonly acts: readonly BulkAct<WorkRow>[]
  readonly dialog: ReactNode
} {
  const { t } = useTranslation(['my-work', 'needs', 'frame'])
  const [asked, setAsked] = useState<Asked>()
  const [value, setValue] = useState<string>()
  const answer = useRef<string | undefined>(undefined)
  const only = (verb: string) => (rows: readonly WorkRow[]) =>
    rows.every((row) => row.domain === 'needs' && row.verb === verb)
      ? undefined
      : t('bulk.mixed', { verb: t(`needs:waiting.${verb}`) })
  const ask = (what: Asked['what']) => (rows: readonly WorkRow[], go: () => void) =>
    setAsked({ what, count: rows.length, go })
  const verbs = new Set(chosen.map((row) => row.verb))
  const acts: BulkAct<WorkRow>[] = []
  if (verbs.has('acceptNeed')) {
    acts.push({
      key: 'acceptNeed',
      label: t('bulk.accept'),
      icon: 'check',
      off: only('acceptNeed'),
      confirm: ask('route'),
      run: async (row) => {
        const need = await call(getNeed, { params: { id: row.of.id } })
        await call(
          acceptNeed,
          {
            params: { id: row.of.id },
            body: { category: need.category, routeHint: (answer.current ?? 'department') as PlannedRoute },
          },
          { ifMatch: String(need.version) },
        )
      },
    })
  }
  if (verbs.has('assignNeed') || verbs.has('acceptNeed')) {
    acts.push({
      key: 'assignNeed',
      label: t('bulk.assign'),
      icon: 'person',
      confirm: ask('colleague'),
      off: (rows) => (rows.every((row) => row.domain === 'needs') ? undefined : t('bulk.needsOnly')),
      run: (row) => call(assignNeed, { params: { id: row.of.id }, body: { to: answer.current ?? '' } }),
    })
  }
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
      title={t(asked.what === 'route' ? 'bulk.acceptMany' : 'bulk.assignMany', { count: asked.count })}
      onClose={close}
      foot={
        <>
          <DeskButton onClick={close}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" off={!value} onClick={confirm}>
            {t(asked.what === 'route' ? 'bulk.accept' : 'bulk.assign')}
          </DeskButton>
        </>
      }
    >
      <p>{t(asked.what === 'route' ? 'bulk.acceptWhat' : 'bulk.assignWhat')}</p>
      {asked.what === 'route' ? (
        <ChoiceField
          label={t('needs:fields.routeHint')}
          value={value}
          onChange={setValue}
          choices={plannedRoutes.map((route) => ({ value: route, label: t(`needs:routes.${route}`) }))}
        />
      ) : (
        <ColleagueField label={t('needs:fields.to')} value={value} onChange={setValue} />
      )}
    </DeskDialog>
  )
  return { acts, dialog }
}
