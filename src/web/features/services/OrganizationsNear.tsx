// Organizations of the township: who they are and how they are rated.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { listOrganizations } from '../../../registers/organizations/contract.ts'
import { useAskPath } from '../../app/ask.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Section } from '../../ui/resident/Section.tsx'

export function OrganizationsNear({ division }: { readonly division: string }) {
  const { t } = useTranslation(['services', 'organizations'])
  const { data } = useAskPath<OutputOf<typeof listOrganizations>>(
    `/api/organizations?division=${division.slice(0, 6)}&size=5`,
  )
  if (!data || data.rows.length === 0) return null
  return (
    <Section title={t('services:organizations')}>
      <Card>
        <ItemList>
          {data.rows.map((row) => (
            <Item
              key={row.id}
              to={`/organizations/${row.id}`}
              title={row.name}
              arrow
              meta={[
                t(`organizations:kinds.${row.kind}`),
                row.rating ? t('services:rating', { rating: row.rating }) : t('services:noRating'),
              ]}
            />
          ))}
        </ItemList>
      </Card>
    </Section>
  )
}
