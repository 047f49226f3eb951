// Mine: wishes that I claimed, those of my own needs, and the bodies for which I act.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { listMyBodies } from '../../../../loop/wishes/contract/givers.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { useAskPath } from '../../../app/ask.ts'
import { shortPlace } from '../../../app/place.ts'
import { useSession } from '../../../app/session.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { GrownList } from '../../needs/resident/GrownList.tsx'
import { useGrown } from '../../needs/resident/more-pages.ts'
import { useSignedIn } from '../../needs/resident/signed.ts'
import { Tabs } from '../../needs/resident/Tabs.tsx'
import { WishItem, type WishRow } from './wish-words.tsx'

function Bodies() {
  const { t } = useTranslation('wishes')
  const { data } = useAskPath<OutputOf<typeof listMyBodies>>('/api/supporting-bodies/mine')
  return (
    <Section title={t('verbs.listMyBodies')}>
      <Card>
        <ItemList>
          {(data?.rows ?? []).map((body) => (
            <Item
              key={body.id}
              to={`/supporting-bodies/${body.id}`}
              title={body.name}
              arrow
              meta={[
                <Tag key="state" round tone={body.state === 'confirmed' ? 'done' : 'neutral'}>
                  {t(`bodyStates.${body.state}`)}
                </Tag>,
                t(`bodyKinds.${body.kind}`),
                shortPlace(body.divisionName ?? ''),
              ]}
            />
          ))}
          <Item to="/supporting-bodies/new" title={t('verbs.applyAsBody')} meta={[t('body.note')]} arrow />
        </ItemList>
      </Card>
    </Section>
  )
}

function Own() {
  const { t } = useTranslation('wishes')
  const [query] = useAddressQuery()
  const side = query['side'] === 'wished' ? 'wished' : 'claimed'
  const list = useGrown<WishRow>(`/api/wishes/mine?side=${side}`)
  return (
    <>
      <h2 className="sr-only">{t('mine.title')}</h2>
      <Tabs
        name="side"
        label={t('fields.side')}
        tabs={[
          { value: '', label: t('mine.claimed') },
          { value: 'wished', label: t('mine.wished') },
        ]}
      />
      <GrownList
        list={list}
        row={(row) => <WishItem key={row.id} row={row} place />}
        empty={
          <EmptyState
            icon="star"
            title={t(`mine.none.${side}`)}
            next={t(`mine.next.${side}`)}
            action={
              <Button kind="second" to={side === 'claimed' ? '/wishes' : '/wishes/new'}>
                {t(side === 'claimed' ? 'verbs.listWishes' : 'ask.title')}
              </Button>
            }
          />
        }
      />
      <Bodies />
    </>
  )
}

export default function MyWishesPage() {
  const { t } = useTranslation(['wishes', 'needs'])
  const { loaded } = useSession()
  const { signedIn, signIn } = useSignedIn()
  return (
    <Page title={t('wishes:mine.title')} back="/mine">
      {loaded && !signedIn ? (
        <Section title={t('wishes:mine.title')} first>
          <Card>
            <EmptyState
              icon="user"
              title={t('wishes:mine.stranger')}
              next={t('wishes:ask.strangerNext')}
              action={
                <Button kind="primary" onClick={signIn}>
                  {t('wishes:claim.signIn')}
                </Button>
              }
            />
          </Card>
        </Section>
      ) : (
        signedIn && <Own />
      )}
    </Page>
  )
}
