// The scheme of an evaluation: indicators computed from the records, asked of the beneficiaries and judged by the evaluator; weights add up to 100.
import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { measures } from '../../../loop/evaluation/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { numberColumn, textColumn } from '../../ui/desk/row-columns.tsx'
import { type BoundRows, type RowColumn, RowsField } from '../../ui/desk/RowsField.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './evaluation.module.css'

type Item = {
  readonly source: 'computed' | 'survey' | 'expert'
  readonly name?: string
  readonly weight?: number
  readonly measure?: string
  readonly target?: number
  readonly guide?: string
  readonly questions?: readonly string[]
}

export function SchemeField({ id, value = [], onChange }: BoundRows<Item>) {
  const { t } = useTranslation('evaluation')
  const sum = value.reduce((all, item) => all + (item.weight ?? 0), 0)
  const columns: RowColumn<Item>[] = [
    textColumn('name', t('fields.name'), 60),
    numberColumn('weight', t('fields.weight'), 100),
    { name: 'source', title: t('fields.source'), cell: (item) => t(`itemSources.${item.source}`) },
    {
      name: 'basis',
      title: t('desk.basis'),
      cell: (item, change, label) =>
        item.source === 'computed' ? (
          <span className={styles.measure}>
            <Select
              aria-label={label(t('fields.measure'))}
              value={item.measure}
              onChange={(measure: string) => change({ measure })}
              options={measures.map((measure) => ({ value: measure, label: t(`measures.${measure}`) }))}
            />
            <InputNumber
              controls={false}
              aria-label={label(t('fields.target'))}
              min={1}
              placeholder={t('fields.target')}
              value={item.target}
              onChange={(target) => change({ target: target ?? undefined })}
            />
          </span>
        ) : item.source === 'survey' ? (
          <Input.TextArea
            aria-label={label(t('fields.questions'))}
            rows={2}
            maxLength={400}
            placeholder={t('scheme.questionsHint')}
            value={(item.questions ?? []).join('\n')}
            onBlur={() => change({ questions: (item.questions ?? []).filter((question) => question.trim() !== '') })}
            onChange={(event) => change({ questions: event.target.value === '' ? [] : event.target.value.split('\n') })}
          />
        ) : (
          <Input
            aria-label={label(t('fields.guide'))}
            maxLength={500}
            placeholder={t('fields.guide')}
            value={item.guide}
            onChange={(event) => change({ guide: event.target.value })}
          />
        ),
    },
  ]
  return (
    <RowsField id={id} value={value} onChange={onChange} columns={columns}>
      <p className={styles.row}>
        <DeskButton
          small
          icon="plus"
          onClick={() => onChange?.([...value, { source: 'computed', measure: 'service-records' }])}
        >
          {t('scheme.addComputed')}
        </DeskButton>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { source: 'survey', questions: [] }])}>
          {t('scheme.addSurvey')}
        </DeskButton>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { source: 'expert' }])}>
          {t('scheme.addJudged')}
        </DeskButton>
        <Tag tone={sum === 100 ? 'done' : 'waiting'} icon={sum === 100 ? 'check' : 'alert'}>
          {t('scheme.sum', { sum })}
        </Tag>
      </p>
    </RowsField>
  )
}
