// Other drafts of mine, to go on with one of them.
import { useTranslation } from 'react-i18next'
import { listMyNeeds } from '../../../../loop/needs/contract.ts'
import { useAsk } from '../../../app/ask.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Section } from '../../../ui/resident/Section.tsx'

export function DraftList({ except }: { readonly except: string | undefined }) {
  const { t } = useTranslation('needs')
  const { data } = useAsk(listMyNeeds, { query: { size: 50 } })
  const drafts = (data?.rows ?? []).filter((row) => row.state === 'draft' && row.id !== except)
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
