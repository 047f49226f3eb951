// An opener's own key: made in this browser with a backup file, or brought back from that file.
import { Input } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { registerOpenerKey } from '../../../loop/procurement/contract/sealing.ts'
import { useAct } from '../../app/act.ts'
import { useSession } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { openerKeyName, saveKey } from './sealing/keep.ts'
import { saveJson } from '../../ui/shared/save-file.ts'
import { leastPassphrase, makeOpenerKey, readBackup, restoreOpenerKey } from './sealing/opener-backup.ts'
import styles from './sealing.module.css'
import type { Sealing } from './use-sealing.ts'

type Props = { readonly sealing: Sealing; readonly onKept: () => void }

/** Makes the key, saves its backup file, then registers its public half. */
export function MakeOpenerKey({ sealing, onKept }: Props) {
  const { t } = useTranslation('procurement')
  const { person } = useSession()
  const id = useId()
  const problemText = useProblemText()
  const [phrase, setPhrase] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const { act, problem } = useAct(registerOpenerKey)
  const { tender, seat, number } = sealing
  const fits = phrase.length >= leastPassphrase && phrase === again
  const make = async () => {
    if (seat === undefined || !person) return
    setBusy(true)
    const { pair, openerKey, backup } = await makeOpenerKey(tender, seat, phrase)
    // Kept before it is registered: a key that is registered and lost at once would stop the ceremony.
    await saveKey({ key: openerKeyName(tender, seat, person.id), pair, publicText: openerKey })
    saveJson(t('sealing.backupName', { number, seat: t(`sealing.seats.${seat}`) }), backup)
    await act({ params: { id: tender }, body: { key: openerKey } })
    setBusy(false)
    setPhrase('')
    setAgain('')
    onKept()
  }
  return (
    <div className={styles.stack}>
      <p className={styles.text}>{t('sealing.makeWhat')}</p>
      <label htmlFor={`${id}-one`}>
        <span>{t('sealing.passphrase')}</span>
        <Input
          type="password"
          id={`${id}-one`}
          autoComplete="new-password"
          value={phrase}
          onChange={(event) => setPhrase(event.target.value)}
        />
      </label>
      <label htmlFor={`${id}-two`}>
        <span>{t('sealing.passphraseAgain')}</span>
        <Input
          type="password"
          id={`${id}-two`}
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
      </label>
      <p className={styles.text} id={`${id}-rule`}>
        {again !== '' && phrase !== again
          ? t('sealing.passphraseDiffers')
          : t('sealing.passphraseRule', { count: leastPassphrase })}
      </p>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      <div>
        <DeskButton
          kind="primary"
          icon="key"
          off={!fits}
          busy={busy}
          describedBy={`${id}-rule`}
          onClick={() => void make()}
        >
          {t('sealing.make')}
        </DeskButton>
      </div>
    </div>
  )
}

/** Another browser, or storage that was cleared: the backup file and its passphrase bring the key back. */
export function RestoreOpenerKey({ sealing, onKept }: Props) {
  const { t } = useTranslation('procurement')
  const { person } = useSession()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [phrase, setPhrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const { tender, seat } = sealing
  const registered = sealing.seats.find((each) => each.mine)?.openerKey
  const restore = async (file: File | undefined) => {
    if (file === undefined || seat === undefined || !person) return
    setBusy(true)
    setFault(undefined)
    const backup = readBackup(await file.text())
    if (backup === undefined || backup.tender !== tender || backup.openerKey !== registered) {
      setFault(t('sealing.notThisBackup'))
    } else {
      const pair = await restoreOpenerKey(backup, phrase)
      if (pair === undefined) setFault(t('sealing.wrongPassphrase'))
      else {
        await saveKey({ key: openerKeyName(tender, seat, person.id), pair, publicText: backup.openerKey })
        onKept()
      }
    }
    setBusy(false)
    if (input.current) input.current.value = ''
  }
  return (
    <div className={styles.stack}>
      <p className={styles.notice}>{t('sealing.notHere')}</p>
      <label htmlFor={`${id}-phrase`}>
        <span>{t('sealing.passphrase')}</span>
        <Input
          type="password"
          id={`${id}-phrase`}
          autoComplete="off"
          value={phrase}
          onChange={(event) => setPhrase(event.target.value)}
        />
      </label>
      {fault && (
        <p className={styles.problem} role="alert">
          {fault}
        </p>
      )}
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        className="sr-only"
        aria-label={t('sealing.backupFile')}
        onChange={(event) => void restore(event.target.files?.[0])}
      />
      <div>
        <DeskButton icon="import" busy={busy} off={phrase === ''} onClick={() => input.current?.click()}>
          {t('sealing.restore')}
        </DeskButton>
      </div>
    </div>
  )
}
