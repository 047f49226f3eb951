// Mine: what waits for me, my needs, who looked at my data, and the ways to my settings.
import { useTranslation } from 'react-i18next'
import { usePlace } from '../../app/place.ts'
import { useSession } from '../../app/session.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { SizeToggle } from '../../ui/resident/PlaceTop.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { LanguageSwitch } from '../../ui/shared/LanguageSwitch.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { MyVotes } from '../vote/MyVotes.tsx'
import { QueueList } from '../needs/resident/QueueList.tsx'
import { LooksCard } from './LooksCard.tsx'
import styles from './mine.module.css'
import { MyNeeds } from './MyNeeds.tsx'
import { WaitingForMe } from './WaitingForMe.tsx'

/** Not signed in: what is here afterwards, and the way in. */
function Stranger() {
  const { t } = useTranslation(['mine', 'frame'])
  return (
    <Page title={t('mine:title')} top="place">
      <div className={styles.first}>
        <Card>
          <EmptyState
            icon="user"
            title={t('mine:stranger')}
            next={t('mine:strangerNext')}
            action={
              <Button kind="primary" to="/sign-in?next=%2Fmine">
                {t('frame:signIn')}
              </Button>
            }
          />
        </Card>
      </div>
      <div className={styles.foot}>
        <LanguageSwitch />
      </div>
    </Page>
  )
}

export default function MinePage() {
  const { t } = useTranslation(['mine', 'home', 'needs', 'identity', 'vote'])
  const { person, verified, loaded } = useSession()
  const [place] = usePlace()
  if (!loaded)
    return (
      <Page title={t('mine:title')} top="place">
        <Skeleton rows={9} />
      </Page>
    )
  if (!person) return <Stranger />
  return (
    <Page
      title={t('mine:title')}
      top="none"
      band={
        <div className={styles.band}>
          <div className={styles.me}>
            <span className={styles.face}>
              <Icon name="user" size={28} />
            </span>
            <div>
              <p className={styles.name}>
                {person.maskedName}
                <Tag round tone={verified ? 'done' : 'neutral'} icon={verified ? 'check' : 'info'}>
                  {t(verified ? 'mine:verified' : 'mine:unverified')}
                </Tag>
              </p>
              <p className={styles.where}>{[person.maskedPhone, place?.name].filter(Boolean).join(' · ')}</p>
            </div>
            <SizeToggle />
          </div>
          <WaitingForMe />
        </div>
      }
    >
      <QueueList withoutDrafts />
      <Section title={t('mine:needs')} more={t('mine:all')} moreTo="/mine/needs" first>
        <MyNeeds most={3} />
      </Section>
      <Section title={t('vote:myVotes')} more={t('mine:all')} moreTo="/mine/votes">
        <MyVotes most={3} />
      </Section>
      <Section title={t('mine:looks')} more={t('mine:all')} moreTo="/mine/looks">
        <LooksCard most={3} />
      </Section>
      <Section title={t('mine:settings')}>
        <Card>
          <ItemList>
            <Item to="/mine/volunteering" title={t('mine:volunteering')} meta={[t('mine:volunteeringNote')]} arrow />
            <Item to="/mine/wishes" title={t('mine:wishes')} meta={[t('mine:wishesNote')]} arrow />
            <Item to="/notices" title={t('mine:notices')} arrow />
            <Item to="/mine/proxies" title={t('mine:proxies')} meta={[t('mine:proxiesNote')]} arrow />
            <Item to="/mine/account" title={t('mine:account')} meta={[t('mine:accountNote')]} arrow />
          </ItemList>
        </Card>
      </Section>
      <div className={styles.foot}>
        <LanguageSwitch />
      </div>
    </Page>
  )
}
