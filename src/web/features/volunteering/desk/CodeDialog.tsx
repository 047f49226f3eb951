// The code of the moment, large enough to be read across a room, with how many are here.
import { useTranslation } from 'react-i18next'
import { getOccasionCode } from '../../../../loop/delivery/contract/attending.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { DeskDialog } from '../../../ui/desk/DeskDialog.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { QrText } from '../../../ui/shared/QrText.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import styles from './occasions.module.css'

export function CodeDialog({
  id,
  title,
  onClose,
}: {
  readonly id: string
  readonly title: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation('volunteering')
  const { data, error, refetch } = useAsk(getOccasionCode, { params: { id } } as never, {
    refetchInterval: 5000,
    staleTime: 0,
  })
  return (
    <DeskDialog title={title} onClose={onClose}>
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : (
        <div className={styles.code}>
          <QrText
            text={`${window.location.origin}/occasions/${id}?code=${data.code}`}
            label={t('desk.codeQr')}
            size={220}
          />
          <p role="img" aria-label={t('desk.codeIs', { code: data.code.split('').join(' ') })}>
            <b>{data.code.slice(0, 3)}</b> <b>{data.code.slice(3)}</b>
          </p>
          <p>{t('desk.came', { arrived: data.arrived, taken: data.taken, capacity: data.capacity })}</p>
          <small>{t('desk.codeHow')}</small>
        </div>
      )}
    </DeskDialog>
  )
}
