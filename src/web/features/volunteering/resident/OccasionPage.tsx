// One shift or activity: when and where, what is asked, and the one thing that I do next: sign up, check in, check out.
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getOccasion } from '../../../../loop/delivery/contract/occasions.ts'
import { useAsk } from '../../../app/ask.ts'
import { shortPlace } from '../../../app/place.ts'
import { problemOf } from '../../../app/problem.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Clauses } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { ShareButton } from '../../needs/resident/ShareButton.tsx'
import { MyPlaceCard } from './MyPlaceCard.tsx'
import { occasionTones, useSpanWords } from './occasion-words.tsx'
import styles from './volunteering.module.css'

export default function OccasionPage() {
  const { t } = useTranslation(['volunteering', 'delivery'])
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getOccasion, { params: { id } })
  const span = useSpanWords()
  const title = data ? t(`delivery:options.occasion.${data.kind}`) : t('volunteering:near')
  const back = data?.kind === 'shift' ? '/occasions?kind=shift' : '/occasions'
  if (error)
    return (
      <Page title={title} back="/occasions">
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={title} back="/occasions">
        <Skeleton rows={9} />
      </Page>
    )
  return (
    <Page
      title={title}
      back={back}
      tool={data.state === 'open' && <ShareButton title={data.title} />}
      band={
        <div className={styles.band}>
          <p className={styles.top}>
            <Tag round tone={occasionTones[data.state]}>
              {t(`delivery:states.${data.state}`)}
            </Tag>
            <span>{data.number}</span>
          </p>
          <h2>
            <Clauses text={data.title} />
          </h2>
          <dl className={styles.facts}>
            <dt>
              <Icon name="clock" size={18} />
              <span className="sr-only">{t('volunteering:when')}</span>
            </dt>
            <dd>{span(data)}</dd>
            <dt>
              <Icon name="pin" size={18} />
              <span className="sr-only">{t('delivery:fields.place')}</span>
            </dt>
            <dd>{data.place}</dd>
            <dt>
              <Icon name="users" size={18} />
              <span className="sr-only">{t('delivery:fields.taken')}</span>
            </dt>
            <dd>{t('volunteering:places', { taken: data.taken, capacity: data.capacity })}</dd>
          </dl>
        </div>
      }
    >
      {data.summary && data.state !== 'open' && (
        <Section title={t(data.state === 'cancelled' ? 'volunteering:calledOff' : 'volunteering:held')} first>
          <Card pad>
            <p className={styles.words}>{data.summary}</p>
          </Card>
        </Section>
      )}
      <MyPlaceCard occasion={data} />
      <Section title={t('volunteering:what')}>
        <Card pad>
          <p className={styles.words}>{data.words}</p>
          {data.asks && (
            <p className={styles.asks}>
              <b>
                {t('delivery:fields.asks')}
                {t('frame:list.colon')}
              </b>
              {data.asks}
            </p>
          )}
          <p className={styles.small}>
            {t('volunteering:by', { name: data.byName ?? shortPlace(data.divisionName ?? '') })}
          </p>
        </Card>
      </Section>
    </Page>
  )
}
