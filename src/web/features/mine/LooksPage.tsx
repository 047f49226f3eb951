// Everybody who looked at my data.
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/resident/Page.tsx'
import { LooksCard } from './LooksCard.tsx'
import styles from './mine.module.css'

export default function LooksPage() {
  const { t } = useTranslation('mine')
  return (
    <Page title={t('looks')} back="/mine">
      <div className={styles.first}>
        <LooksCard />
      </div>
    </Page>
  )
}
