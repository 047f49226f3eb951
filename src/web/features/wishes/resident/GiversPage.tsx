// The ranking of givers of my community or township this year: by different residents helped, never by wishes.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { listGivers } from '../../../../loop/wishes/contract/givers.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { usePlace } from '../../../app/place.ts'
import { useSession } from '../../../app/session.ts'
import { Item } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { Select } from '../../../ui/resident/Select.tsx'
import NoPlace from '../../home/NoPlace.tsx'
import { GrownList } from '../../needs/resident/GrownList.tsx'
import { useGrown } from '../../needs/resident/more-pages.ts'
import { Tabs } from '../../needs/resident/Tabs.tsx'
import { useGiverName } from './wish-words.tsx'
import styles from './wishes.module.css'

type Row = OutputOf<typeof listGivers>['rows'][number]

const levels = { community: 12, township: 9, county: 6 } as const

export default function GiversPage() {
  const { t } = useTranslation(['wishes', 'home', 'needs'])
  const giverName = useGiverName()
  const [place] = usePlace()
  const { now } = useSession()
  const [query, change] = useAddressQuery()
  const level = query['level'] === 'township' ? 'township' : query['level'] === 'county' ? 'county' : 'community'
  const thisYear = Number(now.slice(0, 4))
  const year = query['year'] === String(thisYear - 1) ? thisYear - 1 : thisYear
  const list = useGrown<Row>(
    `/api/wishes/givers?division=${(place?.code ?? '').slice(0, levels[level])}&year=${year}`,
    place !== undefined,
  )
  return (
    <Page title={t('wishes:verbs.listGivers')} back="/wishes">
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <p className={styles.lead}>{t('wishes:givers.lead')}</p>
          <h2 className="sr-only">{t('wishes:verbs.listGivers')}</h2>
          <Tabs
            name="level"
            label={t('wishes:givers.level')}
            tabs={[
              { value: '', label: t('wishes:givers.community') },
              { value: 'township', label: t('wishes:givers.township') },
              { value: 'county', label: t('wishes:givers.county') },
            ]}
          />
          <div className={styles.filters}>
            <Select
              label={t('wishes:fields.year')}
              value={String(year)}
              onChange={(value) => change({ year: value === String(thisYear) ? undefined : value })}
              options={[thisYear, thisYear - 1].map((each) => ({ value: String(each), label: String(each) }))}
            />
          </div>
          <GrownList
            list={list}
            row={(row) => (
              <Item
                key={`${row.rank} ${row.kind} ${row.name ?? ''} ${list.rows?.indexOf(row) ?? 0}`}
                title={giverName(row)}
                meta={[t(`wishes:giverKinds.${row.kind}`), t('wishes:givers.helped', { count: row.helped })]}
                tool={<span className={styles.rank}>{t('wishes:givers.rank', { n: row.rank })}</span>}
              />
            )}
            empty={<EmptyState icon="hand" title={t('wishes:givers.none')} next={t('wishes:givers.noneNext')} />}
          />
        </>
      )}
    </Page>
  )
}
