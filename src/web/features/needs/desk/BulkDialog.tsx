// What a bulk act asks once for all chosen needs: route and category, reason and sentence, colleague, or the need to merge into.
import { Input } from 'antd'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { declineReasons, listDeskNeeds, type PlannedRoute, plannedRoutes } from '../../../../loop/needs/contract.ts'
import { takeOverReasons } from '../../../../loop/needs/contract/desk.ts'
import type { CategoryCode } from '../../../../loop/needs/contract/taxonomy.ts'
import { useAsk } from '../../../app/ask.ts'
import { CategoryPicker } from '../../../ui/desk/CategoryPicker.tsx'
import { ChoiceField, ColleagueField } from '../../../ui/desk/ChoiceField.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../../ui/desk/DeskDialog.tsx'
import styles from './desk-needs.module.css'
import { Candidate } from './MergeDialog.tsx'
import type { DeskNeedRow } from './need-words.tsx'
import type { CategoryProposal } from './ProposalCell.tsx'
import { ProposedCategories } from './ProposedCategories.tsx'

export type BulkWhat = 'accept' | 'decline' | 'merge' | 'assign' | 'takeOver'

export type BulkAnswers = {
  readonly route?: PlannedRoute
  /** Undefined: as it stands in each. */
  readonly category?: CategoryCode
  /** Each gets the category that is proposed for it; as it stands where none is. */
  readonly proposed?: boolean
  readonly reason?: (typeof declineReasons)[number]
  readonly words?: string
  readonly to?: string
  readonly takeOver?: (typeof takeOverReasons)[number]
  readonly into?: string
}

/** A control with its name above it. */
function Named({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.named}>
      <b aria-hidden="true">{label}</b>
      {children}
    </div>
  )
}

type FieldsProps = { readonly value: BulkAnswers; readonly onChange: (change: BulkAnswers) => void }

const asItStands = 'as-it-stands'
const asProposed = 'as-proposed'

function AcceptFields({ value, onChange, rows, proposals }: FieldsProps & Pick<Props, 'rows' | 'proposals'>) {
  const { t } = useTranslation('needs')
  return (
    <>
      <Named label={t('fields.routeHint')}>
        <ChoiceField
          label={t('fields.routeHint')}
          value={value.route}
          onChange={(route) => onChange({ route: plannedRoutes.find((each) => each === route) })}
          choices={plannedRoutes.map((route) => ({ value: route, label: t(`routes.${route}`) }))}
        />
      </Named>
      <Named label={t('fields.category')}>
        <CategoryPicker
          label={t('fields.category')}
          first={[
            { value: asItStands, label: t('desk.bulk.asItStands') },
            ...(rows.some(({ id }) => proposals.has(id))
              ? [{ value: asProposed, label: t('desk.bulk.asProposed') }]
              : []),
          ]}
          value={value.proposed ? asProposed : (value.category ?? asItStands)}
          onChange={(chosen) =>
            onChange({
              proposed: chosen === asProposed,
              category: chosen === asItStands || chosen === asProposed ? undefined : (chosen as CategoryCode),
            })
          }
        />
      </Named>
      {value.proposed && <ProposedCategories rows={rows} proposals={proposals} />}
    </>
  )
}

function DeclineFields({ value, onChange }: FieldsProps) {
  const { t } = useTranslation('needs')
  return (
    <>
      <Named label={t('fields.reason')}>
        <ChoiceField
          label={t('fields.reason')}
          value={value.reason}
          onChange={(reason) => onChange({ reason: declineReasons.find((each) => each === reason) })}
          choices={declineReasons.map((reason) => ({ value: reason, label: t(`declineReasons.${reason}`) }))}
        />
      </Named>
      <Named label={t('fields.words')}>
        <Input.TextArea
          aria-label={t('fields.words')}
          placeholder={t('desk.bulk.declineWords')}
          rows={3}
          maxLength={500}
          value={value.words}
          onChange={(event) => onChange({ words: event.target.value })}
        />
      </Named>
    </>
  )
}

function OneField({ what, value, onChange }: FieldsProps & { readonly what: BulkWhat }) {
  const { t } = useTranslation('needs')
  if (what === 'assign')
    return (
      <Named label={t('fields.to')}>
        <ColleagueField
          label={t('fields.to')}
          roles={['community-worker', 'community-head']}
          value={value.to}
          onChange={(to) => onChange({ to })}
        />
      </Named>
    )
  return (
    <Named label={t('fields.reason')}>
      <ChoiceField
        label={t('fields.reason')}
        value={value.takeOver}
        onChange={(reason) => onChange({ takeOver: takeOverReasons.find((each) => each === reason) })}
        choices={takeOverReasons.map((reason) => ({ value: reason, label: t(`takeOverReasons.${reason}`) }))}
      />
    </Named>
  )
}

/** Whether enough was said to go on. */
function complete(what: BulkWhat, value: BulkAnswers): boolean {
  switch (what) {
    case 'accept':
      return value.route !== undefined
    case 'decline':
      return value.reason !== undefined && (value.words?.trim().length ?? 0) >= 2
    case 'assign':
      return value.to !== undefined
    case 'takeOver':
      return value.takeOver !== undefined
    case 'merge':
      return value.into !== undefined
  }
}

type Props = {
  readonly what: BulkWhat
  readonly rows: readonly DeskNeedRow[]
  /** By need. */
  readonly proposals: ReadonlyMap<string, CategoryProposal>
  /** What is filled in already. */
  readonly initial: BulkAnswers
  readonly onClose: () => void
  readonly onDone: (given: BulkAnswers) => void
}

/** The target: one of the chosen needs themselves, or any other open one found by number or title. */
function MergeInto({ rows, onClose, onDone }: Pick<Props, 'rows' | 'onClose' | 'onDone'>) {
  const { t } = useTranslation(['needs', 'frame'])
  const [search, setSearch] = useState('')
  const asked = search.trim()
  const found = useAsk(
    listDeskNeeds,
    { query: { q: asked, division: rows[0]?.division, size: 10 } },
    { enabled: asked.length > 1, keep: true },
  )
  const most = [...rows].sort((one, other) => other.supports - one.supports)
  const candidates = asked.length > 1 ? (found.data?.rows ?? []) : rows.length > 1 ? most.slice(0, 20) : []
  return (
    <DeskDialog
      title={t('desk.bulk.mergeTitle', { count: rows.length })}
      wide
      onClose={onClose}
      foot={<DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>}
    >
      <p className={styles.ask}>{t('desk.bulk.mergeWhat')}</p>
      <Input
        aria-label={t('desk.mergeSearch')}
        placeholder={t('desk.mergeSearch')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul className={styles.candidates}>
        {candidates.map((row) => (
          <Candidate key={row.id} row={row} busy={false} onMerge={() => onDone({ into: row.id })} />
        ))}
        {candidates.length === 0 && <li className={styles.nothing}>{t('desk.noSimilar')}</li>}
      </ul>
    </DeskDialog>
  )
}

export function BulkDialog(props: Props) {
  const { what, rows, proposals, initial, onClose, onDone } = props
  const { t } = useTranslation(['needs', 'frame'])
  const [value, setValue] = useState<BulkAnswers>(initial)
  const form = useRef<HTMLFormElement>(null)
  // The keyboard begins at the first field; where all is filled in already, at the button that does it.
  useEffect(() => {
    const all = form.current?.closest('dialog')?.querySelectorAll<HTMLElement>('button')
    const first = complete(what, initial) ? all?.[all.length - 1] : form.current?.querySelector<HTMLElement>('input')
    first?.focus()
  }, [what, initial])
  const change = (more: BulkAnswers) => setValue((before) => ({ ...before, ...more }))
  if (what === 'merge') return <MergeInto {...props} />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (complete(what, value)) onDone({ ...value, words: value.words?.trim() })
  }
  return (
    <DeskDialog
      title={t(`desk.bulk.${what}Title`, { count: rows.length })}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton
            kind={what === 'decline' ? 'danger' : 'primary'}
            off={!complete(what, value)}
            onClick={() => complete(what, value) && onDone({ ...value, words: value.words?.trim() })}
          >
            {t(`verbs.${what}Need`)}
          </DeskButton>
        </>
      }
    >
      <form ref={form} onSubmit={submit} className={styles.bulkForm}>
        <p className={styles.ask}>{t(`desk.bulk.${what}What`)}</p>
        {what === 'accept' && <AcceptFields value={value} onChange={change} rows={rows} proposals={proposals} />}
        {what === 'decline' && <DeclineFields value={value} onChange={change} />}
        {(what === 'assign' || what === 'takeOver') && <OneField what={what} value={value} onChange={change} />}
      </form>
    </DeskDialog>
  )
}
