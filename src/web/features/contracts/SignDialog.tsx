// Signing: the first party uploads the signed paper, the other confirms the very same paper; then the second factor.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type getContract, uploadSignedContract } from '../../../loop/contracts/contract.ts'
import { send } from '../../app/client.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { Go } from '../../ui/shared/Go.tsx'
import styles from './contracts.module.css'

type Paper = { readonly file?: string; readonly sha256: string; readonly name: string }

export function SignDialog({
  contract,
  onClose,
}: {
  readonly contract: OutputOf<typeof getContract>
  readonly onClose: () => void
}) {
  const { t } = useTranslation('contracts')
  const [first] = contract.signatures
  const [paper, setPaper] = useState<Paper | undefined>(first && { sha256: first.sha256, name: t('sign.theirs') })
  const [busy, setBusy] = useState(false)
  const [sure, setSure] = useState(false)
  const upload = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    const form = new FormData()
    form.append('file', file)
    try {
      const kept = await send<{ id: string; sha256: string }>('POST', '/api/files', form)
      setPaper({ file: kept.id, sha256: kept.sha256, name: file.name })
    } catch {
      showToast(t('frame:form.uploadFailed'), 'problem')
    }
    setBusy(false)
  }
  if (sure && paper) {
    return (
      <VerbDialog
        domain="contracts"
        name="uploadSignedContract"
        verb={{
          endpoint: uploadSignedContract,
          fixed: { ...(paper.file ? { file: paper.file } : {}), sha256: paper.sha256 },
          above: (
            <p>
              {t('sign.hash')} <code className={styles.hash}>{paper.sha256}</code>
            </p>
          ),
        }}
        target={{ id: contract.id, version: contract.version, number: contract.number, title: contract.title }}
        onClose={onClose}
      />
    )
  }
  return (
    <DeskDialog
      title={t('verbs.uploadSignedContract')}
      onClose={onClose}
      wide
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" off={!paper} onClick={() => setSure(true)}>
            {t('sign.next')}
          </DeskButton>
        </>
      }
    >
      <p>{t(first ? 'sign.second' : 'sign.first')}</p>
      {first?.file && (
        <p>
          <Go to={`/api/files/${first.file}`} className={styles.link}>
            {t('sign.open')}
          </Go>
        </p>
      )}
      {!first && (
        <label className={styles.upload}>
          <span>{busy ? t('sign.uploading') : t('sign.choose')}</span>
          <input
            type="file"
            accept="application/pdf,image/*"
            onChange={(event) => void upload(event.target.files?.[0])}
          />
        </label>
      )}
      {paper && (
        <p>
          {paper.name}
          <br />
          {t('sign.hash')} <code className={styles.hash}>{paper.sha256}</code>
        </p>
      )}
    </DeskDialog>
  )
}
