// The square: motions of the community by what one can do with them, and the way to the board of needs.
import { useTranslation } from 'react-i18next'
import { useAddressQuery } from '../../app/address.ts'
import { usePlace } from '../../app/place.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import NoPlace from '../home/NoPlace.tsx'
import { GrownList } from '../needs/resident/GrownList.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import { Tabs } from '../needs/resident/Tabs.tsx'
import { type MotionRow, useMotionNote } from './motion-note.ts'

/** Tabs of the list: states in which residents may do something, and what came out. */
const states = ['discussing', 'voting', 'published', 'proposed', 'executing', 'closed'] as const

export default function SquarePage() {
  const { t } = useTranslation(['square', 'deliberation', 'home', 'needs'])
  const note = useMotionNote()
  const [place] = usePlace()
  const [query] = useAddressQuery()
  const state = states.find((each) => each === query['state'])
  const list = useGrown<MotionRow>(
    `/api/motions?division=${place?.code ?? ''}${state ? `&state=${state}` : ''}`,
    place !== undefined,
  )
  return (
    <Page title={t('square:title')} top="place">
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <Section title={t('square:motions')} first>
            <Tabs
              name="state"
              label={t('square:states')}
              tabs={[
                { value: '', label: t('square:all') },
                ...states.map((value) => ({ value, label: t(`deliberation:states.${value}`) })),
              ]}
            />
            <GrownList
              list={list}
              row={(row) => (
                <Item
                  key={row.id}
                  to={`/motions/${row.id}`}
                  title={row.title}
                  arrow
                  meta={[
                    <Tag
                      key="state"
                      round
                      tone={row.state === 'voting' || row.state === 'discussing' ? 'waiting' : 'neutral'}
                    >
                      {note(row)}
                    </Tag>,
                    ...(row.supports > 0 && row.state !== 'proposed'
                      ? [t('square:supports', { count: row.supports })]
                      : []),
                    <DateText key="day" date={row.createdAt} />,
                  ]}
                />
              )}
              empty={<EmptyState icon="deliberation" title={t('square:none')} next={t('square:noneNext')} />}
            />
          </Section>
          <Section title={t('square:more')}>
            <Card>
              <ItemList>
                <Item to="/needs" title={t('square:board')} meta={[t('square:boardNote')]} arrow />
                <Item to="/wishes" title={t('square:wishes')} meta={[t('square:wishesNote')]} arrow />
                <Item to="/tenders" title={t('square:tenders')} meta={[t('square:tendersNote')]} arrow />
              </ItemList>
            </Card>
          </Section>
        </>
      )}
    </Page>
  )
}
