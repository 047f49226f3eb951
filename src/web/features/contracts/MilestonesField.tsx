// Milestones of a contract while it is drafted: shares in percent that add up to 100.
import { Checkbox, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './contracts.module.css'

type Draft = {
  readonly title?: string
  readonly deliverable?: string
  readonly criteria?: string
  readonly due?: string
  readonly share?: number
  readonly needsRecords?: boolean
}
type Props = {
  readonly id?: string
  readonly value?: readonly Draft[]
  readonly onChange?: (milestones: readonly Draft[]) => void
}

export function MilestonesField({ id, value = [], onChange }: Props) {
  const { t } = useTranslation('contracts')
  const change = (index: number, part: Partial<Draft>) =>
    onChange?.(value.map((each, at) => (at === index ? { ...each, ...part } : each)))
  const label = (name: string, index: number) => t('terms.cell', { name: t(`fields.${name}`), n: index + 1 })
  const sum = value.reduce((all, each) => all + (each.share ?? 0), 0)
  return (
    <div id={id} className={styles.drafts}>
      {value.map((each, index) => (
        <div key={index} className={styles.draft}>
          <div>
            <span>{t('terms.title')}</span>
            <Input
              aria-label={label('title', index)}
              maxLength={60}
              value={each.title}
              onChange={(event) => change(index, { title: event.target.value })}
            />
          </div>
          <div>
            <span>{t('fields.due')}</span>
            <Input
              type="date"
              aria-label={label('due', index)}
              value={each.due}
              onChange={(event) => change(index, { due: event.target.value })}
            />
          </div>
          <div>
            <span>{t('room.share')}</span>
            <InputNumber
              controls={false}
              aria-label={label('share', index)}
              min={0.01}
              max={100}
              precision={2}
              suffix="%"
              value={each.share === undefined ? undefined : each.share / 100}
              onChange={(percent) =>
                change(index, { share: percent === null ? undefined : Math.round(Number(percent) * 100) })
              }
            />
          </div>
          <DeskButton
            small
            bare
            kind="quiet"
            icon="trash"
            label={t('frame:form.remove', { n: index + 1 })}
            onClick={() => onChange?.(value.filter((_each, at) => at !== index))}
          />
          <div data-half>
            <span>{t('fields.deliverable')}</span>
            <Input
              aria-label={label('deliverable', index)}
              maxLength={500}
              value={each.deliverable}
              onChange={(event) => change(index, { deliverable: event.target.value })}
            />
          </div>
          <div data-half>
            <span>{t('fields.criteria')}</span>
            <Input
              aria-label={label('criteria', index)}
              maxLength={1000}
              value={each.criteria}
              onChange={(event) => change(index, { criteria: event.target.value })}
            />
          </div>
          <Checkbox
            checked={each.needsRecords ?? true}
            onChange={(event) => change(index, { needsRecords: event.target.checked })}
          >
            {t('fields.needsRecords')}
          </Checkbox>
        </div>
      ))}
      <p className={styles.row}>
        <DeskButton small icon="plus" onClick={() => onChange?.([...value, { needsRecords: true }])}>
          {t('terms.addMilestone')}
        </DeskButton>
        <Tag tone={sum === 10_000 ? 'done' : 'waiting'} icon={sum === 10_000 ? 'check' : 'alert'}>
          {t('terms.sum', { sum: sum / 100 })}
        </Tag>
      </p>
    </div>
  )
}
