// The language switch as three plain choices (residents' "mine", sign-in pages).
import { useTranslation } from 'react-i18next'
import { currentLanguage, languages, switchLanguage } from '../../app/language.ts'
import styles from './shared.module.css'

export function LanguageSwitch() {
  const { t } = useTranslation('frame')
  const now = currentLanguage()
  return (
    <div className={styles.languages} role="group" aria-label={t('language.switch')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === now}
          onClick={() => void switchLanguage(language)}
        >
          {t(`language.short.${language}`)}
        </button>
      ))}
    </div>
  )
}
