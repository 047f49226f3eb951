// What a person may do with a record, from the actions that the record's answer carries.
import { useTranslation } from 'react-i18next'
import type { IconName } from '../shared/icon-paths.ts'

export type RecordAct = {
  readonly key: string
  readonly label: string
  readonly icon?: IconName
  /** Why it is off: the refusal's text. Undefined = may be done. */
  readonly off?: string
  /** A remark beside an act that may be done. */
  readonly hint?: string
  readonly busy?: boolean
  readonly onAct?: () => void
}

/** `actions` of a record's answer (kit/record-view). */
export type ActionView = {
  readonly verb: string
  readonly ok: boolean
  readonly code?: string
  readonly params?: Readonly<Record<string, string | number>>
}

export type ActHandler = { readonly onAct: () => void; readonly icon?: IconName; readonly busy?: boolean }

/**
 * Acts of a record for `RecordPage`: labels `<domain>:verbs.<verb>`, hints `<domain>:hints.<verb>`, refusals
 * `<domain>:refusals.<code>`. Verbs without a handler are left out; verbs in a state where they make no sense
 * (`not-in-this-state`) are left out too unless `all`.
 */
export function useRecordActs(
  domain: string,
  actions: readonly ActionView[] | undefined,
  handlers: Readonly<Record<string, ActHandler>>,
  all = false,
): RecordAct[] {
  const { t, i18n } = useTranslation(['frame', domain])
  return (actions ?? []).flatMap((action) => {
    const handler = handlers[action.verb]
    if (!handler || (!all && !action.ok && action.code === 'not-in-this-state')) return []
    const off = action.ok
      ? undefined
      : t([`${domain}:refusals.${action.code}`, `errors.${action.code}`, 'errors.forbidden'], { ...action.params })
    const hint = i18n.exists(`${domain}:hints.${action.verb}`) ? t(`${domain}:hints.${action.verb}`) : undefined
    return [
      {
        key: action.verb,
        label: t(`${domain}:verbs.${action.verb}`),
        icon: handler.icon,
        busy: handler.busy,
        off,
        hint,
        onAct: handler.onAct,
      },
    ]
  })
}
