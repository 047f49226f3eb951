// All votes in which a token was issued in my name.
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { MyVotes } from '../vote/MyVotes.tsx'

export default function MyVotesPage() {
  const { t } = useTranslation('vote')
  return (
    <Page title={t('myVotes')} back="/mine">
      <Section title={t('myVotes')} first>
        <MyVotes />
      </Section>
    </Page>
  )
}
