// The desk's dialog on the browser's own <dialog>: focus kept inside, Escape closes, pop-ups of fields open within it.
import { ConfigProvider } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shared/Icon.tsx'
import styles from './DeskDialog.module.css'

type Props = {
  readonly title: string
  readonly onClose: () => void
  /** Buttons, the primary one last. */
  readonly foot?: ReactNode
  readonly wide?: boolean
  readonly children: ReactNode
}

/** Rendered = open. */
export function DeskDialog({ title, onClose, foot, wide, children }: Props) {
  const { t } = useTranslation('frame')
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    document.documentElement.classList.add('modal-open')
    return () => {
      document.documentElement.classList.remove('modal-open')
      element?.close()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-wide={wide || undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <button type="button" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <div className={styles.body}>
        <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>{children}</ConfigProvider>
      </div>
      {foot && <div className={styles.foot}>{foot}</div>}
    </dialog>
  )
}
