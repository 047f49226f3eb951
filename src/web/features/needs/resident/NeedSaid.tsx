// What was said: title, text, photos, the facts, and how many neighbours support it.
import { Fragment, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { shortPlace } from '../../../app/place.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Clauses } from '../../../ui/resident/Item.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { useCategoryWords } from './CategoryField.tsx'
import type { NeedView } from './NeedBand.tsx'
import styles from './need.module.css'

const PointShown = lazy(() => import('../map/PointShown.tsx'))

/** The community as people say it. */
export function placeName(name: string | undefined): string {
  return shortPlace(name ?? '')
}

export function NeedSaid({ need }: { readonly need: NeedView }) {
  const { t } = useTranslation('needs')
  const category = useCategoryWords()
  const who = need.mine
    ? t('resident.said.you', { name: need.residentName ?? '' })
    : t(need.onBehalf ? 'resident.said.behalf' : 'resident.said.resident')
  const images = need.files.filter((file) => file.type.startsWith('image/'))
  const others = need.files.filter((file) => !file.type.startsWith('image/'))
  return (
    <div className={styles.first}>
      <Card>
        <div className={styles.said}>
          <h3>
            <Clauses text={need.title ?? t('resident.privateTitle')} />
          </h3>
          {need.text && need.text !== need.title && <p>{need.text}</p>}
          {images.length > 0 && (
            <ul className={styles.photos}>
              {images.map((file, at) => (
                <li key={file.id}>
                  <a href={`/api/files/${file.id}`}>
                    <img
                      src={`/api/files/${file.id}`}
                      alt={t('resident.said.photo', { n: at + 1 })}
                      loading="lazy"
                      width={88}
                      height={88}
                    />
                  </a>
                </li>
              ))}
            </ul>
          )}
          {others.map((file) => (
            <a key={file.id} className={styles.file} href={`/api/files/${file.id}`}>
              <Icon name="document" size={20} />
              {file.name}
            </a>
          ))}
          <dl className={styles.facts}>
            <dt>{t('resident.said.who')}</dt>
            <dd>
              {who}
              {need.forWhom === 'other' && t('resident.said.forOther')}
            </dd>
            <dt>{t('resident.said.where')}</dt>
            <dd>{[placeName(need.divisionName), need.place].filter(Boolean).join(t('frame:list.comma'))}</dd>
            {need.point && (
              <>
                <dt>{t('fields.point')}</dt>
                <dd>{t('map.at', need.point)}</dd>
              </>
            )}
            <dt>{t('fields.category')}</dt>
            <dd>{category(need.category)}</dd>
            {need.answers?.map(({ question, answer }) => (
              <Fragment key={question}>
                <dt>{t(`questions.${question}.short`)}</dt>
                <dd>{answer}</dd>
              </Fragment>
            ))}
            <dt>{t('resident.said.seen')}</dt>
            <dd>{t(need.visibility === 'public' ? 'resident.said.public' : 'resident.said.private')}</dd>
            <dt>{t('resident.said.handler')}</dt>
            <dd>
              {need.holder
                ? `${placeName(need.divisionName)} ${need.holder.name}`
                : t('resident.said.noHandler', { place: placeName(need.divisionName) })}
            </dd>
            {need.firstRaised && (
              <>
                <dt>{t('fields.firstRaised')}</dt>
                <dd>
                  <DateText date={need.firstRaised} style="full" />
                </dd>
              </>
            )}
            {need.submittedAt && (
              <>
                <dt>{t('fields.submittedAt')}</dt>
                <dd>
                  <DateText date={need.submittedAt} style="full" />
                </dd>
              </>
            )}
          </dl>
          {need.point && (
            <Suspense fallback={null}>
              <PointShown point={need.point} division={need.division} place={placeName(need.divisionName)} />
            </Suspense>
          )}
        </div>
        {need.visibility === 'public' && (
          <div className={styles.support}>
            <p>
              <Icon name="hand" />
              <b>{need.supports}</b> {t('resident.said.supports')}
            </p>
            {need.supports > 0 && <small>{t('resident.said.verified', { count: need.verifiedSupports })}</small>}
          </div>
        )}
      </Card>
    </div>
  )
}
