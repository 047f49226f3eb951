// Own controls of the design form: classes with what earlier projects cost, item of the purchase list, a department's duty.
import { Checkbox, Form, Input, Select } from 'antd'
import { useId } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { getBenchmarks } from '../../../loop/projects/contract/benchmarks.ts'
import { listPurchaseItems } from '../../../loop/projects/contract/purchase.ts'
import { useAsk } from '../../app/ask.ts'
import { CategoryPicker } from '../../ui/desk/CategoryPicker.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import styles from './projects.module.css'

type Bound<Value> = {
  readonly id?: string
  readonly value?: Value
  readonly onChange?: (value: Value | undefined) => void
}
type Picked = string | readonly string[]

/** What completed projects of a category cost and achieved in the county: median and range, with examples. */
export function Benchmarks({ category, division }: { readonly category: string; readonly division: string }) {
  const { t } = useTranslation('projects')
  const { data } = useAsk(getBenchmarks, { query: { category: category as never, division } }, { staleTime: 60_000 })
  if (!data) return null
  if (data.projects === 0 || !data.cost || !data.score) return <p className={styles.benchmark}>{t('benchmark.none')}</p>
  return (
    <div className={styles.benchmark}>
      <Trans
        t={t}
        i18nKey="benchmark.of"
        count={data.projects}
        values={data.score}
        components={{
          b: <b />,
          cost: <MoneyText amount={data.cost.median} />,
          cheapest: <MoneyText amount={data.cost.least} />,
          dearest: <MoneyText amount={data.cost.most} />,
        }}
      />
      <ul>
        {data.examples.slice(0, 3).map((each) => (
          <li key={each.id}>
            <Go to={`/desk/projects/${each.id}`}>
              {each.number} {each.title}
            </Go>{' '}
            <MoneyText amount={each.cost} unit />
          </li>
        ))}
      </ul>
    </div>
  )
}

export function CategoryWithBenchmarks({
  id,
  value,
  onChange,
  division,
}: Bound<Picked> & { readonly division: string }) {
  const { t } = useTranslation('projects')
  const first = typeof value === 'string' ? value : value?.[0]
  return (
    <>
      <CategoryPicker id={id} label={t('fields.categories')} many value={value} onChange={onChange} />
      {first !== undefined && division !== '' && <Benchmarks category={first} division={division} />}
    </>
  )
}

export function PurchaseItemField({ id, value, onChange, division }: Bound<string> & { readonly division: string }) {
  const { t } = useTranslation('projects')
  const { data, isPending } = useAsk(
    listPurchaseItems,
    { query: { division: division || '32' } },
    { staleTime: 60_000 },
  )
  const options = (data?.rows ?? [])
    .filter((row) => row.negative === undefined)
    .sort((one, other) => Number(other.listed) - Number(one.listed))
    .map((row) => ({
      value: row.code,
      label: `${row.code} ${row.name}${row.listed ? '' : t('design.notListed')}`,
    }))
  return (
    <Select
      id={id}
      aria-label={t('fields.purchaseItem')}
      showSearch
      optionFilterProp="label"
      loading={isPending}
      value={value}
      onChange={(chosen: string) => onChange?.(chosen)}
      options={options}
    />
  )
}

type Duty = { readonly department?: string; readonly matter?: string; readonly money?: string }

/** Only where a department hands the task down: then its money comes with it. */
export function DutyField({ id, value, onChange }: Bound<Duty>) {
  const { t } = useTranslation('projects')
  const names = useId()
  const form = Form.useFormInstance()
  const on = value !== undefined && value !== null
  const change = (part: Partial<Duty>) => onChange?.({ ...value, ...part })
  return (
    <div id={id}>
      <Checkbox
        checked={on}
        onChange={(event) => {
          if (event.target.checked) onChange?.({})
          else form.setFieldValue('duty', undefined)
        }}
      >
        {t('design.handedDown')}
      </Checkbox>
      {on && (
        <div className={styles.duty}>
          <label htmlFor={`${names}-department`}>
            {t('fields.department')}
            <Input
              id={`${names}-department`}
              value={value.department}
              placeholder="civil-affairs"
              onChange={(event) => change({ department: event.target.value })}
            />
          </label>
          <label htmlFor={`${names}-matter`}>
            {t('fields.matter')}
            <Input
              id={`${names}-matter`}
              maxLength={200}
              value={value.matter}
              onChange={(event) => change({ matter: event.target.value })}
            />
          </label>
          <label htmlFor={`${names}-money`}>
            {t('fields.money')}
            <Input
              id={`${names}-money`}
              inputMode="decimal"
              value={value.money}
              onChange={(event) => change({ money: event.target.value })}
              onBlur={() => {
                if (/^\d+$/.test(value.money ?? '')) change({ money: `${value.money}.00` })
              }}
              suffix={t('frame:money.yuan')}
            />
          </label>
        </div>
      )}
    </div>
  )
}
