// At the desk: the point on the map as a control of the form, chosen in the same dialog as on the residents' site.
import { Form } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getDivision } from '../../../../foundation/divisions/contract.ts'
import type { DivisionCode } from '../../../../kit/id.ts'
import type { Point } from '../../../../kit/point.ts'
import { useAsk } from '../../../app/ask.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import styles from './map.module.css'

const PointDialog = lazy(() => import('./PointDialog.tsx'))

type Props = { readonly id?: string; readonly value?: Point; readonly onChange?: (point: Point | undefined) => void }

export function PointControl({ id, value, onChange }: Props) {
  const { t } = useTranslation('needs')
  const [open, setOpen] = useState(false)
  const division: unknown = Form.useWatch('division')
  const code = typeof division === 'string' && division.length >= 6 ? (division as DivisionCode) : undefined
  const { data } = useAsk(
    getDivision,
    { params: { code: code ?? ('32' as DivisionCode) } },
    { enabled: code !== undefined, staleTime: 600_000 },
  )
  return (
    <div className={styles.control} id={id}>
      <span>{value ? t('map.at', value) : t(code ? 'map.nothing' : 'map.placeFirst')}</span>
      <DeskButton small icon="pin" off={code === undefined} onClick={() => setOpen(true)}>
        {t(value ? 'map.again' : 'map.open')}
      </DeskButton>
      {value && (
        <DeskButton small kind="quiet" onClick={() => onChange?.(undefined)}>
          {t('map.remove')}
        </DeskButton>
      )}
      {open && code && (
        <Suspense fallback={null}>
          <PointDialog
            division={code}
            place={data?.division.fullName ?? ''}
            point={value}
            onClose={() => setOpen(false)}
            onChoose={(point) => {
              setOpen(false)
              onChange?.(point)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
