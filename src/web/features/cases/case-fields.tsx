// Fields of the forms of casework: goals line by line, people of a contract, activities of its plan.
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listCaseColleagues } from '../../../loop/delivery/contract/cases.ts'
import { getDelivery } from '../../../loop/delivery/contract.ts'
import { useAsk } from '../../app/ask.ts'

type Bound<T> = { readonly id?: string; readonly value?: T; readonly onChange?: (value: T | undefined) => void }

/** One text for each line; the field keeps what is typed, blank lines among it. */
export function LinesField({ id, value = [], onChange, label }: Bound<readonly string[]> & { readonly label: string }) {
  return (
    <Input.TextArea
      id={id}
      rows={4}
      aria-label={label}
      value={value.join('\n')}
      onChange={(event) => onChange?.(event.target.value.split('\n'))}
    />
  )
}

type Of = {
  /** Left out: the one that the form's own field `contract` names. */
  readonly contract?: string
  readonly label: string
}

function useContract(given: string | undefined): string | undefined {
  const form = Form.useFormInstance()
  const typed: unknown = Form.useWatch('contract', form)
  return given ?? (typeof typed === 'string' ? typed : undefined)
}

/** The organization's supervisors. */
export function SupervisorField({ id, value, onChange, contract, label }: Bound<string> & Of) {
  const { t } = useTranslation('cases')
  const of = useContract(contract)
  const { data, isFetching } = useAsk(listCaseColleagues, { params: { id: of ?? '' } }, { enabled: of !== undefined })
  return (
    <Select
      id={id}
      aria-label={label}
      loading={isFetching}
      value={value}
      onChange={onChange}
      notFoundContent={t(of === undefined ? 'form.contractFirst' : 'form.noSupervisor')}
      options={(data?.supervisors ?? []).map(({ person, name }) => ({ value: person, label: name }))}
    />
  )
}

/** The contract's team. */
export function WorkerField({ id, value, onChange, contract, label }: Bound<string> & Of) {
  const { data, isFetching } = useAsk(listCaseColleagues, { params: { id: contract ?? '' } })
  return (
    <Select
      id={id}
      aria-label={label}
      loading={isFetching}
      value={value}
      onChange={onChange}
      options={(data?.workers ?? []).map(({ worker, name }) => ({ value: worker, label: name }))}
    />
  )
}

/** The activities of the contract's plan. */
export function ActivityField({ id, value, onChange, contract, label }: Bound<string> & Of) {
  const { t } = useTranslation('cases')
  const of = useContract(contract)
  const { data, isFetching } = useAsk(getDelivery, { params: { id: of ?? '' } }, { enabled: of !== undefined })
  return (
    <Select
      id={id}
      aria-label={label}
      loading={isFetching}
      value={value}
      onChange={onChange}
      notFoundContent={t(of === undefined ? 'form.contractFirst' : 'form.noPlan')}
      options={(data?.activities ?? []).map((activity) => ({ value: activity.id, label: activity.name }))}
    />
  )
}
