// Me: my name, the way to my account, the residents' site, and out.
import { useTranslation } from 'react-i18next'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { signOut, useSession } from '../session.ts'
import styles from './DeskShell.module.css'
import { Dropdown } from './Dropdown.tsx'

export function MeMenu() {
  const { t } = useTranslation('frame')
  const { person, demo, loaded } = useSession()
  if (!person)
    return loaded ? (
      <Go to="/sign-in?face=desk" className={styles.tool}>
        {t('signIn')}
      </Go>
    ) : null
  return (
    <Dropdown
      label={t('me.menu')}
      className={styles.me}
      side="right"
      face={
        <>
          <span className={styles.avatar} aria-hidden="true">
            {[...person.name][0]}
          </span>
          <span>{person.name}</span>
        </>
      }
    >
      <Go to="/desk/me" role="menuitem">
        <Icon name="key" size={16} />
        {t('me.account')}
      </Go>
      {demo && (
        <Go to="/demo" role="menuitem">
          <Icon name="swap" size={16} />
          {t('me.people')}
        </Go>
      )}
      <Go to="/" role="menuitem">
        <Icon name="home" size={16} />
        {t('me.residentSite')}
      </Go>
      <hr />
      <button type="button" role="menuitem" onClick={() => void signOut(demo ? '/demo' : '/sign-in?face=desk')}>
        <Icon name="logout" size={16} />
        {t('me.signOut')}
      </button>
    </Dropdown>
  )
}
