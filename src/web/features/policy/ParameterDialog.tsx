// One parameter at one place: what was set when, by whom and why; and another value for processes to come.
import { Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listParameterHistory, setParameter } from '../../../foundation/policy/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { type Parameter, useParameterWords } from './parameter-words.ts'
import styles from './policy.module.css'
import { Aside } from '../../ui/shared/Aside.tsx'

type Props = {
  readonly parameter: Parameter
  readonly division: string
  readonly maySet: boolean
  readonly onClose: () => void
}

export function ParameterDialog({ parameter, division, maySet, onClose }: Props) {
  const { t } = useTranslation(['policy', 'frame'])
  const id = useId()
  const words = useParameterWords()
  const problemText = useProblemText()
  const numeric = typeof parameter.value === 'number'
  const [value, setValue] = useState(String(parameter.value))
  const [reason, setReason] = useState('')
  const { data } = useAsk(listParameterHistory, { params: { key: parameter.key }, query: { division } })
  const { act, pending, problem } = useAct(setParameter, {
    onDone: () => {
      showToast(t('desk.set'))
      onClose()
    },
  })
  const ready = reason.trim().length >= 4 && (!numeric || value.trim() !== '')
  const save = (next: number | string | null) =>
    void act({ params: { key: parameter.key }, body: { division, value: next, reason: reason.trim() } })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) save(numeric ? Number(value) : value)
  }
  const editable = maySet && (numeric || typeof parameter.value === 'string')
  return (
    <DeskDialog
      title={words.name(parameter)}
      wide
      onClose={onClose}
      foot={
        editable ? (
          <>
            <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
            {parameter.setAt?.division === division && (
              <DeskButton busy={pending} off={reason.trim().length < 4} onClick={() => save(null)}>
                {t('desk.return')}
              </DeskButton>
            )}
            <DeskButton
              kind="primary"
              busy={pending}
              off={!ready}
              onClick={() => save(numeric ? Number(value) : value)}
            >
              {t('verbs.setParameter')}
            </DeskButton>
          </>
        ) : (
          <DeskButton onClick={onClose}>{t('frame:close')}</DeskButton>
        )
      }
    >
      <dl className={styles.now}>
        <dt>{t('desk.inForce')}</dt>
        <dd>
          <b>{words.value(parameter, parameter.value)}</b>
          {parameter.setAt && <Aside>{parameter.setAt.divisionName}</Aside>}
        </dd>
        <dt>{t('fields.preset')}</dt>
        <dd>{words.value(parameter, parameter.preset)}</dd>
        {parameter.minimum !== undefined && parameter.maximum !== undefined && (
          <>
            <dt>{t('desk.range')}</dt>
            <dd>{t('desk.rangeOf', { least: parameter.minimum, most: parameter.maximum })}</dd>
          </>
        )}
        <dt>{t('fields.source')}</dt>
        <dd>{words.source(parameter)}</dd>
      </dl>
      {editable && (
        <form className={styles.form} onSubmit={submit}>
          <label htmlFor={`${id}-value`}>
            {t('fields.value')}
            <Input
              id={`${id}-value`}
              type={numeric ? 'number' : 'text'}
              min={parameter.minimum}
              max={parameter.maximum}
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          </label>
          <label htmlFor={`${id}-reason`}>
            {t('fields.reason')}
            <Input.TextArea
              id={`${id}-reason`}
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <small>{t('desk.later')}</small>
          {problem && (
            <p className={styles.problem} role="alert">
              {problemText(problem)}
            </p>
          )}
        </form>
      )}
      <h3 className={styles.title}>{t('desk.history')}</h3>
      {!data ? (
        <Skeleton rows={2} />
      ) : data.rows.length === 0 ? (
        <p className={styles.nothing}>{t('desk.noHistory')}</p>
      ) : (
        <ol className={styles.history}>
          {data.rows.map((row) => (
            <li key={row.version}>
              <b>{words.value(parameter, row.value)}</b>
              <span>{row.reason}</span>
              <small>
                {row.setBy} <DateText date={row.setAt} style="iso" />
              </small>
            </li>
          ))}
        </ol>
      )}
    </DeskDialog>
  )
}
