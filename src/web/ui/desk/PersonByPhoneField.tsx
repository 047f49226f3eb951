// A person for a register, found by the whole mobile number: whoever fills the form in knows the person; nobody is listed.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lookUpPerson } from '../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../app/act.ts'
import styles from './forms.module.css'

type Bound = { readonly id?: string; readonly value?: string; readonly onChange?: (value: string | undefined) => void }

/** The value is the person's id; the number itself never leaves the field but for the question. */
export function PersonByPhoneField({ id, onChange }: Bound) {
  const { t } = useTranslation('frame')
  const [phone, setPhone] = useState('')
  const [found, setFound] = useState<string | null>()
  const { act, pending } = useAct(lookUpPerson, {
    onDone: ({ rows }) => {
      setFound(rows[0]?.name ?? null)
      onChange?.(rows[0]?.id)
    },
  })
  const type = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, 11)
    setPhone(digits)
    setFound(undefined)
    onChange?.(undefined)
    if (digits.length === 11) void act({ body: { phone: digits } })
  }
  return (
    <>
      <Input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t('person.phone')}
        value={phone}
        onChange={(event) => type(event.target.value)}
      />
      <output className={styles.found} aria-live="polite">
        {pending
          ? t('person.searching')
          : found === null
            ? t('person.none')
            : found && t('person.found', { name: found })}
      </output>
    </>
  )
}
