// Criteria of a tender as a table whose weights add up while typing.
import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { criterionKinds } from '../../../loop/procurement/contract/terms.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './procurement.module.css'

type Line = { readonly name?: string; readonly kind?: string; readonly weight?: number; readonly note?: string }
type Bound = {
  readonly id?: string
  readonly value?: readonly Line[]
  readonly onChange?: (lines: readonly Line[]) => void
}

export function CriteriaField({ id, value = [], onChange }: Bound) {
  const { t } = useTranslation('procurement')
  const change = (index: number, part: Partial<Line>) =>
    onChange?.(value.map((line, at) => (at === index ? { ...line, ...part } : line)))
  const label = (name: string, index: number) => t('terms.cell', { name: t(`fields.${name}`), n: index + 1 })
  const sum = value.reduce((all, line) => all + (line.weight ?? 0), 0)
  return (
    <div id={id} className={styles.lines}>
      <table>
        <thead>
          <tr>
            {['name', 'kind', 'weight', 'note'].map((name) => (
              <th key={name} scope="col">
                {t(`fields.${name}`)}
              </th>
            ))}
            <th>
              <span className="sr-only">{t('terms.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {value.map((line, index) => (
            <tr key={index}>
              <td>
                <Input
                  aria-label={label('name', index)}
                  maxLength={60}
                  value={line.name}
                  onChange={(event) => change(index, { name: event.target.value })}
                />
              </td>
              <td>
                <Select
                  aria-label={label('kind', index)}
                  value={line.kind ?? 'panel'}
                  onChange={(kind: string) => change(index, { kind })}
                  options={criterionKinds.map((kind) => ({ value: kind, label: t(`criterionKinds.${kind}`) }))}
                />
              </td>
              <td>
                <InputNumber
                  controls={false}
                  aria-label={label('weight', index)}
                  min={1}
                  max={100}
                  precision={0}
                  value={line.weight}
                  onChange={(weight) => change(index, { weight: weight ?? undefined })}
                />
              </td>
              <td>
                <Input
                  aria-label={label('note', index)}
                  maxLength={300}
                  value={line.note}
                  onChange={(event) => change(index, { note: event.target.value })}
                />
              </td>
              <td>
                <DeskButton
                  small
                  bare
                  kind="quiet"
                  icon="trash"
                  label={t('frame:form.remove', { n: index + 1 })}
                  onClick={() => onChange?.(value.filter((_line, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { kind: 'panel' }])}>
          {t('frame:form.add')}
        </DeskButton>{' '}
        <Tag tone={sum === 100 ? 'done' : 'waiting'} icon={sum === 100 ? 'check' : 'alert'}>
          {t('terms.sum', { sum })}
        </Tag>
      </p>
    </div>
  )
}
