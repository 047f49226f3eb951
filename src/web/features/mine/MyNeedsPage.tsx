// All my needs.
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/resident/Page.tsx'
import { QueueList } from '../needs/resident/QueueList.tsx'
import { MyNeeds } from './MyNeeds.tsx'
import styles from './mine.module.css'

export default function MyNeedsPage() {
  const { t } = useTranslation('mine')
  return (
    <Page title={t('needs')} back="/mine">
      <QueueList withoutDrafts />
      <div className={styles.first}>
        <h2 className="sr-only">{t('needs')}</h2>
        <MyNeeds />
      </div>
    </Page>
  )
}
