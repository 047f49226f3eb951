// Signing by key: read the document, choose the key, sign its hash here, confirm with the second factor.
import { Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import {
  type listContractDocuments,
  listSigningKeys,
  signAmendment,
  signContract,
} from '../../../loop/contracts/contract/documents.ts'
import type { getContract, Party } from '../../../loop/contracts/contract.ts'
import { signingMessage } from '../../../loop/contracts/rules/signing.ts'
import { queryClient, useAsk } from '../../app/ask.ts'
import { call } from '../../app/client.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './contracts.module.css'
import { listKeptKeys, signWith } from './kept-keys.ts'
import { MyKeys } from './MyKeys.tsx'
import { type Key, SigningKeyChoice } from './SigningKeyChoice.tsx'
import { useFactored } from './use-factored.tsx'

export type DocumentRow = OutputOf<typeof listContractDocuments>['documents'][number]

type Props = {
  readonly contract: OutputOf<typeof getContract>
  readonly document: DocumentRow
  readonly party: Party
  /** Of the amendment that is signed; else the contract itself. */
  readonly amendment?: string
  readonly onBack?: () => void
  readonly onClose: () => void
}

export function ElectronicSign({ contract, document, party, amendment, onBack, onClose }: Props) {
  const { t } = useTranslation(['contracts', 'frame'])
  const verb = t(amendment === undefined ? 'verbs.signContract' : 'verbs.signAmendment')
  const factored = useFactored(`${verb} ${contract.number}`)
  const { data, error, refetch } = useAsk(listSigningKeys, {})
  const [keys, setKeys] = useState<readonly Key[]>()
  const [kept, setKept] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<string>()
  const [read, setRead] = useState(false)
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (!data) return
    let gone = false
    listKeptKeys(data.person)
      .catch((): string[] => [])
      .then((here) => {
        if (gone) return
        const usable = data.keys.filter((key) => key.retiredAt === undefined && here.includes(key.id))
        setKeys(usable)
        setKept(here)
        setChosen((before) => (usable.some((each) => each.id === before) ? before : usable[0]?.id))
      })
    return () => {
      gone = true
    }
  }, [data])
  const key = keys?.find((each) => each.id === chosen)
  const go = () =>
    factored.perform(async () => {
      if (key === undefined) return
      setLost(false)
      const message = signingMessage({ ...document, number: contract.number }, party, key.fingerprint)
      const signature = await signWith(key.id, message)
      if (signature === undefined) {
        setLost(true)
        return
      }
      const body = { document: document.id, sha256: document.sha256, signingKey: key.id, signature }
      const options = { ifMatch: String(contract.version) }
      await (amendment === undefined
        ? call(signContract, { params: { id: contract.id }, body }, options)
        : call(signAmendment, { params: { id: contract.id, amendment }, body }, options))
      await queryClient.invalidateQueries()
      showToast(t('frame:verb.done', { verb }))
      onClose()
    })
  if (factored.asking) return factored.asking
  return (
    <DeskDialog
      title={verb}
      onClose={onClose}
      wide
      foot={
        <>
          <DeskButton onClick={onBack ?? onClose}>{t(onBack ? 'frame:back' : 'frame:cancel')}</DeskButton>
          <DeskButton kind="primary" icon="seal" busy={factored.busy} off={!key || !read} onClick={go}>
            {verb}
          </DeskButton>
        </>
      }
    >
      <div className={styles.signing}>
        <p>
          <Go to={`/api/files/${document.file ?? ''}`} target="_blank" rel="noreferrer" className={styles.link}>
            {t('sign.openDocument')}
          </Go>
        </p>
        <dl className={styles.sums}>
          <dt>{t('sign.hash')}</dt>
          <dd>
            <code className={styles.hash}>{document.sha256}</code>
          </dd>
          <dt>{t('sign.sm3')}</dt>
          <dd>
            <code className={styles.hash}>{document.sm3}</code>
          </dd>
        </dl>
        {error ? (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ) : !data || !keys ? (
          <Skeleton rows={3} />
        ) : (
          <SigningKeyChoice person={data.person} keys={keys} chosen={chosen} onChoose={setChosen} factored={factored} />
        )}
        {data && <MyKeys keys={data.keys} here={kept} />}
        <Checkbox checked={read} onChange={(event) => setRead(event.target.checked)}>
          {t('sign.read')}
        </Checkbox>
        {lost && (
          <p className={styles.problem} role="alert">
            {t('sign.lost')}
          </p>
        )}
      </div>
    </DeskDialog>
  )
}
