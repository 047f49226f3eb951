// A wish in a list, its state as a tag, and how its giver is named.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { getWish, GiverKind, listWishes, WishState } from '../../../../loop/wishes/contract.ts'
import { shortPlace } from '../../../app/place.ts'
import { Item } from '../../../ui/resident/Item.tsx'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import { Tag, type TagTone } from '../../../ui/shared/Tag.tsx'

export type WishRow = OutputOf<typeof listWishes>['rows'][number]
export type WishView = OutputOf<typeof getWish>

const tones: Readonly<Record<WishState, TagTone>> = {
  asked: 'waiting',
  offered: 'waiting',
  open: 'waiting',
  claimed: 'progress',
  delivered: 'progress',
  confirmed: 'done',
  unconfirmed: 'neutral',
  declined: 'outline',
  withdrawn: 'outline',
}

/** The tone of a wish's state. */
export function wishTone(state: WishState): TagTone {
  return tones[state]
}

/** The giver as shown: by name, or as a kind neighbour who stays unnamed. */
export function useGiverName(): (giver: { readonly kind: GiverKind; readonly name?: string }) => string {
  const { t } = useTranslation('wishes')
  return (giver) => giver.name ?? t('unnamed')
}

/** A wish as a row. `place`: with its community, on boards of more than one. */
export function WishItem({ row, place }: { readonly row: WishRow; readonly place?: boolean }) {
  const { t } = useTranslation(['wishes', 'needs'])
  const giverName = useGiverName()
  const words = useDateWords()
  return (
    <Item
      to={`/wishes/${row.id}`}
      title={row.title}
      arrow
      meta={[
        <Tag key="state" round tone={wishTone(row.state)}>
          {t(`wishes:states.${row.state}`)}
        </Tag>,
        t(`needs:categories.${row.category}`),
        ...(place && row.divisionName ? [shortPlace(row.divisionName)] : []),
        ...(row.giver ? [t('wishes:page.by', { name: giverName(row.giver) })] : []),
        ...(row.deliverUntil ? [t('wishes:page.until', { date: words(row.deliverUntil) })] : []),
      ]}
    />
  )
}
