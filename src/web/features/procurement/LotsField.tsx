// Lots of a tender as a table whose ceilings add up to the budget while typing. Without rows the tender is undivided.
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { fen, formatYuan, parseYuan } from '../../../kit/money.ts'
import { leastLots, mostLots } from '../../../loop/procurement/contract/lots.ts'
import { getProject } from '../../../loop/projects/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { textColumn } from '../../ui/desk/row-columns.tsx'
import { type BoundRows, type RowColumn, RowsField } from '../../ui/desk/RowsField.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { moneyWords } from '../../ui/shared/MoneyText.tsx'
import { priceText } from './bid-draft.ts'
import styles from './procurement.module.css'

type Line = {
  readonly title?: string
  readonly description?: string
  readonly ceiling?: string
  readonly covers?: readonly string[]
}

/** The project of the form, or the one given; `budget`: of a tender that is planned already. */
type Props = BoundRows<Line> & { readonly project?: string; readonly budget?: string }

function useColumns(activities: readonly string[]): readonly RowColumn<Line>[] {
  const { t } = useTranslation('procurement')
  return [
    textColumn('title', t('lots.title'), 60),
    textColumn('description', t('lots.description'), 1000),
    {
      name: 'ceiling',
      title: t('lots.ceiling'),
      right: true,
      cell: (row, change, label) => (
        <Input
          inputMode="decimal"
          autoComplete="off"
          aria-label={label(t('lots.ceiling'))}
          value={row.ceiling}
          onChange={(event) => change({ ceiling: event.target.value })}
        />
      ),
    },
    {
      name: 'covers',
      title: t('fields.covers'),
      cell: (row, change, label) => (
        <Select
          mode="multiple"
          aria-label={label(t('fields.covers'))}
          placeholder={t('lots.optional')}
          value={[...(row.covers ?? [])]}
          onChange={(covers: string[]) => change({ covers })}
          options={activities.map((name) => ({ value: name, label: name }))}
        />
      ),
    },
  ]
}

const ceilingOf = (line: Line) => parseYuan(priceText(line.ceiling ?? '')) ?? fen(0n)

export function LotsField({ id, value = [], onChange, project, budget }: Props) {
  const { t } = useTranslation('procurement')
  const watched: unknown = Form.useWatch('project')
  const chosen = project ?? (typeof watched === 'string' ? watched : undefined)
  const { data } = useAsk(getProject, { params: { id: chosen ?? '' } }, { enabled: chosen !== undefined })
  const columns = useColumns((data?.activities ?? []).map((activity) => activity.name))
  const whole = parseYuan(budget ?? data?.rest ?? data?.budget ?? '')
  const sum = fen(value.reduce((all, line) => all + ceilingOf(line), 0n))
  const add = (count: number) => onChange?.([...value, ...Array.from({ length: count }, () => ({}))])
  if (value.length === 0)
    return (
      <p id={id} className={styles.undivided}>
        <span>{t('lots.undivided')}</span>
        <DeskButton small icon="plus" onClick={() => add(leastLots)}>
          {t('lots.divide')}
        </DeskButton>
      </p>
    )
  return (
    <RowsField id={id} className={styles.lotLines} value={value} onChange={onChange} columns={columns}>
      <p>
        <DeskButton small icon="plus" off={value.length >= mostLots} onClick={() => add(1)}>
          {t('lots.add')}
        </DeskButton>{' '}
        <DeskButton small kind="quiet" onClick={() => onChange?.([])}>
          {t('lots.undo')}
        </DeskButton>{' '}
        {whole !== undefined && (
          <Tag tone={sum === whole ? 'done' : 'waiting'} icon={sum === whole ? 'check' : 'alert'}>
            {t('lots.sum', { sum: moneyWords(formatYuan(sum)), budget: moneyWords(formatYuan(whole)) })}
          </Tag>
        )}
      </p>
    </RowsField>
  )
}
