// On the raise page: the point on the map, if somebody wants to give one; shown, changed, taken away.
import { type ComponentProps, type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point } from '../../../../kit/point.ts'
import type { Place } from '../../../app/place.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { FieldFrame } from '../../../ui/resident/FieldFrame.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { Icon } from '../../../ui/shared/Icon.tsx'
import styles from '../resident/raise.module.css'
import type PointDialog from './PointDialog.tsx'

type Props = {
  readonly place: Place
  readonly point: Point | undefined
  readonly isPublic: boolean
  readonly fault: string | undefined
  readonly onChange: (point: Point | undefined) => void
}

type Dialog = ComponentType<ComponentProps<typeof PointDialog>>

export function PointField({ place, point, isPublic, fault, onChange }: Props) {
  const { t } = useTranslation('needs')
  const [opened, setOpened] = useState<{ readonly Dialog: Dialog }>()
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    try {
      const { default: loaded } = await import('./PointDialog.tsx')
      setOpened({ Dialog: loaded })
    } catch {
      showToast(t('map.noNetwork'), 'problem')
    }
    setBusy(false)
  }
  return (
    <FieldFrame
      group
      optional
      label={t('fields.point')}
      help={point && isPublic ? t('map.publicNote') : undefined}
      fault={fault}
    >
      {() => (
        <>
          {point ? (
            <Card className={styles.chosen}>
              <Icon name="pin" />
              <b>{t('map.at', point)}</b>
              <button type="button" className={styles.swap} onClick={() => void open()}>
                {t('map.again')}
              </button>
              <button type="button" className={styles.swap} onClick={() => onChange(undefined)}>
                {t('map.remove')}
              </button>
            </Card>
          ) : (
            <Button kind="plain" wide icon="pin" busy={busy} onClick={() => void open()}>
              {t('map.open')}
            </Button>
          )}
          {opened && (
            <opened.Dialog
              division={place.code}
              place={[place.within, place.name].filter(Boolean).join('')}
              point={point}
              onClose={() => setOpened(undefined)}
              onChoose={(chosen) => {
                setOpened(undefined)
                onChange(chosen)
              }}
            />
          )}
        </>
      )}
    </FieldFrame>
  )
}
