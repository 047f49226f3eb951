// Whom a need is raised for: found by the whole mobile or identity number, or put on record with name and number.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findResident } from '../../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../../app/act.ts'
import { useMay } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
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
  const problemText = useProblemText()
  const { act, pending, problem } = useAct(findResident)
  const tell = (nextPhone: string, nextName: string) =>
    onChange?.(nextName.trim() && nextPhone ? { name: nextName.trim(), phone: nextPhone } : undefined)
  // An identity number finds somebody who is on record; it registers nobody.
  const byCard = phone.length > 11
  const type = (value: string) => {
    const digits = value
      .toUpperCase()
      .replace(/[^\dX]/g, '')
      .slice(0, 18)
    setPhone(digits)
    setFound(undefined)
    tell(digits.length > 11 ? '' : digits, name)
  }
  const search = async () => {
    const answer = await act({ body: byCard ? { idNumber: phone } : { phone } })
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
          inputMode={maySearch ? 'text' : 'numeric'}
          autoComplete="off"
          aria-label={t(maySearch ? 'desk.phoneOrCard' : 'fields.phone')}
          placeholder={t(maySearch ? 'desk.phoneOrCard' : 'desk.phoneHint')}
          value={phone}
          onChange={(event) => type(event.target.value)}
        />
        {maySearch && (
          <DeskButton
            icon="search"
            busy={pending}
            off={phone.length !== 11 && phone.length !== 18}
            onClick={() => void search()}
          >
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
          {problem && <p role="alert">{problem.fields?.[0]?.message ?? problemText(problem)}</p>}
          {found === 'nobody' && <p>{t(byCard ? 'desk.unknownCard' : 'desk.unknown')}</p>}
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
