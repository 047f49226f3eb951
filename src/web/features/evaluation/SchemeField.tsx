// The scheme of an evaluation: indicators computed from the records and judged by the evaluator; weights add up to 100.
import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { measures } from '../../../loop/evaluation/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './evaluation.module.css'

type Item = {
  readonly source: 'computed' | 'expert'
  readonly name?: string
  readonly weight?: number
  readonly measure?: string
  readonly target?: number
  readonly guide?: string
}
type Props = {
  readonly id?: string
  readonly value?: readonly Item[]
  readonly onChange?: (items: readonly Item[]) => void
}

export function SchemeField({ id, value = [], onChange }: Props) {
  const { t } = useTranslation('evaluation')
  const change = (index: number, part: Partial<Item>) =>
    onChange?.(value.map((item, at) => (at === index ? { ...item, ...part } : item)))
  const label = (name: string, index: number) => t('scheme.cell', { name: t(`fields.${name}`), n: index + 1 })
  const sum = value.reduce((all, item) => all + (item.weight ?? 0), 0)
  return (
    <div id={id} className={styles.lines}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('fields.name')}</th>
            <th scope="col">{t('fields.weight')}</th>
            <th scope="col">{t('fields.source')}</th>
            <th scope="col">{t('desk.basis')}</th>
            <th>
              <span className="sr-only">{t('scheme.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {value.map((item, index) => (
            <tr key={index}>
              <td>
                <Input
                  aria-label={label('name', index)}
                  maxLength={60}
                  value={item.name}
                  onChange={(event) => change(index, { name: event.target.value })}
                />
              </td>
              <td>
                <InputNumber
                  controls={false}
                  aria-label={label('weight', index)}
                  min={1}
                  max={100}
                  precision={0}
                  value={item.weight}
                  onChange={(weight) => change(index, { weight: weight ?? undefined })}
                />
              </td>
              <td>{t(`itemSources.${item.source}`)}</td>
              <td>
                {item.source === 'computed' ? (
                  <span className={styles.measure}>
                    <Select
                      aria-label={label('measure', index)}
                      value={item.measure}
                      onChange={(measure: string) => change(index, { measure })}
                      options={measures.map((measure) => ({ value: measure, label: t(`measures.${measure}`) }))}
                    />
                    <InputNumber
                      controls={false}
                      aria-label={label('target', index)}
                      min={1}
                      placeholder={t('fields.target')}
                      value={item.target}
                      onChange={(target) => change(index, { target: target ?? undefined })}
                    />
                  </span>
                ) : (
                  <Input
                    aria-label={label('guide', index)}
                    maxLength={500}
                    placeholder={t('fields.guide')}
                    value={item.guide}
                    onChange={(event) => change(index, { guide: event.target.value })}
                  />
                )}
              </td>
              <td>
                <DeskButton
                  small
                  bare
                  kind="quiet"
                  icon="trash"
                  label={t('frame:form.remove', { n: index + 1 })}
                  onClick={() => onChange?.(value.filter((_item, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.row}>
        <DeskButton
          small
          icon="plus"
          onClick={() => onChange?.([...value, { source: 'computed', measure: 'service-records' }])}
        >
          {t('scheme.addComputed')}
        </DeskButton>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { source: 'expert' }])}>
          {t('scheme.addJudged')}
        </DeskButton>
        <Tag tone={sum === 100 ? 'done' : 'waiting'} icon={sum === 100 ? 'check' : 'alert'}>
          {t('scheme.sum', { sum })}
        </Tag>
      </p>
    </div>
  )
}
