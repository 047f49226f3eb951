// In which community it is, changeable.
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place } from '../../../app/place.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { FieldFrame } from '../../../ui/resident/FieldFrame.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import styles from './raise.module.css'

const PlaceDialog = lazy(() =>
  import('../../../ui/resident/PlaceDialog.tsx').then((module) => ({ default: module.PlaceDialog })),
)

export function PlaceField({
  place,
  fault,
  onChange,
}: {
  readonly place: Place | undefined
  readonly fault: string | undefined
  readonly onChange: (place: Place) => void
}) {
  const { t } = useTranslation('needs')
  const [open, setOpen] = useState(false)
  return (
    <FieldFrame group label={t('resident.raise.community')} fault={fault}>
      {() => (
        <>
          <Card className={styles.chosen}>
            <Icon name="pin" />
            <b>
              {place?.name ?? t('resident.raise.noPlace')}
              {place?.within && <small>{place.within}</small>}
            </b>
            <button type="button" className={styles.swap} onClick={() => setOpen(true)}>
              {t(place ? 'resident.raise.swap' : 'resident.raise.choose')}
            </button>
          </Card>
          {open && (
            <Suspense fallback={null}>
              <PlaceDialog
                onClose={() => setOpen(false)}
                onChoose={(chosen) => {
                  setOpen(false)
                  onChange(chosen)
                }}
              />
            </Suspense>
          )}
        </>
      )}
    </FieldFrame>
  )
}
