// Parameters in force at a place, by area: value, whose value it is, default, source; history and another value beside.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listParameters } from '../../../foundation/policy/contract.ts'
import { useAddressQuery } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { DivisionField } from '../../ui/desk/form-controls.tsx'
import type { Column } from '../../ui/desk/list-page.ts'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ParameterDialog } from './ParameterDialog.tsx'
import { type Parameter, useParameterWords } from './parameter-words.ts'
import styles from './policy.module.css'

export default function ParametersPage() {
  const { t } = useTranslation('policy')
  const words = useParameterWords()
  const session = useSession()
  const maySet = useMay('policy.set')
  const [query, change] = useAddressQuery()
  const [open, setOpen] = useState<Parameter>()
  const own = currentAssignment(session)?.division ?? session.residence?.division
  const division = query['division'] ?? own ?? '32'
  const { data, error, isPending, refetch } = useAsk(listParameters, { query: { division } }, { keep: true })
  const columns: readonly Column<Parameter>[] = [
    {
      key: 'name',
      title: t('fields.key'),
      cell: (row) => (
        <button type="button" className={styles.name} onClick={() => setOpen(row)}>
          {words.name(row)}
        </button>
      ),
    },
    { key: 'value', title: t('fields.value'), width: 180, cell: (row) => <b>{words.value(row, row.value)}</b> },
    {
      key: 'whose',
      title: t('fields.setAt'),
      width: 180,
      cell: (row) => (row.setAt ? <Tag tone="progress">{row.setAt.divisionName}</Tag> : t('desk.preset')),
    },
    { key: 'preset', title: t('fields.preset'), width: 140, cell: (row) => words.value(row, row.preset) },
    { key: 'source', title: t('fields.source'), width: 200, cell: (row) => words.source(row) },
    {
      key: 'more',
      title: t('desk.more'),
      width: 120,
      cell: (row) => (
        <DeskButton small kind="quiet" onClick={() => setOpen(row)}>
          {t(maySet ? 'verbs.setParameter' : 'desk.history')}
        </DeskButton>
      ),
    },
  ]
  const domains = [...new Set((data?.rows ?? []).map((row) => row.domain))]
  return (
    <DeskPage
      title={t('name')}
      note={t('desk.note')}
      actions={
        <div className={styles.place}>
          <DivisionField
            label={t('fields.division')}
            value={division}
            onChange={(code) => change({ division: code })}
          />
        </div>
      }
    >
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={10} />
      ) : (
        domains.map((domain) => (
          <DeskCard key={domain} title={t(`${domain}:name`, { defaultValue: domain })}>
            <ListTable
              rows={data.rows.filter((row) => row.domain === domain)}
              columns={columns}
              rowKey={(row) => row.key}
              onOpen={setOpen}
              label={t(`${domain}:name`, { defaultValue: domain })}
            />
          </DeskCard>
        ))
      )}
      {open && (
        <ParameterDialog
          key={open.key}
          parameter={open}
          division={division}
          maySet={maySet}
          onClose={() => setOpen(undefined)}
        />
      )}
    </DeskPage>
  )
}
