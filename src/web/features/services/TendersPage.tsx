// Tenders and awards of the place's county, open to everybody.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { listTenders } from '../../../loop/procurement/contract.ts'
import { useAddressQuery } from '../../app/address.ts'
import { usePlace } from '../../app/place.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { useDateWords } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { PartyMark } from '../../ui/shared/PartyMark.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { GrownList } from '../needs/resident/GrownList.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import { Tabs } from '../needs/resident/Tabs.tsx'

type Row = OutputOf<typeof listTenders>['rows'][number]

const states = ['published', 'award-notice', 'awarded', 'contracted', 'failed'] as const

export default function TendersPage() {
  const { t } = useTranslation(['services', 'procurement', 'needs'])
  const words = useDateWords()
  const [place] = usePlace()
  const [query] = useAddressQuery()
  const state = states.find((each) => each === query['state'])
  const filters = [place && `division=${place.code.slice(0, 6)}`, state && `state=${state}`].filter(Boolean).join('&')
  const list = useGrown<Row>(`/api/tenders${filters && `?${filters}`}`)
  return (
    <Page title={t('services:tenders')} back="/services">
      <h2 className="sr-only">{t('services:tenders')}</h2>
      <Tabs
        name="state"
        label={t('services:states')}
        tabs={[
          { value: '', label: t('services:all') },
          ...states.map((value) => ({ value, label: t(`procurement:states.${value}`) })),
        ]}
      />
      <GrownList
        list={list}
        row={(row) => (
          <Item
            key={row.id}
            to={`/tenders/${row.id}`}
            title={row.title}
            arrow
            meta={[
              <Tag key="state" round tone={row.state === 'published' ? 'waiting' : row.award ? 'done' : 'neutral'}>
                {row.state === 'published' && row.deadline
                  ? t('services:tender.until', { date: words(row.deadline) })
                  : t(`procurement:states.${row.state}`)}
              </Tag>,
              <span key="budget">
                {t('services:tender.budget')} <MoneyText amount={row.budget} unit />
              </span>,
            ]}
          >
            {row.award && <PartyMark party="organization">{row.award.organizationName}</PartyMark>}
          </Item>
        )}
        empty={<EmptyState icon="tender" title={t('services:tender.none')} next={t('services:tender.noneNext')} />}
      />
      <Section title={t('services:openData')}>
        <Card>
          <ItemList>
            <Item to="/data" title={t('services:openDataAll')} meta={[t('services:openDataNote')]} arrow />
          </ItemList>
        </Card>
      </Section>
    </Page>
  )
}
