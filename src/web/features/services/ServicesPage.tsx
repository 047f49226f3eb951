// Services of the community: being delivered, open for comment, and all others; the way to tenders and organizations.
import { useTranslation } from 'react-i18next'
import { useAddressQuery } from '../../app/address.ts'
import { usePlace } from '../../app/place.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import NoPlace from '../home/NoPlace.tsx'
import { GrownList } from '../needs/resident/GrownList.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import { Tabs } from '../needs/resident/Tabs.tsx'
import { OrganizationsNear } from './OrganizationsNear.tsx'
import { ProjectItem, type ProjectRow } from './ProjectItem.tsx'

const states = ['delivering', 'resident-review', 'tendering', 'evaluating', 'completed'] as const

export default function ServicesPage() {
  const { t } = useTranslation(['services', 'projects', 'needs', 'home'])
  const [place] = usePlace()
  const [query] = useAddressQuery()
  const state = states.find((each) => each === query['state'])
  const list = useGrown<ProjectRow>(
    `/api/projects?division=${place?.code ?? ''}${state ? `&state=${state}` : ''}`,
    place !== undefined,
  )
  return (
    <Page title={t('services:title')} top="place">
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <Section title={t('services:near')} first>
            <Tabs
              name="state"
              label={t('services:states')}
              tabs={[
                { value: '', label: t('services:all') },
                ...states.map((value) => ({ value, label: t(`projects:states.${value}`) })),
              ]}
            />
            <GrownList
              list={list}
              row={(row) => <ProjectItem key={row.id} row={row} />}
              empty={<EmptyState icon="services" title={t('services:none')} next={t('services:noneNext')} />}
            />
          </Section>
          <OrganizationsNear division={place.code} />
          <Section title={t('services:more')}>
            <Card>
              <ItemList>
                <Item to="/occasions" title={t('services:occasions')} meta={[t('services:occasionsNote')]} arrow />
                <Item to="/wishes" title={t('services:wishes')} meta={[t('services:wishesNote')]} arrow />
                <Item to="/venture" title={t('services:venture')} meta={[t('services:ventureNote')]} arrow />
                <Item to="/tenders" title={t('services:tenders')} meta={[t('services:tendersNote')]} arrow />
                <Item to="/square" title={t('services:square')} meta={[t('services:squareNote')]} arrow />
              </ItemList>
            </Card>
          </Section>
        </>
      )}
    </Page>
  )
}
