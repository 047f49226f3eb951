// Signing in: residents by phone and code, staff by password and second factor or a passkey.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useSession } from '../../app/session.ts'
import { Page } from '../../ui/resident/Page.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { LanguageSwitch } from '../../ui/shared/LanguageSwitch.tsx'
import { Logo } from '../../ui/shared/Logo.tsx'
import { PhoneForm } from './PhoneForm.tsx'
import { StaffForm } from './StaffForm.tsx'
import { isSignOn, safeNext } from './sign-in.ts'
import styles from './sign-in.module.css'

export default function SignInPage() {
  const { t } = useTranslation('sign-in')
  const go = useGo()
  const session = useSession()
  const [query] = useAddressQuery()
  const next = query['next']
  const [staff, setStaff] = useState(
    query['face'] === 'desk' || next?.startsWith('/desk') === true || next?.startsWith('/cockpit') === true,
  )
  const leave = () =>
    isSignOn(next) ? window.location.replace(next) : go(safeNext(next, staff ? '/desk' : '/'), { replace: true })
  return (
    <Page title={t('title')} back="/">
      <div className={styles.head}>
        <Logo size={52} decorative />
        <p>
          <b>{t('name')}</b>
          <small>{t('what')}</small>
        </p>
      </div>
      <div className={styles.kinds} role="tablist" aria-label={t('kinds')}>
        {[false, true].map((kind) => (
          <button
            key={String(kind)}
            type="button"
            role="tab"
            aria-selected={staff === kind}
            onClick={() => setStaff(kind)}
          >
            {t(kind ? 'staff' : 'resident')}
          </button>
        ))}
      </div>
      {staff ? <StaffForm onDone={leave} /> : <PhoneForm onDone={leave} />}
      {session.demo && (
        <Go to="/demo" className={styles.demo}>
          <Icon name="swap" size={20} />
          {t('demo')}
        </Go>
      )}
      <div className={styles.foot}>
        <LanguageSwitch />
      </div>
    </Page>
  )
}
