// Objections to a tender: what was argued, what was decided, and the overseer's decision.
import { Input, Radio } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { decideObjection, remedies } from '../../../loop/procurement/contract/desk.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './procurement.module.css'

type View = OutputOf<typeof getTender>
type Remedy = (typeof remedies)[number]

function DecideDialog({
  tender,
  objection,
  onClose,
}: {
  readonly tender: View
  readonly objection: View['objections'][number]
  readonly onClose: () => void
}) {
  const { t } = useTranslation('procurement')
  const id = useId()
  const problemText = useProblemText()
  const [decision, setDecision] = useState<'rejected' | 'upheld'>('rejected')
  const [remedy, setRemedy] = useState<Remedy>('score-again')
  const [words, setWords] = useState('')
  const { act, pending, problem } = useAct(decideObjection, { onDone: onClose })
  const decide = () => {
    const body = decision === 'rejected' ? { decision, words: words.trim() } : { decision, words: words.trim(), remedy }
    void act({ params: { id: tender.id, objection: objection.id }, body } as never, { ifMatch: String(tender.version) })
  }
  return (
    <DeskDialog
      title={t('verbs.decideObjection')}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" busy={pending} off={words.trim().length < 4} onClick={decide}>
            {t('verbs.decideObjection')}
          </DeskButton>
        </>
      }
    >
      <p>
        <b>{objection.organizationName}</b>：{objection.asked}
      </p>
      <fieldset className={styles.choices}>
        <legend>{t('fields.decision')}</legend>
        <Radio.Group
          value={decision}
          onChange={(event) => setDecision(event.target.value)}
          options={(['rejected', 'upheld'] as const).map((value) => ({ value, label: t(`decisions.${value}`) }))}
        />
      </fieldset>
      {decision === 'upheld' && (
        <fieldset className={styles.choices}>
          <legend>{t('fields.remedy')}</legend>
          <Radio.Group
            value={remedy}
            onChange={(event) => setRemedy(event.target.value)}
            options={remedies.map((value) => ({ value, label: t(`remedies.${value}`) }))}
          />
        </fieldset>
      )}
      <label htmlFor={id} className={styles.label}>
        {t('fields.words')}
      </label>
      <Input.TextArea
        id={id}
        rows={4}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}

export function Objections({ tender }: { readonly tender: View }) {
  const { t } = useTranslation('procurement')
  const [deciding, setDeciding] = useState<string>()
  const may = tender.actions.some((action) => action.verb === 'decideObjection' && action.ok)
  const chosen = tender.objections.find((each) => each.id === deciding)
  if (tender.objections.length === 0)
    return <EmptyState icon="check" title={t('objections.none')} next={t('objections.noneNext')} />
  return (
    <ul className={styles.objections}>
      {tender.objections.map((each) => (
        <li key={each.id}>
          <p>
            <b>{each.organizationName}</b> <Tag tone="organization">{t(`objectionTargets.${each.against}`)}</Tag>{' '}
            <Tag tone={each.state === 'open' ? 'waiting' : 'neutral'}>{t(`states.${each.state}`)}</Tag>{' '}
            <InstantText instant={each.at} style="compact" />
          </p>
          <p>{each.argument}</p>
          <p>
            <span>{t('fields.asked')}</span> {each.asked}
          </p>
          {each.decision && (
            <p>
              <span>{t('fields.decision')}</span> {each.decision}
              {each.decidedAt && (
                <>
                  {' '}
                  <InstantText instant={each.decidedAt} style="compact" />
                </>
              )}
            </p>
          )}
          {may && each.state === 'open' && (
            <DeskButton small icon="scale" onClick={() => setDeciding(each.id)}>
              {t('verbs.decideObjection')}
            </DeskButton>
          )}
        </li>
      ))}
      {chosen && <DecideDialog tender={tender} objection={chosen} onClose={() => setDeciding(undefined)} />}
    </ul>
  )
}
