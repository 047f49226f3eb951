// The verbs of a record as dialogs: a form where the endpoint has a body, a question where it has none, the second factor where it asks for one.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../../kit/endpoint.ts'
import { queryClient } from '../../app/ask.ts'
import { addressOf, send } from '../../app/client.ts'
import { type Problem, problemOf } from '../../app/problem.ts'
import { confirmSecondFactor } from '../../app/session.ts'
import { showToast } from '../resident/toast-store.ts'
import type { IconName } from '../shared/icon-paths.ts'
import { ConfirmAct } from './ConfirmAct.tsx'
import { ContractForm } from './ContractForm.tsx'
import { DeskDialog } from './DeskDialog.tsx'
import type { FieldOverride } from './FormFields.tsx'
import { type ActHandler, type ActionView, type RecordAct, useRecordActs } from './record-acts.ts'
import { SecondFactorDialog } from './SecondFactorDialog.tsx'

export type Verb = {
  readonly endpoint: Endpoint
  readonly icon?: IconName
  readonly danger?: boolean
  /** More params than `id` (milestone, objection …). */
  readonly params?: Readonly<Record<string, string>>
  /** Of the form. */
  readonly initial?: Readonly<Record<string, unknown>>
  readonly fixed?: Readonly<Record<string, unknown>>
  readonly hide?: readonly string[]
  readonly overrides?: Readonly<Record<string, FieldOverride>>
  readonly above?: ReactNode
  /** Leaves for a page of its own instead of a dialog. */
  readonly onAct?: () => void
  /** Own dialog. */
  readonly own?: (close: () => void) => ReactNode
}

type Target = { readonly id: string; readonly version?: number; readonly number?: string; readonly title?: string }

type Props = {
  readonly domain: string
  readonly name: string
  readonly verb: Verb
  readonly target: Target
  readonly onClose: () => void
}

/** One verb of one record, asked and done. Rendered = open. */
export function VerbDialog({ domain, name, verb, target, onClose }: Props) {
  const { t, i18n } = useTranslation(['frame', domain])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [factor, setFactor] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const label = t(`${domain}:verbs.${name}`)
  const params = { id: target.id, ...verb.params }
  const ifMatch = target.version === undefined ? undefined : String(target.version)
  const what = [target.number, target.title].filter(Boolean).join(' ')
  const done = () => {
    showToast(t('verb.done', { verb: label }))
    onClose()
  }
  const run = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await send(verb.endpoint.method, addressOf(verb.endpoint.path, { params }), verb.fixed, {
        ifMatch,
        idempotencyKey: key,
      })
      await queryClient.invalidateQueries()
      done()
    } catch (error) {
      const faulty = problemOf(error)
      if (faulty.code === 'second-factor-needed') setFactor(true)
      else {
        setFactor(false)
        setProblem(faulty)
      }
    }
    setBusy(false)
  }
  const onCode = async (code: string) => {
    setBusy(true)
    try {
      await confirmSecondFactor(code)
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
      return
    }
    await run()
  }
  if (verb.own) return verb.own(onClose)
  if (factor)
    return (
      <SecondFactorDialog
        what={`${label} ${what}`}
        busy={busy}
        problem={problem}
        onCode={(code) => void onCode(code)}
        onClose={onClose}
      />
    )
  if (verb.endpoint.body !== undefined && verb.fixed === undefined) {
    return (
      <DeskDialog title={label} onClose={onClose} wide>
        {verb.above}
        <ContractForm
          endpoint={verb.endpoint}
          domain={domain}
          params={params}
          initial={verb.initial}
          hide={verb.hide}
          overrides={verb.overrides}
          ifMatch={ifMatch}
          submitLabel={label}
          onDone={done}
          onCancel={onClose}
        />
      </DeskDialog>
    )
  }
  const hint = i18n.exists(`${domain}:hints.${name}`) ? t(`${domain}:hints.${name}`) : undefined
  return (
    <ConfirmAct
      title={t('verb.ask', { verb: label })}
      what={
        <>
          {what && <b>{what}</b>}
          {what && hint && <br />}
          {hint}
        </>
      }
      verb={label}
      danger={verb.danger}
      busy={busy}
      problem={problem}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      {verb.above}
    </ConfirmAct>
  )
}

/** Acts for RecordPage and the dialog of the one that is open. Verbs that the record does not name are left out. */
export function useVerbs(
  domain: string,
  target: Target,
  actions: readonly ActionView[] | undefined,
  verbs: Readonly<Record<string, Verb>>,
): { readonly acts: RecordAct[]; readonly dialog: ReactNode; readonly open: (name: string) => void } {
  const [opened, setOpened] = useState<string>()
  const handlers = Object.fromEntries(
    Object.entries(verbs).map(([name, verb]): [string, ActHandler] => [
      name,
      { icon: verb.icon, onAct: verb.onAct ?? (() => setOpened(name)) },
    ]),
  )
  // what belongs to other offices is no choice of mine: only refusals that tell me something are shown grey
  const mine = actions?.filter((action) => action.ok || action.code !== 'forbidden')
  const acts = useRecordActs(domain, mine, handlers)
  const verb = opened === undefined ? undefined : verbs[opened]
  return {
    acts,
    open: setOpened,
    dialog:
      opened !== undefined && verb ? (
        <VerbDialog domain={domain} name={opened} verb={verb} target={target} onClose={() => setOpened(undefined)} />
      ) : null,
  }
}
