// The evaluator's sheet: a score and a reason for each judged indicator, and the summary.
import { Input, InputNumber } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { type getEvaluation, submitEvaluation } from '../../../loop/evaluation/contract.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { recall, remember } from '../../ui/desk/list-page.ts'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import styles from './evaluation.module.css'

type Judged = { readonly score?: number; readonly reason?: string }
type Sheet = { readonly items: Readonly<Record<string, Judged>>; readonly summary: string }

export function JudgeDialog({
  evaluation,
  onClose,
}: {
  readonly evaluation: OutputOf<typeof getEvaluation>
  readonly onClose: () => void
}) {
  const { t } = useTranslation('evaluation')
  const id = useId()
  const problemText = useProblemText()
  const key = `evaluation.${evaluation.id}`
  const judged = evaluation.items.filter((item) => item.judged)
  const [sheet, setSheet] = useState<Sheet>(() =>
    recall<Sheet>(key, {
      items: Object.fromEntries(judged.map((item) => [item.name, { score: item.score, reason: item.reason }])),
      summary: evaluation.summary ?? '',
    }),
  )
  const { act, pending, problem } = useAct(submitEvaluation, {
    onDone: () => {
      showToast(t('desk.handedIn'))
      onClose()
    },
  })
  const keep = (next: Sheet) => {
    setSheet(next)
    remember(key, next)
  }
  const change = (name: string, part: Judged) =>
    keep({ ...sheet, items: { ...sheet.items, [name]: { ...sheet.items[name], ...part } } })
  const ready =
    sheet.summary.trim().length >= 10 &&
    judged.every(
      ({ name }) => sheet.items[name]?.score !== undefined && (sheet.items[name]?.reason ?? '').trim().length >= 4,
    )
  const send = () => {
    const judgements = judged.map(({ name }) => ({
      item: name,
      score: sheet.items[name]?.score ?? 0,
      reason: (sheet.items[name]?.reason ?? '').trim(),
    }))
    void act(
      { params: { id: evaluation.id }, body: { judgements, summary: sheet.summary.trim() } },
      { ifMatch: String(evaluation.version) },
    )
  }
  return (
    <DeskDialog
      title={t('verbs.submitEvaluation')}
      onClose={onClose}
      wide
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" busy={pending} off={!ready} onClick={send}>
            {t('verbs.submitEvaluation')}
          </DeskButton>
        </>
      }
    >
      <p className={styles.hint}>{t('desk.judgeHint')}</p>
      <p className={styles.hint}>
        {t('desk.evidence', {
          visits: evaluation.inspections.total,
          clean: evaluation.inspections.clean,
          findings: evaluation.findings.total,
          open: evaluation.findings.open,
        })}
      </p>
      {judged.map((item, index) => (
        <fieldset key={item.name} className={styles.judged}>
          <legend>{t('frame:list.aside', { text: item.name, aside: `${item.weight}%` })}</legend>
          {item.guide && <p>{item.guide}</p>}
          {item.source === 'survey' && <p>{t('desk.tooFewAnswers')}</p>}
          <label htmlFor={`${id}-${index}-score`}>{t('desk.score')}</label>
          <InputNumber
            controls={false}
            id={`${id}-${index}-score`}
            min={0}
            max={100}
            precision={0}
            value={sheet.items[item.name]?.score}
            onChange={(score) => change(item.name, { score: score ?? undefined })}
          />
          <label htmlFor={`${id}-${index}-reason`}>{t('fields.reason')}</label>
          <Input.TextArea
            id={`${id}-${index}-reason`}
            rows={2}
            maxLength={1000}
            value={sheet.items[item.name]?.reason}
            onChange={(event) => change(item.name, { reason: event.target.value })}
          />
        </fieldset>
      ))}
      <label htmlFor={`${id}-summary`} className={styles.label}>
        {t('fields.summary')}
      </label>
      <Input.TextArea
        id={`${id}-summary`}
        rows={4}
        maxLength={5000}
        value={sheet.summary}
        onChange={(event) => keep({ ...sheet, summary: event.target.value })}
      />
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}
