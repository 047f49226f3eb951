// What can be done to several needs at once: each act goes to the server with all of them, and what moved on meanwhile comes back.
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import * as bulkActs from '../../../../loop/needs/contract/bulk.ts'
import { holdNeed } from '../../../../loop/needs/contract/desk.ts'
import { call } from '../../../app/client.ts'
import { useMay } from '../../../app/session.ts'
import type { BulkAct, BulkResult } from '../../../ui/desk/list-page.ts'
import { type BulkAnswers, BulkDialog, type BulkWhat } from './BulkDialog.tsx'
import type { DeskNeedRow } from './need-words.tsx'
import type { CategoryProposal } from './ProposalCell.tsx'

export type BulkConflict = OutputOf<typeof bulkActs.acceptNeeds>['conflicts'][number]

type Asked = {
  readonly what: BulkWhat
  readonly proposed?: boolean
  readonly rows: readonly DeskNeedRow[]
  readonly go: () => void
}

const open = ['submitted', 'accepted', 'responding']

/** Bulk acts of the list of needs, the dialog that asks for what they share, and what the last one left undone. */
export function useNeedBulk(proposals: ReadonlyMap<string, CategoryProposal>): {
  readonly bulk: readonly BulkAct<DeskNeedRow>[]
  readonly dialog: ReactNode
  readonly conflicts: readonly BulkConflict[]
  readonly forget: () => void
} {
  const { t } = useTranslation(['needs', 'frame'])
  const mayAccept = useMay('needs.acceptNeed')
  const mayDecline = useMay('needs.declineNeed')
  const mayMerge = useMay('needs.mergeNeed')
  const mayHold = useMay('needs.holdNeed')
  const mayAssign = useMay('needs.assignNeed')
  const [asked, setAsked] = useState<Asked>()
  const [conflicts, setConflicts] = useState<readonly BulkConflict[]>([])
  const answers = useRef<BulkAnswers>({})

  const ask =
    (what: BulkWhat, proposed = false) =>
    (rows: readonly DeskNeedRow[], go: () => void) =>
      setAsked({ what, proposed, rows, go })
  const everySubmitted = (rows: readonly DeskNeedRow[]) =>
    rows.every((row) => row.state === 'submitted') ? undefined : t('desk.bulk.notSubmitted')
  const everyOpen = (rows: readonly DeskNeedRow[]) =>
    rows.every((row) => open.includes(row.state)) ? undefined : t('desk.bulk.someEnded')
  const everyHeld = (rows: readonly DeskNeedRow[]) =>
    everyOpen(rows) ?? (rows.every((row) => row.holder !== undefined) ? undefined : t('desk.bulk.someUnheld'))

  const someProposed = (rows: readonly DeskNeedRow[]) =>
    everySubmitted(rows) ?? (rows.some(({ id }) => proposals.has(id)) ? undefined : t('desk.bulk.noneProposed'))

  const seen = (rows: readonly DeskNeedRow[]) => rows.map(({ id, version }) => ({ id, version }))
  const told = (answer: OutputOf<typeof bulkActs.acceptNeeds>): BulkResult => {
    setConflicts(answer.conflicts)
    return { done: answer.done.map(({ id }) => id), failures: answer.conflicts.map(({ detail }) => detail) }
  }
  /** A page has fewer rows than the server takes at once. */
  const send = (act: (rows: readonly DeskNeedRow[], answers: BulkAnswers) => Promise<Parameters<typeof told>[0]>) => ({
    runAll: async (rows: readonly DeskNeedRow[]) => told(await act(rows, answers.current)),
  })

  const bulk: BulkAct<DeskNeedRow>[] = []
  if (mayAccept) {
    const accept = send((rows, { route = 'department', category, proposed = false }) =>
      call(bulkActs.acceptNeeds, {
        body: {
          needs: seen(rows).map((each) => ({
            ...each,
            category: proposed ? proposals.get(each.id)?.category : category,
          })),
          routeHint: route,
        },
      }),
    )
    bulk.push(
      {
        key: 'accept',
        label: t('verbs.acceptNeed'),
        icon: 'check',
        shortcut: 'e',
        off: everySubmitted,
        confirm: ask('accept'),
        ...accept,
      },
      {
        key: 'acceptProposed',
        label: t('desk.bulk.acceptProposed'),
        icon: 'check',
        shortcut: 'p',
        off: someProposed,
        confirm: ask('accept', true),
        ...accept,
      },
    )
  }
  if (mayDecline)
    bulk.push({
      key: 'decline',
      label: t('verbs.declineNeed'),
      icon: 'close',
      shortcut: 'd',
      off: everySubmitted,
      confirm: ask('decline'),
      ...send((rows, { reason = 'not-clear', words = '' }) =>
        call(bulkActs.declineNeeds, { body: { needs: seen(rows), reason, words } }),
      ),
    })
  if (mayMerge)
    bulk.push({
      key: 'merge',
      label: t('verbs.mergeNeed'),
      icon: 'merge',
      shortcut: 'm',
      off: everySubmitted,
      confirm: ask('merge'),
      ...send((rows, { into = '' }) =>
        call(bulkActs.mergeNeeds, { body: { needs: seen(rows.filter(({ id }) => id !== into)), into } }),
      ),
    })
  if (mayHold)
    bulk.push({
      key: 'hold',
      label: t('verbs.holdNeed'),
      icon: 'hand',
      shortcut: 'h',
      run: (row) => call(holdNeed, { params: { id: row.id } }, { ifMatch: String(row.version) }),
      off: (rows) =>
        everyOpen(rows) ?? (rows.every((row) => row.holder === undefined) ? undefined : t('desk.bulk.someHeld')),
    })
  if (mayAssign)
    bulk.push({
      key: 'assign',
      label: t('verbs.assignNeed'),
      icon: 'person',
      shortcut: 'g',
      off: everyOpen,
      confirm: ask('assign'),
      ...send((rows, { to = '' }) => call(bulkActs.assignNeeds, { body: { needs: seen(rows), to } })),
    })
  if (mayHold)
    bulk.push({
      key: 'takeOver',
      label: t('verbs.takeOverNeed'),
      icon: 'swap',
      shortcut: 't',
      off: everyHeld,
      confirm: ask('takeOver'),
      ...send((rows, { takeOver = 'on-leave' }) =>
        call(bulkActs.takeOverNeeds, { body: { needs: seen(rows), reason: takeOver } }),
      ),
    })

  const close = () => setAsked(undefined)
  const dialog = asked && (
    <BulkDialog
      what={asked.what}
      rows={asked.rows}
      proposals={proposals}
      initial={asked.what === 'accept' ? { route: answers.current.route, proposed: asked.proposed } : {}}
      onClose={close}
      onDone={(given) => {
        // The route that was meant last is offered again.
        answers.current = { route: answers.current.route, ...given }
        const { go } = asked
        close()
        go()
      }}
    />
  )
  return { bulk, dialog, conflicts, forget: () => setConflicts([]) }
}
