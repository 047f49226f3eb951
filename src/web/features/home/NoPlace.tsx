// Nobody knows yet in which community the reader lives: asks for it.
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlace } from '../../app/place.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import styles from './home.module.css'

const PlaceDialog = lazy(() =>
  import('../../ui/resident/PlaceDialog.tsx').then((module) => ({ default: module.PlaceDialog })),
)

export default function NoPlace() {
  const { t } = useTranslation('home')
  const [, choosePlace] = usePlace()
  const [choosing, setChoosing] = useState(false)
  return (
    <div className={styles.alone}>
      <Card>
        <EmptyState
          icon="pin"
          title={t('noPlace')}
          next={t('noPlaceNext')}
          action={
            <Button kind="second" icon="pin" onClick={() => setChoosing(true)}>
              {t('choosePlace')}
            </Button>
          }
        />
      </Card>
      {choosing && (
        <Suspense fallback={null}>
          <PlaceDialog
            onClose={() => setChoosing(false)}
            onChoose={(place) => {
              choosePlace(place)
              setChoosing(false)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
