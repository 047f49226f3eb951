// Comments of residents on a design: the figures, the sentences without names, the summary, and one's own while it is open.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { commentOnProject, type getProject, type Stance } from '../../../loop/projects/contract.ts'
import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { RadioBlocks } from '../../ui/resident/RadioBlocks.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextArea } from '../../ui/resident/TextArea.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { useKept, useSignedIn } from '../needs/resident/signed.ts'
import styles from './services.module.css'

const stances: readonly Stance[] = ['agree', 'disagree', 'neutral']

export function ProjectComments({ project }: { readonly project: OutputOf<typeof getProject> }) {
  const { t } = useTranslation(['services', 'projects'])
  const problemText = useProblemText()
  const { signedIn, signIn } = useSignedIn()
  const [words, setWords] = useKept(`comment.${project.id}`)
  const [kept, setStance] = useKept(`stance.${project.id}`)
  const stance = stances.find((each) => each === kept)
  const [tried, setTried] = useState(false)
  const { act, pending, problem } = useAct(commentOnProject, {
    onDone: () => {
      setWords('')
      setStance('')
      showToast(t('services:comment.done'))
    },
  })
  const { comments, summary } = project
  const open = project.state === 'resident-review'
  if (!open && comments.rows.length === 0 && !summary) return null
  const submit = () => {
    setTried(true)
    if (!stance) return
    if (!signedIn) return signIn()
    void act({ params: { id: project.id }, body: { stance, ...(words.trim() && { words: words.trim() }) } })
  }
  return (
    <Section
      title={t('services:comment.title')}
      note={
        open && project.commentUntil ? (
          <>
            {t('services:comment.until')}
            <DateText date={project.commentUntil} />
          </>
        ) : undefined
      }
    >
      <Card pad>
        <dl className={styles.three}>
          {stances.map((each) => (
            <div key={each}>
              <dt>{t(`projects:stances.${each}`)}</dt>
              <dd>{(summary ?? comments)[each]}</dd>
            </div>
          ))}
        </dl>
        {summary?.words && <p className={styles.words}>{summary.words}</p>}
        {comments.rows
          .filter((row) => row.words)
          .slice(0, 8)
          .map((row) => (
            <blockquote key={row.at + row.words} className={styles.quote}>
              {row.words}
              <small>
                {t(`projects:stances.${row.stance}`)} · <DateText date={row.at} />
              </small>
            </blockquote>
          ))}
        {open &&
          (comments.mine ? (
            <p className={styles.small}>
              {t('services:comment.mine', { stance: t(`projects:stances.${comments.mine}`) })}
            </p>
          ) : (
            <div className={styles.form}>
              <RadioBlocks
                label={t('services:comment.stance')}
                value={stance}
                onChange={setStance}
                fault={tried && !stance ? t('services:comment.choose') : undefined}
                choices={stances.map((value) => ({ value, label: t(`projects:stances.${value}`) }))}
              />
              <TextArea
                label={t('services:comment.words')}
                optional
                rows={3}
                maxLength={500}
                counted
                value={words}
                onChange={setWords}
                fault={problem && problemText(problem)}
              />
              <Button kind="primary" busy={pending} onClick={submit}>
                {t(signedIn ? 'services:comment.send' : 'services:comment.signIn')}
              </Button>
            </div>
          ))}
      </Card>
    </Section>
  )
}
