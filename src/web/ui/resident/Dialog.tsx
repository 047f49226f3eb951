// The residents' dialog (React Aria; a chunk of its own): a sheet from below on phones, focus kept inside, Escape closes.
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shared/Icon.tsx'
import styles from './Dialog.module.css'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the foot, the primary one last. */
  readonly foot?: ReactNode
  /** Cannot be left by a tap outside (something is being decided). */
  readonly firm?: boolean
}

/** Import it lazily: `lazy(() => import('…/Dialog.tsx').then((m) => ({ default: m.Dialog })))`. Rendered = open. */
export function Dialog({ title, onClose, children, foot, firm }: Props) {
  const { t } = useTranslation('frame')
  return (
    <ModalOverlay className={styles.veil} isOpen isDismissable={!firm} onOpenChange={(open) => !open && onClose()}>
      <Modal className={styles.sheet}>
        <AriaDialog className={styles.dialog}>
          <div className={styles.head}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <button type="button" aria-label={t('close')} onClick={onClose}>
              <Icon name="close" />
            </button>
          </div>
          <div className={styles.body}>{children}</div>
          {foot && <div className={styles.foot}>{foot}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
