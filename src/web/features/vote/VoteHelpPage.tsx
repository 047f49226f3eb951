// How the secret vote works, in plain words, and what remains possible all the same.
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import styles from './vote.module.css'

const parts = [
  ['steps', ['who', 'token', 'cast', 'count', 'household', 'paper']],
  ['sure', ['secret', 'once', 'own', 'recount', 'seal']],
  ['remains', ['stuffing', 'fewPaper', 'roll', 'operator', 'journal', 'pressure', 'device']],
  ['problems', ['lost', 'pending', 'notNamed', 'paperTaken', 'mistake']],
] as const

export default function VoteHelpPage() {
  const { t } = useTranslation('vote')
  return (
    <Page title={t('help.title')}>
      {parts.map(([part, points], index) => (
        <Section key={part} title={t(`help.${part}.title`)} first={index === 0}>
          <Card pad>
            <dl className={styles.help}>
              {points.map((point) => (
                <div key={point}>
                  <dt>{t(`help.${part}.${point}`)}</dt>
                  <dd>{t(`help.${part}.${point}Text`)}</dd>
                </div>
              ))}
            </dl>
          </Card>
        </Section>
      ))}
    </Page>
  )
}
