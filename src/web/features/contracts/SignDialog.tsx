// Signing: by key, or on paper, as the first party chose. On paper the first uploads the signed paper and the other confirms the very same one.
import { Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type getContract, uploadSignedContract } from '../../../loop/contracts/contract.ts'
import { listContractDocuments } from '../../../loop/contracts/contract/documents.ts'
import { useAsk } from '../../app/ask.ts'
import { send } from '../../app/client.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './contracts.module.css'
import { ElectronicSign } from './ElectronicSign.tsx'

type Paper = { readonly file?: string; readonly sha256: string; readonly name: string }

type Props = { readonly contract: OutputOf<typeof getContract>; readonly onClose: () => void }
type Way = 'key' | 'paper'

/** Asks which way, unless the other party has chosen already. */
export function SignDialog({ contract, onClose }: Props) {
  const { t } = useTranslation('contracts')
  const { data, error, refetch } = useAsk(listContractDocuments, { params: { id: contract.id } })
  const [first] = contract.signatures
  const [way, setWay] = useState<Way | undefined>(first && (first.byKey ? 'key' : 'paper'))
  const [mark, setMark] = useState<Way>('key')
  const document = data?.documents.findLast((each) => each.kind === 'contract' && each.state === 'open')
  const back = first ? undefined : () => setWay(undefined)
  if (way === 'paper') return <PaperDialog contract={contract} onClose={onClose} />
  if (way === 'key' && document && data?.party)
    return <ElectronicSign contract={contract} document={document} party={data.party} onBack={back} onClose={onClose} />
  return (
    <DeskDialog
      title={t('verbs.uploadSignedContract')}
      onClose={onClose}
      wide
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" off={!data || (mark === 'key' && !document)} onClick={() => setWay(mark)}>
            {t('sign.next')}
          </DeskButton>
        </>
      }
    >
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={3} />
      ) : (
        <Radio.Group
          className={styles.ways}
          aria-label={t('sign.way')}
          value={mark}
          onChange={(event) => setMark(event.target.value as Way)}
        >
          {(['key', 'paper'] as const).map((each) => (
            <Radio key={each} value={each}>
              <b>{t(`sign.ways.${each}`)}</b>
              <small>{t(each === 'key' && !document ? 'sign.drawing' : `sign.wayHints.${each}`)}</small>
            </Radio>
          ))}
        </Radio.Group>
      )}
    </DeskDialog>
  )
}

function PaperDialog({ contract, onClose }: Props) {
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
