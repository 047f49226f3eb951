// The team of a contract: registered social workers of the undertaker, their duty, and who is a key person.
import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { teamDuties } from '../../../loop/contracts/contract.ts'
import { listWorkers } from '../../../registers/social-workers/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListPicker } from '../../ui/desk/ListPicker.tsx'
import styles from './contracts.module.css'

type Member = { readonly worker?: string; readonly duty?: string; readonly key?: boolean }
type Props = {
  readonly organization?: string
  readonly id?: string
  readonly value?: readonly Member[]
  readonly onChange?: (team: readonly Member[] | undefined) => void
}
type WorkerRow = { readonly id: string; readonly number: string; readonly maskedName: string; readonly level: string }

export function TeamField({ organization, id, value = [], onChange }: Props) {
  const { t } = useTranslation('contracts')
  const change = (index: number, part: Partial<Member>) =>
    onChange?.(value.map((member, at) => (at === index ? { ...member, ...part } : member)))
  return (
    <div id={id} className={styles.rows}>
      {value.map((member, index) => (
        <div key={index}>
          <ListPicker<WorkerRow>
            endpoint={listWorkers}
            query={{ employer: organization, state: 'registered' }}
            label={t('terms.member', { n: index + 1 })}
            option={(row) => ({
              value: row.id,
              label: `${row.number} ${row.maskedName} ${t(`social-workers:workerLevels.${row.level}`)}`,
            })}
            value={member.worker}
            onChange={(worker) => change(index, { worker: typeof worker === 'string' ? worker : undefined })}
          />
          <Select
            aria-label={t('terms.duty', { n: index + 1 })}
            value={member.duty ?? 'social-worker'}
            onChange={(duty: string) => change(index, { duty })}
            options={teamDuties.map((duty) => ({ value: duty, label: t(`teamDuties.${duty}`) }))}
          />
          <Checkbox checked={member.key === true} onChange={(event) => change(index, { key: event.target.checked })}>
            {t('fields.key')}
          </Checkbox>
          <DeskButton
            small
            bare
            kind="quiet"
            icon="trash"
            label={t('frame:form.remove', { n: index + 1 })}
            onClick={() => onChange?.(value.filter((_member, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <DeskButton
          small
          icon="plus"
          onClick={() => onChange?.([...value, { duty: 'social-worker', key: value.length === 0 }])}
        >
          {t('terms.addMember')}
        </DeskButton>
      </div>
    </div>
  )
}
