// Other drafts of mine on the server, to go on with one of them; those that lie on this device too stand in the list of the device.
import { useTranslation } from 'react-i18next'
import { listMyNeeds } from '../../../../loop/needs/contract.ts'
import { useAsk } from '../../../app/ask.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { useQueue } from '../../../app/offline/use-queue.ts'
import type { RaiseDraft } from './raise-content.ts'

export function DraftList({ except }: { readonly except: string | undefined }) {
  const { t } = useTranslation('needs')
  const { data } = useAsk(listMyNeeds, { query: { size: 50 } })
  const { items } = useQueue()
  const here = new Set(items.map((item) => (item.payload as RaiseDraft | undefined)?.server?.id))
  const drafts = (data?.rows ?? []).filter((row) => row.state === 'draft' && row.id !== except && !here.has(row.id))
  if (drafts.length === 0) return null
  return (
    <Section title={t('resident.raise.drafts', { count: drafts.length })}>
      <Card>
        <ItemList>
          {drafts.slice(0, 5).map((row) => (
            <Item key={row.id} to={`/raise?draft=${row.id}`} title={row.title ?? t('resident.privateTitle')} arrow />
          ))}
        </ItemList>
      </Card>
    </Section>
  )
}
