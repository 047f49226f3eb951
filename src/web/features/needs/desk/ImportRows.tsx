// The rows of an uploaded list: which become needs, which are there already, and what is wrong with the others.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importRowStates, type previewNeedImport } from '../../../../loop/needs/contract/imports.ts'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import type { Column } from '../../../ui/desk/list-page.ts'
import { ListTable } from '../../../ui/desk/ListTable.tsx'
import { Pager } from '../../../ui/desk/Pager.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import styles from './import.module.css'

type Row = OutputOf<typeof previewNeedImport>['rows'][number]
type Props = { readonly rows: readonly Row[]; readonly imported: boolean }

const tones = { new: 'done', known: 'neutral', bad: 'bad' } as const

export function ImportRows({ rows, imported }: Props) {
  const { t } = useTranslation('needs')
  const categoryName = useCategoryName()
  const [only, setOnly] = useState<Row['state']>()
  const [at, setAt] = useState(0)
  const [size, setSize] = useState(20)
  const shown = only === undefined ? rows : rows.filter((row) => row.state === only)
  const page = shown.slice(at, at + size)
  const wordOf = (state: Row['state']) => t(`import.state.${imported && state === 'new' ? 'imported' : state}`)
  const choose = (state: Row['state'] | undefined) => {
    setOnly(state)
    setAt(0)
  }
  const columns: readonly Column<Row>[] = [
    { key: 'line', title: t('import.line'), width: 48, align: 'right', cell: (row) => row.line },
    {
      key: 'state',
      title: t('import.becomes'),
      width: 96,
      cell: (row) => <Tag tone={tones[row.state]}>{wordOf(row.state)}</Tag>,
    },
    { key: 'number', title: t('fields.sourceNumber'), width: 84, cell: (row) => row.sourceNumber },
    {
      key: 'title',
      title: t('fields.said'),
      width: 180,
      cell: (row) => (
        <>
          {row.private && <Icon name="lock" size={14} label={t('visibilities.private')} />}
          {row.title}
        </>
      ),
    },
    {
      key: 'category',
      title: t('fields.category'),
      width: 108,
      cell: (row) => row.category && categoryName(row.category),
    },
    {
      key: 'firstRaised',
      title: t('fields.firstRaised'),
      width: 92,
      cell: (row) => row.firstRaised && <DateText date={row.firstRaised} style="iso" />,
    },
    { key: 'resident', title: t('fields.resident'), width: 72, cell: (row) => row.maskedName },
    { key: 'phone', title: t('fields.phone'), width: 112, cell: (row) => row.maskedPhone },
    {
      key: 'faults',
      title: t('fields.why'),
      cell: (row) => (
        <ul className={styles.faults}>
          {row.faults.map((fault) => (
            <li key={`${fault.column}${fault.message}`}>
              <b>{t(`fields.${fault.column}`)}</b>
              {fault.message}
            </li>
          ))}
        </ul>
      ),
    },
  ]
  return (
    <div className={styles.rows}>
      <div className={styles.views} role="group" aria-label={t('import.becomes')}>
        <DeskButton small pressed={only === undefined} onClick={() => choose(undefined)}>
          {t('desk.view.all')} {rows.length}
        </DeskButton>
        {importRowStates.map((state) => (
          <DeskButton key={state} small pressed={only === state} onClick={() => choose(state)}>
            {wordOf(state)} {rows.filter((row) => row.state === state).length}
          </DeskButton>
        ))}
      </div>
      {page.length === 0 ? (
        <p className={styles.none}>{t('import.none')}</p>
      ) : (
        <ListTable rows={page} columns={columns} rowKey={(row) => String(row.line)} label={t('import.preview')} />
      )}
      <Pager
        at={at}
        shown={page.length}
        size={size}
        count={{ n: shown.length, capped: false }}
        hasNext={at + size < shown.length}
        onSize={(next) => {
          setSize(next)
          setAt(0)
        }}
        onNext={() => setAt(at + size)}
        onPrevious={() => setAt(Math.max(0, at - size))}
      />
    </div>
  )
}
