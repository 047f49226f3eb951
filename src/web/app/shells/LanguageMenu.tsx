// The language switch of the top bars.
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/shared/Icon.tsx'
import { currentLanguage, languages, switchLanguage } from '../language.ts'
import styles from './DeskShell.module.css'
import { Dropdown } from './Dropdown.tsx'

export function LanguageMenu() {
  const { t } = useTranslation('frame')
  const now = currentLanguage()
  return (
    <Dropdown
      label={t('language.switch')}
      className={styles.tool}
      side="right"
      face={
        <>
          {t(`language.short.${now}`)}
          <Icon name="open" size={14} />
        </>
      }
    >
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          role="menuitemradio"
          lang={language}
          aria-checked={language === now}
          onClick={() => void switchLanguage(language)}
        >
          {t(`language.name.${language}`)}
        </button>
      ))}
    </Dropdown>
  )
}
