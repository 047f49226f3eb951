// The wish board: what neighbours wish for, to be claimed by whoever can.
import { useTranslation } from 'react-i18next'
import { categoryCodes } from '../../../../loop/needs/contract/taxonomy.ts'
import { boardStates } from '../../../../loop/wishes/contract.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { usePlace } from '../../../app/place.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { Select } from '../../../ui/resident/Select.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import NoPlace from '../../home/NoPlace.tsx'
import { GrownList } from '../../needs/resident/GrownList.tsx'
import { useGrown } from '../../needs/resident/more-pages.ts'
import { Tabs } from '../../needs/resident/Tabs.tsx'
import { WishItem, type WishRow } from './wish-words.tsx'
import styles from './wishes.module.css'

const classes = categoryCodes.filter((code) => code.length === 2)

export default function WishBoardPage() {
  const { t } = useTranslation(['wishes', 'needs', 'home'])
  const [place] = usePlace()
  const [query, change] = useAddressQuery()
  const state = boardStates.find((each) => each === query['state'])
  const category = classes.find((each) => each === query['category'])
  // One's own community first; the whole township when one looks further.
  const wide = query['wide'] === 'yes'
  const division = (place?.code ?? '').slice(0, wide ? 9 : 12)
  const list = useGrown<WishRow>(
    `/api/wishes?division=${division}${state ? `&state=${state}` : ''}${category ? `&category=${category}` : ''}`,
    place !== undefined,
  )
  return (
    <Page title={place ? t('wishes:board.title', { place: place.name }) : t('wishes:verbs.listWishes')} back="/square">
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <p className={styles.lead}>{t('wishes:board.lead')}</p>
          <h2 className="sr-only">{t('wishes:verbs.listWishes')}</h2>
          <Tabs
            name="state"
            label={t('wishes:board.states')}
            tabs={[
              { value: '', label: t('wishes:board.all') },
              ...boardStates.map((value) => ({ value, label: t(`wishes:states.${value}`) })),
            ]}
          />
          <div className={styles.filters}>
            <Select
              label={t('wishes:fields.category')}
              value={category ?? ''}
              onChange={(value) => change({ category: value === '' ? undefined : value })}
              options={classes.map((value) => ({ value, label: t(`needs:categories.${value}`) }))}
            />
            <button
              type="button"
              aria-pressed={wide}
              className={styles.wide}
              onClick={() => change({ wide: wide ? undefined : 'yes' })}
            >
              {t('wishes:board.wide')}
            </button>
          </div>
          <GrownList
            list={list}
            row={(row) => <WishItem key={row.id} row={row} place={wide} />}
            empty={<EmptyState icon="star" title={t('wishes:board.none')} next={t('wishes:board.noneNext')} />}
          />
          <Section title={t('wishes:board.more')}>
            <Card>
              <ItemList>
                <Item to="/wishes/new" title={t('wishes:ask.title')} meta={[t('wishes:ask.note')]} arrow />
                <Item to="/wishes/givers" title={t('wishes:verbs.listGivers')} meta={[t('wishes:givers.note')]} arrow />
                <Item to="/mine/wishes" title={t('wishes:mine.title')} meta={[t('wishes:mine.note')]} arrow />
              </ItemList>
            </Card>
          </Section>
        </>
      )}
    </Page>
  )
}
