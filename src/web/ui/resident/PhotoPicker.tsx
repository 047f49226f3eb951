// Taking or choosing photos: uploaded one by one, shown small, removable.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../app/problem.ts'
import { largestUpload, uploadFile } from '../../app/upload.ts'
import { useProblemText } from '../shared/ErrorState.tsx'
import { Icon } from '../shared/Icon.tsx'
import styles from './PhotoPicker.module.css'
import { showToast } from './toast-store.ts'

export type Photo = {
  readonly id: string /** Address for showing it: the file's own or the local picture. */
  readonly url: string
}

type Props = {
  readonly photos: readonly Photo[]
  readonly onChange: (photos: readonly Photo[]) => void
  /** At most; 9 unless told. */
  readonly max?: number
  /** Where a picture goes and by which id it is known then; uploaded at once unless told. */
  readonly store?: (file: File) => Promise<string>
  /** Inside another frame (the raise page): only pictures and button, no border. */
  readonly bare?: boolean
}

const uploaded = async (file: File) => (await uploadFile(file, file.name)).id

export function PhotoPicker({ photos, onChange, max = 9, store = uploaded, bare }: Props) {
  const { t } = useTranslation('frame')
  const problemText = useProblemText()
  const input = useRef<HTMLInputElement>(null)
  const [uploading, setUploading] = useState(false)
  const shown = useRef(photos)
  shown.current = photos
  useEffect(
    () => () => {
      for (const photo of shown.current) if (photo.url.startsWith('blob:')) URL.revokeObjectURL(photo.url)
    },
    [],
  )
  const add = async (files: FileList | null) => {
    setUploading(true)
    let all = photos
    for (const file of [...(files ?? [])].slice(0, max - photos.length)) {
      if (file.size > largestUpload) {
        showToast(t('photo.tooBig'), 'problem')
        continue
      }
      try {
        const id = await store(file)
        all = [...all, { id, url: URL.createObjectURL(file) }]
        onChange(all)
      } catch (error) {
        showToast(problemText(problemOf(error)), 'problem')
      }
    }
    setUploading(false)
    if (input.current) input.current.value = ''
  }
  return (
    <div className={styles.photos} data-bare={bare || undefined}>
      {photos.length > 0 && (
        <ul>
          {photos.map((photo, index) => (
            <li key={photo.id}>
              <img src={photo.url} alt={t('photo.of', { n: index + 1 })} width={88} height={88} />
              <button
                type="button"
                aria-label={t('photo.remove', { n: index + 1 })}
                onClick={() => onChange(photos.filter((each) => each.id !== photo.id))}
              >
                <span>
                  <Icon name="close" size={14} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {photos.length > 0 && <p>{t('photo.hint', { count: photos.length, max })}</p>}
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        accept="image/*"
        multiple
        onChange={(event) => void add(event.target.files)}
      />
      <button
        type="button"
        className={styles.take}
        disabled={uploading || photos.length >= max}
        onClick={() => input.current?.click()}
      >
        <Icon name="camera" />
        {uploading ? t('photo.uploading') : t('photo.take')}
      </button>
    </div>
  )
}
