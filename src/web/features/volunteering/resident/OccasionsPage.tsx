// Near me: activities that residents may join and shifts that volunteers may take, soonest first.
import { useTranslation } from 'react-i18next'
import { useAddressQuery } from '../../../app/address.ts'
import { usePlace } from '../../../app/place.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import NoPlace from '../../home/NoPlace.tsx'
import { GrownList } from '../../needs/resident/GrownList.tsx'
import { useGrown } from '../../needs/resident/more-pages.ts'
import { Tabs } from '../../needs/resident/Tabs.tsx'
import { OccasionItem, type OccasionRow } from './occasion-words.tsx'
import styles from './volunteering.module.css'

export default function OccasionsPage() {
  const { t } = useTranslation(['volunteering', 'delivery', 'home', 'needs'])
  const [place] = usePlace()
  const [query, change] = useAddressQuery()
  const kind = query['kind'] === 'shift' ? 'shift' : 'activity'
  // One's own community first; the whole township when one looks further.
  const wide = query['wide'] === 'yes'
  const division = (place?.code ?? '').slice(0, wide ? 9 : 12)
  const list = useGrown<OccasionRow>(`/api/occasions?division=${division}&kind=${kind}`, place !== undefined)
  return (
    <Page title={t('volunteering:near')} back="/services">
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <h2 className="sr-only">{t(`delivery:options.occasion.${kind}`)}</h2>
          <Tabs
            name="kind"
            label={t('volunteering:kinds')}
            tabs={[
              { value: '', label: t('delivery:options.occasion.activity') },
              { value: 'shift', label: t('delivery:options.occasion.shift') },
            ]}
          />
          <p className={styles.lead}>{t(`volunteering:lead.${kind}`)}</p>
          <button
            type="button"
            aria-pressed={wide}
            className={styles.wide}
            onClick={() => change({ wide: wide ? undefined : 'yes' })}
          >
            {t('volunteering:wide')}
          </button>
          <GrownList
            list={list}
            row={(row) => <OccasionItem key={row.id} row={row} />}
            empty={
              <EmptyState icon="calendar" title={t(`volunteering:none.${kind}`)} next={t('volunteering:noneNext')} />
            }
          />
          <Section title={t('volunteering:mine')}>
            <Card>
              <ItemList>
                <Item
                  to="/mine/volunteering"
                  title={t('volunteering:mineTitle')}
                  meta={[t('volunteering:mineNote')]}
                  arrow
                />
                <Item to="/volunteer-proof" title={t('volunteering:proof.check')} arrow />
              </ItemList>
            </Card>
          </Section>
        </>
      )}
    </Page>
  )
}
