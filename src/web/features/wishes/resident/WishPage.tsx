// A wish: what is wished for, who grants it and by when, what I may do, the thank-you, and its thread.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { boardStates, getWish } from '../../../../loop/wishes/contract.ts'
import { useAsk } from '../../../app/ask.ts'
import { shortPlace } from '../../../app/place.ts'
import { problemOf } from '../../../app/problem.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Clauses, Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { ShareButton } from '../../needs/resident/ShareButton.tsx'
import { ThreadSection } from '../../needs/resident/ThreadSection.tsx'
import { ClaimCard } from './ClaimCard.tsx'
import { GiverCard } from './GiverCard.tsx'
import { ResidentCard } from './ResidentCard.tsx'
import { useGiverName, type WishView, wishTone } from './wish-words.tsx'
import styles from './wishes.module.css'

/** Who grants it, and by when. */
function Giver({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  const giverName = useGiverName()
  if (!wish.giver) return null
  return (
    <Section title={t('page.giver')} first>
      <Card pad>
        <p className={styles.giver}>
          <Icon name="hand" size={22} />
          <b>{giverName(wish.giver)}</b>
          <Tag round tone="neutral">
            {t(`giverKinds.${wish.giver.kind}`)}
          </Tag>
        </p>
        {wish.deliverUntil && (
          <p className={styles.small}>
            {t('page.deliverUntil')}
            <DateText date={wish.deliverUntil} style="weekday" />
          </p>
        )}
        {wish.state === 'delivered' && wish.confirmUntil && (
          <p className={styles.small}>
            {t('page.confirmUntil')}
            <DateText date={wish.confirmUntil} style="weekday" />
          </p>
        )}
        {wish.remark && (
          <p className={styles.remark}>
            <Icon name="alert" size={18} />
            {t('page.remark', { words: wish.remark })}
          </p>
        )}
      </Card>
    </Section>
  )
}

/** What was delivered; only those concerned are answered it. */
function Delivered({ wish }: { readonly wish: WishView }) {
  const { t } = useTranslation('wishes')
  if (!wish.delivery) return null
  return (
    <Section title={t('page.delivery')} note={<DateText date={wish.delivery.at} />}>
      <Card pad>
        <p className={styles.words}>{wish.delivery.words}</p>
        {wish.delivery.files.length > 0 && (
          <ul className={styles.photos}>
            {wish.delivery.files.map((file, at) => (
              <li key={file.id}>
                <a href={`/api/files/${file.id}`}>
                  {file.type.startsWith('image/') ? (
                    <img
                      src={`/api/files/${file.id}`}
                      alt={t('page.photo', { n: at + 1 })}
                      loading="lazy"
                      width={88}
                      height={88}
                    />
                  ) : (
                    file.name
                  )}
                </a>
              </li>
            ))}
          </ul>
        )}
        <p className={styles.small}>
          <Icon name="lock" size={16} /> {t('page.deliveryNote')}
        </p>
      </Card>
    </Section>
  )
}

export default function WishPage() {
  const { t } = useTranslation(['wishes', 'needs'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getWish, { params: { id } })
  const title = t('wishes:kinds.wish')
  if (error)
    return (
      <Page title={title} back="/wishes">
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={title} back="/wishes">
        <Skeleton rows={9} />
      </Page>
    )
  // Off the board nobody else can open it: there is nothing to share.
  const onBoard = boardStates.some((state) => state === data.state)
  return (
    <Page
      title={title}
      back="/wishes"
      tool={onBoard && <ShareButton title={data.title} />}
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag round tone={wishTone(data.state)} icon="star">
              {t(`wishes:states.${data.state}`)}
            </Tag>
            <span>{data.number}</span>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
          <p className={styles.text}>{data.text}</p>
          <p className={styles.small}>
            {[t(`needs:categories.${data.category}`), shortPlace(data.divisionName ?? '')].join(' · ')}
          </p>
        </div>
      }
    >
      {data.ended && (
        <Section title={t('wishes:page.ended')} first>
          <Card pad>
            <p className={styles.words}>
              {t(`wishes:endReasons.${data.ended.reason}`)}
              {data.ended.words && t('wishes:page.because', { words: data.ended.words })}
            </p>
          </Card>
        </Section>
      )}
      <Giver wish={data} />
      <ResidentCard wish={data} />
      <Delivered wish={data} />
      {data.thanks && (
        <Section title={t('wishes:page.thanks')} note={data.thanks.public ? undefined : t('wishes:page.thanksPrivate')}>
          <Card pad>
            <blockquote className={styles.thanks}>{data.thanks.words}</blockquote>
          </Card>
        </Section>
      )}
      <GiverCard wish={data} />
      <ClaimCard wish={data} />
      {data.need && (
        <Section title={t('wishes:page.need')}>
          <Card>
            <ItemList>
              <Item to={`/needs/${data.need.id}`} title={data.need.number ?? t('wishes:page.privateNeed')} arrow />
            </ItemList>
          </Card>
        </Section>
      )}
      {data.state !== 'withdrawn' && <ThreadSection kind="wish" id={data.id} />}
    </Page>
  )
}
