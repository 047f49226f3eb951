// Choosing a template in the form of a new project: fills what is still empty, says what came from it, and spreads a total by its shares.
import { Form, Input } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { formatYuan, parseYuan, ZERO_FEN } from '../../../kit/money.ts'
import { getTemplate, listTemplates } from '../../../loop/projects/contract/templates.ts'
import { amountsOf } from '../../../loop/projects/rules/templates.ts'
import { useAsk } from '../../app/ask.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import styles from './projects.module.css'

type Template = OutputOf<typeof getTemplate>
type TemplateRow = OutputOf<typeof listTemplates>['rows'][number]
type Origin = { readonly id: string; readonly edition: number }
type Fillings = Readonly<Record<string, unknown>>

const filledFields = [
  'title',
  'targetGroup',
  'goals',
  'categories',
  'activities',
  'results',
  'budgetLines',
  'purchaseItem',
  'partners',
] as const

/** What a template puts into the form; a line has no price before a total is spread. */
function fillingsOf(template: Template, unit: string): Fillings {
  return {
    title: template.title,
    targetGroup: template.targetGroup,
    goals: template.goals,
    categories: template.categories,
    activities: template.activities,
    results: template.results,
    budgetLines: template.budgetShares.map(({ item, purpose }) => ({ item, purpose, quantity: 1, unit })),
    purchaseItem: template.purchaseItem,
    partners: template.partners,
  }
}

/** Nothing typed: absent, empty, or rows with nothing but what the form itself put there. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (!Array.isArray(value)) return false
  return value.every(
    (row) =>
      typeof row === 'object' &&
      row !== null &&
      Object.entries(row).every(([name, part]) => name === 'purpose' || name === 'kind' || isEmpty(part)),
  )
}

/** Prices come and go with the total: whether a budget is still the template's shows in its lines. */
function comparable(name: string, value: unknown): string {
  const rows = name === 'budgetLines' && Array.isArray(value) ? value : undefined
  return JSON.stringify(rows?.map((row: { item?: string; purpose?: string }) => [row.item, row.purpose]) ?? value)
}

function Chosen({ template, before }: { readonly template: Template; readonly before: readonly string[] }) {
  const { t } = useTranslation('projects')
  const names = useId()
  const form = Form.useFormInstance()
  const [total, setTotal] = useState('')
  const values: Fillings = Form.useWatch([], form) ?? {}
  const fillings = fillingsOf(template, t('template.item'))
  const label = (list: readonly string[]) => list.map((name) => t(`fields.${name}`)).join(t('frame:list.separator'))
  const given = filledFields.filter((name) => !isEmpty(fillings[name]) && !before.includes(name))
  const same = given.filter((name) => comparable(name, values[name]) === comparable(name, fillings[name]))
  const changed = given.filter((name) => !same.includes(name))
  const kept = filledFields.filter((name) => before.includes(name) && !isEmpty(fillings[name]))
  const whole = parseYuan(total.replace(/[,，\s]/g, ''))
  const spread = () => {
    if (whole === undefined || whole <= ZERO_FEN) return
    const amounts = amountsOf(
      template.budgetShares.map(({ purpose = 'service', ...line }) => ({ ...line, purpose })),
      whole,
    )
    form.setFieldValue(
      'budgetLines',
      template.budgetShares.map(({ item, purpose }, index) => {
        const amount = amounts[index] ?? ZERO_FEN
        const price = amount === ZERO_FEN ? undefined : formatYuan(amount)
        return { item, purpose, quantity: 1, unit: t('template.item'), unitPrice: price, amount: price }
      }),
    )
  }
  return (
    <div className={styles.origin} role="status">
      {same.length > 0 && <p>{t('template.filled', { fields: label(same) })}</p>}
      {changed.length > 0 && <p>{t('template.changed', { fields: label(changed) })}</p>}
      {kept.length > 0 && <p>{t('template.kept', { fields: label(kept) })}</p>}
      <div className={styles.spread}>
        <label htmlFor={`${names}-total`}>{t('template.money')}</label>
        <Input
          id={`${names}-total`}
          inputMode="decimal"
          aria-describedby={`${names}-help`}
          value={total}
          onChange={(event) => setTotal(event.target.value)}
          suffix={t('frame:money.yuan')}
        />
        <DeskButton small off={whole === undefined || whole <= ZERO_FEN} onClick={spread}>
          {t('template.spread')}
        </DeskButton>
        <small id={`${names}-help`}>{t('template.moneyHelp')}</small>
        <Go to={`/desk/projects/templates/${template.id}`}>
          {t('template.beside', { title: template.title, n: template.edition })}
        </Go>
      </div>
    </div>
  )
}

export function TemplateField({
  id,
  value,
  onChange,
  division,
}: {
  readonly id?: string
  readonly value?: Origin
  readonly onChange?: (value: Origin | undefined) => void
  readonly division: string
}) {
  const { t } = useTranslation('projects')
  const form = Form.useFormInstance()
  const [picked, setPicked] = useState<string | undefined>(value?.id)
  const [filled, setFilled] = useState<{ readonly template: Template; readonly before: readonly string[] }>()
  const { data } = useAsk(
    getTemplate,
    { params: { id: picked ?? '' }, query: {} },
    { enabled: picked !== undefined, staleTime: 60_000 },
  )
  useEffect(() => {
    if (!data || data.id !== picked || filled?.template.id === data.id) return
    const fillings = fillingsOf(data, t('template.item'))
    const earlier = filled && fillingsOf(filled.template, t('template.item'))
    // What a person typed stays; what an earlier choice filled in makes way.
    const before = filledFields.filter((name) => {
      const typed: unknown = form.getFieldValue(name)
      const own = earlier && !filled.before.includes(name) ? comparable(name, earlier[name]) : undefined
      return !isEmpty(typed) && comparable(name, typed) !== own
    })
    form.setFieldsValue(
      Object.fromEntries(filledFields.filter((name) => !before.includes(name)).map((name) => [name, fillings[name]])),
    )
    setFilled({ template: data, before })
    onChange?.({ id: data.id, edition: data.edition })
  }, [data, picked, filled, form, onChange, t])
  return (
    <div id={id}>
      <div className={styles.pick}>
        <ListPicker<TemplateRow>
          endpoint={listTemplates}
          query={{ state: 'offered', ...(division.length >= 9 ? { offeredTo: division } : {}) }}
          label={t('template.pick')}
          value={picked}
          option={(row) => ({
            value: row.id,
            label: t('template.choice', { title: row.title, place: row.divisionName ?? row.division, n: row.edition }),
          })}
          onChange={(chosen) => setPicked(typeof chosen === 'string' ? chosen : undefined)}
        />
        {picked !== undefined && (
          <DeskButton
            small
            kind="quiet"
            onClick={() => {
              setPicked(undefined)
              setFilled(undefined)
              onChange?.(undefined)
            }}
          >
            {t('template.none')}
          </DeskButton>
        )}
      </div>
      {picked !== undefined && filled?.template.id === picked && (
        <Chosen template={filled.template} before={filled.before} />
      )}
    </div>
  )
}
