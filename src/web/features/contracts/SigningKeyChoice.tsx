// With which of my keys I sign: those that this browser holds, or a new one, made here and put on record.
import { Input, Radio } from 'antd'
import { useId, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { addSigningKey, type listSigningKeys, signatureKinds } from '../../../loop/contracts/contract/documents.ts'
import { keyMessage } from '../../../loop/contracts/rules/signing.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { queryClient } from '../../app/ask.ts'
import { call } from '../../app/client.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import styles from './contracts.module.css'
import { keepKey, makeKey, sign } from './kept-keys.ts'
import type { SignatureKind } from './signatures.ts'
import type { Factored } from './use-factored.tsx'
import { Aside } from '../../ui/shared/Aside.tsx'

export type Key = OutputOf<typeof listSigningKeys>['keys'][number]

type Props = {
  readonly person: string
  /** Mine, in force, and in this browser. */
  readonly keys: readonly Key[]
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
  readonly factored: Factored
}

export function SigningKeyChoice({ person, keys, chosen, onChoose, factored }: Props) {
  const { t } = useTranslation('contracts')
  const id = useId()
  const problemText = useProblemText()
  const [kind, setKind] = useState<SignatureKind>('sm2')
  const [label, setLabel] = useState('')
  const [more, setMore] = useState(false)
  const [unable, setUnable] = useState(false)
  const make = () =>
    factored.perform(async () => {
      setUnable(false)
      const fresh = await makeKey(kind).catch(() => undefined)
      if (fresh === undefined) {
        setUnable(true)
        return
      }
      const proof = await sign(fresh, keyMessage(person, fresh.publicKey))
      const { id: key } = await call(addSigningKey, {
        body: { kind, publicKey: fresh.publicKey, label: label.trim(), proof },
      })
      await keepKey(fresh, key, person)
      await queryClient.invalidateQueries()
      onChoose(key)
      setMore(false)
    })
  const adding = more || keys.length === 0
  return (
    <fieldset className={styles.keys}>
      <legend>{t('sign.key')}</legend>
      {keys.length > 0 && (
        <Radio.Group value={chosen} onChange={(event) => onChoose(String(event.target.value))}>
          {keys.map((key) => (
            <Radio key={key.id} value={key.id}>
              {key.label}
              <Aside>
                <Trans
                  t={t}
                  i18nKey="sign.keySince"
                  values={{ kind: t(`signatureKinds.${key.kind}`) }}
                  components={{ day: <DateText date={key.at} style="iso" /> }}
                />
              </Aside>
            </Radio>
          ))}
        </Radio.Group>
      )}
      {adding ? (
        <>
          <p>{t(keys.length === 0 ? 'sign.noKey' : 'sign.newKey')}</p>
          <Radio.Group
            aria-label={t('sign.kind')}
            value={kind}
            onChange={(event) => setKind(event.target.value as SignatureKind)}
          >
            {signatureKinds.toReversed().map((each) => (
              <Radio key={each} value={each}>
                {t(`signatureKinds.${each}`)}
              </Radio>
            ))}
          </Radio.Group>
          <label htmlFor={id}>{t('sign.label')}</label>
          <div className={styles.row}>
            <Input
              id={id}
              className={styles.name}
              maxLength={60}
              placeholder={t('sign.labelExample')}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
            <DeskButton busy={factored.busy} off={label.trim() === ''} onClick={make}>
              {t('sign.makeKey')}
            </DeskButton>
          </div>
          <small>{t('sign.keyStays')}</small>
          {unable && (
            <p className={styles.problem} role="alert">
              {t('sign.unable')}
            </p>
          )}
        </>
      ) : (
        <div>
          <DeskButton small kind="quiet" icon="plus" onClick={() => setMore(true)}>
            {t('sign.another')}
          </DeskButton>
        </div>
      )}
      {factored.problem && (
        <p className={styles.problem} role="alert">
          {problemText(factored.problem)}
        </p>
      )}
    </fieldset>
  )
}
