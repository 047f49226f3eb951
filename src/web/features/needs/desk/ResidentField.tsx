// Whom a need is raised for: found by the whole mobile number, or put on record with name and number.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findResident } from '../../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../../app/ask.ts'
import { useMay } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import styles from './desk-needs.module.css'

type Chosen = { readonly resident: string } | { readonly name: string; readonly phone: string }

type Props = { readonly id?: string; readonly onChange?: (value: Chosen | undefined) => void }

export function ResidentField({ id, onChange }: Props) {
  const { t } = useTranslation(['needs', 'identity'])
  const maySearch = useMay('identity.read-residents')
  const [phone, setPhone] = useState('')
  const [name, setName] = useState('')
  const [found, setFound] = useState<{ readonly id: string; readonly text: string } | 'nobody'>()
  const { act, pending } = useAct(findResident)
  const tell = (nextPhone: string, nextName: string) =>
    onChange?.(nextName.trim() && nextPhone ? { name: nextName.trim(), phone: nextPhone } : undefined)
  const type = (value: string) => {
    const digits = value.replace(/\D/g, '').slice(0, 11)
    setPhone(digits)
    setFound(undefined)
    tell(digits, name)
  }
  const search = async () => {
    const answer = await act({ body: { phone } })
    const row = answer?.rows[0]
    setFound(
      row
        ? { id: row.id, text: [row.maskedName, row.maskedPhone, row.divisionName].filter(Boolean).join(' · ') }
        : 'nobody',
    )
    if (row) onChange?.({ resident: row.id })
  }
  const known = found !== undefined && found !== 'nobody' ? found : undefined
  return (
    <div className={styles.residentField}>
      <div>
        <Input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          aria-label={t('fields.phone')}
          placeholder={t('desk.phoneHint')}
          value={phone}
          onChange={(event) => type(event.target.value)}
        />
        {maySearch && (
          <DeskButton icon="search" busy={pending} off={phone.length !== 11} onClick={() => void search()}>
            {t('desk.find')}
          </DeskButton>
        )}
      </div>
      {known ? (
        <p>
          <Tag tone="done" icon="check">
            {t('desk.known')}
          </Tag>{' '}
          {known.text}
        </p>
      ) : (
        <>
          {found === 'nobody' && <p>{t('desk.unknown')}</p>}
          <Input
            autoComplete="off"
            aria-label={t('fields.name')}
            placeholder={t('desk.nameHint')}
            maxLength={30}
            value={name}
            onChange={(event) => {
              setName(event.target.value)
              tell(phone, event.target.value)
            }}
          />
        </>
      )}
    </div>
  )
}
