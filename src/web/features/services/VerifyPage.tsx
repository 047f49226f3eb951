// Is this file a contract's, unchanged, and signed by whom? The file is hashed in the browser and never sent; signatures are checked here, too.
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { verifyContractDocument } from '../../../loop/contracts/contract/documents.ts'
import { readMark } from '../../../loop/contracts/rules/document.ts'
import { call } from '../../app/client.ts'
import { type Problem, problemOf } from '../../app/problem.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { holdsHere, sha256Hex, sm3Hex } from '../contracts/signatures.ts'
import { type Checked, VerifyResult } from './VerifyResult.tsx'
import styles from './verify.module.css'

/** The largest file that we look at; our own have some hundred kilobytes. */
const mostBytes = 20 * 1024 * 1024

/** Hashes the file, asks what is known of the hash, and checks each signature against this very file's hashes. */
async function check(file: File): Promise<Checked> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [sha256, sm3] = await Promise.all([sha256Hex(bytes), sm3Hex(bytes)])
  const document = readMark(new TextDecoder('latin1').decode(bytes))?.document
  const answer = await call(verifyContractDocument, { query: { sha256, document } as never })
  const held = await Promise.all(
    (answer.document?.signatures ?? []).map(
      async ({ kind, publicKey, message, signature }) =>
        message.includes(`\nsha256 ${sha256}\nsm3 ${sm3}\n`) && (await holdsHere(kind, publicKey, message, signature)),
    ),
  )
  return { name: file.name, sha256, sm3, answer, held }
}

export default function VerifyPage() {
  const { t } = useTranslation(['services', 'contracts'])
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [last, setLast] = useState<File>()
  const [checked, setChecked] = useState<Checked>()
  const take = async (file: File | undefined) => {
    if (!file) return
    setLast(file)
    setChecked(undefined)
    setProblem(undefined)
    setTooLarge(file.size > mostBytes)
    if (file.size > mostBytes) return
    setBusy(true)
    try {
      setChecked(await check(file))
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
    // the same file can be chosen again after it was changed
    if (input.current) input.current.value = ''
  }
  return (
    <Page title={t('verify.title')}>
      <div className={styles.first}>
        <Card pad>
          <p className={styles.words}>{t('verify.what')}</p>
          <label
            className={styles.drop}
            data-over={over || undefined}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(true)
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              event.preventDefault()
              setOver(false)
              void take(event.dataTransfer.files[0])
            }}
          >
            <Icon name="contract" size={28} />
            <b>{t('verify.choose')}</b>
            <span>{t('verify.stays')}</span>
            <input
              ref={input}
              type="file"
              accept="application/pdf"
              aria-label={t('verify.choose')}
              onChange={(event) => void take(event.target.files?.[0])}
            />
          </label>
        </Card>
      </div>
      <div aria-live="polite">
        {busy && (
          <Section title={t('verify.checking')}>
            <Skeleton rows={4} />
          </Section>
        )}
        {tooLarge && (
          <p className={styles.large} role="alert">
            {t('verify.large')}
          </p>
        )}
        {problem && <ErrorState problem={problem} onRetry={() => void take(last)} />}
        {checked && <VerifyResult checked={checked} />}
      </div>
      <Section title={t('verify.meaning.title')}>
        <Card pad>
          <ul className={styles.meaning}>
            {(['file', 'signature', 'limits', 'outside'] as const).map((key) => (
              <li key={key}>{t(`verify.meaning.${key}`)}</li>
            ))}
          </ul>
        </Card>
      </Section>
    </Page>
  )
}
