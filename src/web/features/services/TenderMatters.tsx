// What came up about a tender, for everybody: answered questions, changed terms, objections with their complaints, and the draw to repeat.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { drawCommand } from '../procurement/draw-command.ts'
import { useTermsWords } from '../procurement/terms-words.ts'
import styles from './services.module.css'

type View = OutputOf<typeof getTender>

export function TenderQuestions({ tender }: { readonly tender: View }) {
  const { t } = useTranslation(['procurement', 'services'])
  const answered = tender.questions.filter((each) => each.answeredAt)
  if (answered.length === 0) return null
  return (
    <Section title={t('procurement:questions.title')} note={t('services:tender.count', { count: answered.length })}>
      <Card pad>
        {answered.map((each) => (
          <div key={each.id} className={styles.matter}>
            <h3>{each.words}</h3>
            <p>{each.answer}</p>
            {each.answeredAt && (
              <small>
                {t('procurement:states.answered')} <DateText date={each.answeredAt} />
              </small>
            )}
          </div>
        ))}
      </Card>
    </Section>
  )
}

export function TenderChanges({ tender }: { readonly tender: View }) {
  const { t } = useTranslation(['procurement', 'services'])
  const words = useTermsWords()
  const changes = tender.versions.slice(1)
  if (changes.length === 0) return null
  return (
    <Section title={t('procurement:versions.title')} note={t('services:tender.times', { count: changes.length })}>
      <Card pad>
        {changes.toReversed().map((version) => {
          const before = tender.versions.find((each) => each.number === version.number - 1)
          return (
            <div key={version.number} className={styles.matter}>
              <h3>{version.reason}</h3>
              <small>
                {t('procurement:versions.number', { n: version.number })}{' '}
                <InstantText instant={version.at} style="full" />
              </small>
              {version.changed.map((part) => (
                <dl key={part} className={styles.change}>
                  <dt>{t(`procurement:changedParts.${part}`)}</dt>
                  <dd>
                    {before && part !== 'files' && (
                      <>
                        <small>{t('services:tender.was')}</small> {words(before, part)}
                      </>
                    )}
                  </dd>
                  <dd>
                    <small>{t('services:tender.is')}</small> <b>{words(version, part)}</b>
                  </dd>
                </dl>
              ))}
            </div>
          )
        })}
      </Card>
    </Section>
  )
}

export function TenderObjections({ tender }: { readonly tender: View }) {
  const { t } = useTranslation(['procurement', 'services'])
  if (tender.objections.length === 0) return null
  return (
    <Section title={t('services:tender.objections')}>
      <Card pad>
        {tender.objections.map((each) => (
          <div key={each.id} className={styles.matter}>
            <blockquote className={styles.quote}>
              {each.argument}
              <small>
                {each.organizationName} · <DateText date={each.at} /> · {t(`procurement:states.${each.state}`)}
                {each.decision && t('services:tender.because', { words: each.decision })}
              </small>
            </blockquote>
            {each.complaint && (
              <blockquote className={styles.quote}>
                {each.complaint.argument}
                <small>
                  {t('procurement:fields.complaint')} · <DateText date={each.complaint.at} /> ·{' '}
                  {t(`procurement:states.${each.complaint.state}`)}
                  {each.complaint.remedy && ` · ${t(`procurement:remedies.${each.complaint.remedy}`)}`}
                  {each.complaint.decision && t('services:tender.because', { words: each.complaint.decision })}
                </small>
              </blockquote>
            )}
          </div>
        ))}
      </Card>
    </Section>
  )
}

/** Everything with which the panel is drawn again, and the command that does it. */
export function TenderDraw({ tender }: { readonly tender: View }) {
  const { t } = useTranslation(['procurement', 'services'])
  const { draw } = tender
  if (!draw) return null
  const rows = [
    ['commitment', tender.commitment],
    ['secret', draw.secret],
    ['seed', draw.seed],
    ['listHash', draw.listHash],
  ] as const
  return (
    <Section
      title={t('procurement:panel.proof')}
      note={t('services:tender.drawn', { size: draw.size, all: draw.list.length })}
    >
      <Card pad>
        <p className={styles.small}>{t('procurement:panel.howTo')}</p>
        <code className={styles.command}>{drawCommand(tender.id)}</code>
        <dl className={styles.facts}>
          {rows.map(([key, value]) => (
            <div key={key} className={styles.print}>
              <dt>{t(`procurement:panel.${key}`)}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
        <details>
          <summary>{t('services:tender.drawLists')}</summary>
          {(['bidHashes', 'list'] as const).map((key) => (
            <div key={key} className={styles.print}>
              <p className={styles.small}>{t(`procurement:panel.${key}`)}</p>
              <ol>
                {draw[key].map((each) => (
                  <li key={each}>
                    <code>{each}</code>
                  </li>
                ))}
              </ol>
            </div>
          ))}
        </details>
      </Card>
    </Section>
  )
}
