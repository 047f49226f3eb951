// The views that the list of needs offers, each with how many are in it.
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listDeskNeeds } from '../../../../loop/needs/contract.ts'
import { addressOf, send } from '../../../app/client.ts'
import { useMay } from '../../../app/session.ts'
import type { Page, View } from '../../../ui/desk/list-page.ts'

const all: readonly {
  readonly key: string
  readonly filters: Readonly<Record<string, string>>
  readonly community?: boolean
}[] = [
  { key: 'all', filters: {} },
  { key: 'submitted', filters: { state: 'submitted' } },
  { key: 'mine', filters: { holder: 'me' }, community: true },
  { key: 'nobody', filters: { state: 'submitted', holder: 'nobody' }, community: true },
  { key: 'away', filters: { holder: 'away' }, community: true },
  { key: 'overdue', filters: { overdue: 'yes' } },
  { key: 'responding', filters: { state: 'responding' } },
  { key: 'answered', filters: { state: 'answered' } },
]

/** Counts are asked for with lists of one row: the capped count comes with the first page. */
export function useNeedViews(): View[] {
  const { t } = useTranslation('needs')
  const holds = useMay('needs.holdNeed')
  const views = all.filter((view) => holds || !view.community)
  const counts = useQueries({
    queries: views.map((view) => {
      const address = addressOf(listDeskNeeds.path, { query: { ...view.filters, size: 1 } })
      return {
        queryKey: [listDeskNeeds.name, address],
        queryFn: () => send<Page<unknown>>('GET', address),
        staleTime: 30_000,
      }
    }),
  })
  return views.map((view, index) => ({
    key: view.key,
    label: t(`desk.view.${view.key}`),
    filters: view.filters,
    count: counts[index]?.data?.count?.n,
  }))
}
