// Photos of a draft: small pictures with their state, an earlier place and a way out; taking one, choosing several.
import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { type DraftPhotos, mostPhotos } from './draft-photos.ts'
import type { KeptPhoto } from '../../../app/offline/photos.ts'
import styles from './photos.module.css'

type Props = {
  readonly photos: readonly KeptPhoto[]
  readonly kept: DraftPhotos
  readonly onEarlier: (key: string) => void
}

/** Under the pictures: how many, how large, and why some are not there yet. */
export function PhotoRow({ photos, kept, onEarlier }: Props) {
  const { t } = useTranslation(['frame', 'needs'])
  if (photos.length === 0) return null
  const waiting = photos.filter((photo) => !photo.file).length
  return (
    <div className={styles.photos}>
      <ul>
        {photos.map(({ key, file }, at) => {
          const share = kept.progress(key)
          return (
            <li key={key}>
              {kept.address(key) ? (
                <img src={kept.address(key)} alt={t('frame:photo.of', { n: at + 1 })} width={88} height={88} />
              ) : (
                <Icon name="camera" size={32} />
              )}
              {share !== undefined ? (
                <progress max={1} value={share} aria-label={t('frame:photo.uploading')} />
              ) : (
                !file && (
                  <span className={styles.waits}>
                    <Icon name="clock" size={16} />
                    {t('needs:resident.raise.photoWaits')}
                  </span>
                )
              )}
              {at > 0 && (
                <button
                  type="button"
                  data-earlier
                  aria-label={t('needs:resident.raise.photoEarlier', { n: at + 1 })}
                  onClick={() => onEarlier(key)}
                >
                  <span>
                    <Icon name="left" size={14} />
                  </span>
                </button>
              )}
              <button
                type="button"
                aria-label={t('frame:photo.remove', { n: at + 1 })}
                onClick={() => kept.remove(key)}
              >
                <span>
                  <Icon name="close" size={14} />
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <p>
        {t('frame:photo.hint', { count: photos.length, max: mostPhotos })}
        {waiting > 0 && !kept.uploading && t('needs:resident.raise.photosWait')}
      </p>
    </div>
  )
}

/** Taking a photo, or choosing some that are there. */
export function PhotoButtons({ photos, kept }: Pick<Props, 'photos' | 'kept'>) {
  const { t } = useTranslation(['frame', 'needs'])
  const camera = useRef<HTMLInputElement>(null)
  const album = useRef<HTMLInputElement>(null)
  const full = photos.length >= mostPhotos
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    kept.add([...(event.target.files ?? [])])
    event.target.value = ''
  }
  const hidden = { type: 'file', className: 'sr-only', tabIndex: -1, 'aria-hidden': true, accept: 'image/*' } as const
  return (
    <>
      <input ref={camera} {...hidden} capture="environment" onChange={take} />
      <input ref={album} {...hidden} multiple onChange={take} />
      <button type="button" className={styles.take} disabled={full} onClick={() => camera.current?.click()}>
        <Icon name="camera" />
        {t('frame:photo.take')}
      </button>
      <button type="button" className={styles.take} disabled={full} onClick={() => album.current?.click()}>
        <Icon name="plus" />
        {t('needs:resident.raise.album')}
      </button>
    </>
  )
}
