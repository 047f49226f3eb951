// Choosing one's community, in a dialog of its own chunk.
import { useTranslation } from 'react-i18next'
import type { Place } from '../../app/place.ts'
import { Dialog } from './Dialog.tsx'
import { DivisionPicker } from './DivisionPicker.tsx'

type Props = { readonly onClose: () => void; readonly onChoose: (place: Place) => void; readonly under?: string }

export function PlaceDialog({ onClose, onChoose, under }: Props) {
  const { t } = useTranslation('frame')
  return (
    <Dialog title={t('resident.choosePlace')} onClose={onClose}>
      <DivisionPicker
        under={under}
        level={5}
        onChoose={(division) => onChoose({ code: division.code, name: division.name, within: division.within })}
      />
    </Dialog>
  )
}
