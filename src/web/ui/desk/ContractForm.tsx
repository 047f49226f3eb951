// A form made from the JSON Schema of an endpoint's body: labels from the domain's words, the server's faults at the fields.
import { Form } from 'antd'
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint, OutputOf } from '../../../kit/endpoint.ts'
import { queryClient, useAskPath } from '../../app/ask.ts'
import { addressOf, send } from '../../app/client.ts'
import { type Problem, problemOf } from '../../app/problem.ts'
import { ErrorState, useProblemText } from '../shared/ErrorState.tsx'
import { Skeleton } from '../shared/Skeleton.tsx'
import { DeskButton } from './DeskButton.tsx'
import { DeskDialog } from './DeskDialog.tsx'
import { FormFields, type FieldOverride } from './FormFields.tsx'
import styles from './forms.module.css'
import { cleaned, type FormField, fieldsOf, type JsonSchema, pathOf, withMoney } from './schema-fields.ts'

type Props<E extends Endpoint> = {
  readonly endpoint: E
  /** Namespace of the labels: `<domain>:fields.<name>`, `help.<name>`, `options.<name>.<value>`. */
  readonly domain: string
  readonly params?: Readonly<Record<string, string>>
  readonly initial?: Readonly<Record<string, unknown>>
  /** Values that are sent but not shown. */
  readonly fixed?: Readonly<Record<string, unknown>>
  readonly hide?: readonly string[]
  /** Fields that come first, in this order; the others follow as the contract names them. */
  readonly first?: readonly string[]
  readonly ifMatch?: string
  /** Own controls for single fields, by top-level name. */
  readonly overrides?: Readonly<Record<string, FieldOverride>>
  readonly submitLabel?: string
  readonly onDone: (answer: OutputOf<E>) => void
  readonly onCancel?: () => void
  /** Above the buttons. */
  readonly children?: ReactNode
}

/** Renders once the schema (GET /api/schemas/:name) is there; asks before leaving with changes. */
export function ContractForm<E extends Endpoint>(props: Props<E>) {
  const { data, error, refetch } = useAskPath<{ readonly body: JsonSchema }>(`/api/schemas/${props.endpoint.name}`, {
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} />
  return <SchemaForm {...props} schema={data.body} />
}

function SchemaForm<E extends Endpoint>({
  endpoint,
  domain,
  params,
  initial,
  fixed,
  hide = [],
  first = [],
  ifMatch,
  overrides,
  submitLabel,
  onDone,
  onCancel,
  children,
  schema,
}: Props<E> & { readonly schema: JsonSchema }) {
  const { t } = useTranslation(['frame', domain])
  const problemText = useProblemText()
  const [form] = Form.useForm()
  const [busy, setBusy] = useState(false)
  const [changed, setChanged] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [elsewhere, setElsewhere] = useState<readonly string[]>([])
  const key = useRef<{ said: string; key: string } | undefined>(undefined)
  const hidden = new Set([...hide, ...Object.keys(fixed ?? {})])
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length)
  const fields = fieldsOf(schema)
    .filter((field) => !hidden.has(field.name))
    .sort((one, other) => rank(one.name) - rank(other.name))
  const leave = useBlocker({
    shouldBlockFn: () => changed && !busy,
    enableBeforeUnload: () => changed,
    withResolver: true,
  })
  const start = Object.fromEntries(
    fields.flatMap((field: FormField) =>
      field.schema.default === undefined ? [] : [[field.name, field.schema.default]],
    ),
  )

  const show = (faulty: Problem) => {
    setProblem(faulty)
    const known = new Set(fields.map((field) => field.name))
    const faults = (faulty.fields ?? []).map((fault) => ({ name: pathOf(fault.path), message: fault.message }))
    form.setFields(
      faults.filter(({ name }) => known.has(String(name[0]))).map(({ name, message }) => ({ name, errors: [message] })),
    )
    setElsewhere(faults.filter(({ name }) => !known.has(String(name[0]))).map(({ message }) => message))
    const first = faults.find(({ name }) => known.has(String(name[0])))
    if (first) form.scrollToField(first.name, { block: 'center', focus: true })
  }
  const submit = async (values: object) => {
    const body = { ...Object(cleaned(withMoney(fields, values))), ...fixed }
    const said = JSON.stringify(body)
    if (key.current?.said !== said) key.current = { said, key: crypto.randomUUID() }
    setBusy(true)
    setProblem(undefined)
    setElsewhere([])
    try {
      const answer = await send<OutputOf<E>>(endpoint.method, addressOf(endpoint.path, { params }), body, {
        ifMatch,
        idempotencyKey: key.current.key,
      })
      setChanged(false)
      await queryClient.invalidateQueries()
      // the blocker must see the form as saved before the page moves on
      setTimeout(() => onDone(answer), 0)
    } catch (error) {
      const faulty = problemOf(error)
      if (faulty.status !== 0 && faulty.status < 500) key.current = undefined
      show(faulty)
    }
    setBusy(false)
  }
  return (
    <>
      <Form
        form={form}
        className={styles.form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ block: 'center', focus: true }}
        initialValues={{ ...start, ...initial }}
        onValuesChange={() => setChanged(true)}
        onFinish={(values: object) => void submit(values)}
        noValidate
      >
        {problem && (
          <div className={styles.faults} role="alert">
            <b>{problem.fields?.length ? t('form.faults', { count: problem.fields.length }) : problemText(problem)}</b>
            {elsewhere.length > 0 && (
              <ul>
                {elsewhere.map((message) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        <FormFields fields={fields} domain={domain} overrides={overrides} />
        {children}
        <div className={styles.foot}>
          <DeskButton kind="primary" type="submit" busy={busy}>
            {submitLabel ?? t('form.submit')}
          </DeskButton>
          {onCancel && <DeskButton onClick={onCancel}>{t('cancel')}</DeskButton>}
        </div>
      </Form>
      {leave.status === 'blocked' && (
        <DeskDialog
          title={t('form.leave')}
          onClose={leave.reset}
          foot={
            <>
              <DeskButton kind="danger" onClick={leave.proceed}>
                {t('form.leaveNow')}
              </DeskButton>
              <DeskButton kind="primary" onClick={leave.reset}>
                {t('form.stay')}
              </DeskButton>
            </>
          }
        >
          <p className={styles.what}>{t('form.leaveNext')}</p>
        </DeskDialog>
      )}
    </>
  )
}
