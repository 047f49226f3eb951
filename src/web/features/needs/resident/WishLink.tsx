// The way to the wish of a need, or to asking for one while the need is accepted.
import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import type { NeedView } from './NeedBand.tsx'

export function WishLink({ need }: { readonly need: NeedView }) {
  const { t } = useTranslation('needs')
  const wish = need.route === 'wish' && need.routeBy?.kind === 'wish' ? need.routeBy.id : undefined
  if (wish === undefined && !(need.mine && need.state === 'accepted')) return null
  return (
    <Section title={t('routes.wish')}>
      <Card>
        <ItemList>
          {wish !== undefined ? (
            <Item to={`/wishes/${wish}`} title={t('resident.wish.open')} meta={[t('resident.wish.openNote')]} arrow />
          ) : (
            <Item
              to={`/wishes/new?need=${need.id}`}
              title={t('resident.wish.ask')}
              meta={[t('resident.wish.askNote')]}
              arrow
            />
          )}
        </ItemList>
      </Card>
    </Section>
  )
}
