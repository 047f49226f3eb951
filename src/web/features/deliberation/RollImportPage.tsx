// A roll of households from a file: template, upload, what each row becomes, import, and the bad rows back as a file.
import { useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { importRoll, mostRollRows, previewRoll } from '../../../loop/deliberation/contract/rolls.ts'
import { useAct } from '../../app/act.ts'
import { send } from '../../app/client.ts'
import { type Problem, problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { Pager } from '../../ui/desk/Pager.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './deliberation.module.css'

type Preview = OutputOf<typeof previewRoll>
type Row = Preview['rows'][number]

const tones = { new: 'done', changed: 'waiting', known: 'neutral', bad: 'bad' } as const

function PreviewRows({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation('deliberation')
  const [at, setAt] = useState(0)
  const [size, setSize] = useState(20)
  // The faulty ones first: they are what somebody has to look at.
  const sorted = [...rows.filter((row) => row.state === 'bad'), ...rows.filter((row) => row.state !== 'bad')]
  const page = sorted.slice(at, at + size)
  return (
    <>
      <ListTable
        label={t('rollImport.preview')}
        rows={page}
        rowKey={(row) => String(row.line)}
        columns={[
          { key: 'line', title: t('rollImport.line'), width: 56, align: 'right', cell: (row) => row.line },
          {
            key: 'state',
            title: t('rollImport.becomes'),
            width: 112,
            cell: (row) => <Tag tone={tones[row.state]}>{t(`rollImport.states.${row.state}`)}</Tag>,
          },
          { key: 'household', title: t('roll.household'), width: 180, cell: (row) => row.household },
          { key: 'name', title: t('fields.voterName'), width: 100, cell: (row) => row.maskedName },
          { key: 'phone', title: t('fields.phone'), width: 120, cell: (row) => row.maskedPhone },
          {
            key: 'faults',
            title: t('fields.why'),
            cell: (row) => (
              <ul className={styles.faults}>
                {row.faults.map((fault) => (
                  <li key={`${fault.column}${fault.message}`}>
                    <b>{t(`fields.${fault.column}`)}</b> {fault.message}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      <Pager
        at={at}
        shown={page.length}
        size={size}
        count={{ n: rows.length, capped: false }}
        hasNext={at + size < rows.length}
        onSize={(next) => {
          setSize(next)
          setAt(0)
        }}
        onNext={() => setAt(at + size)}
        onPrevious={() => setAt(Math.max(0, at - size))}
      />
    </>
  )
}

export default function RollImportPage() {
  const { t } = useTranslation('deliberation')
  const { id = '' } = useParams({ strict: false })
  const problemText = useProblemText()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<{ readonly name: string; readonly file: string }>()
  const [preview, setPreview] = useState<Preview>()
  const [done, setDone] = useState<OutputOf<typeof importRoll>>()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Problem>()
  const look = useAct(previewRoll, { onDone: setPreview })
  const bring = useAct(importRoll, { onDone: setDone })
  const upload = async (file: File | undefined) => {
    if (file === undefined) return
    setBusy(true)
    setPreview(undefined)
    setDone(undefined)
    setFailed(undefined)
    look.reset()
    bring.reset()
    const form = new FormData()
    form.append('file', file)
    try {
      const { id: stored } = await send<{ id: string }>('POST', '/api/files', form)
      setChosen({ name: file.name, file: stored })
      await look.act({ params: { id }, body: { file: stored } })
    } catch (error) {
      setFailed(problemOf(error))
    }
    setBusy(false)
    if (input.current) input.current.value = ''
  }
  const problem = failed ?? look.problem ?? bring.problem
  const good = preview ? preview.fresh + preview.changed : 0
  const bad = chosen && `/api/motions/${id}/roll/bad-rows/export?file=${chosen.file}&format=xlsx`
  return (
    <DeskPage
      title={t('rollImport.title')}
      actions={
        <DeskButton icon="back" to={`/desk/deliberation/${id}/roll`}>
          {t('rollImport.back')}
        </DeskButton>
      }
    >
      <div className={styles.stack}>
        <DeskCard title={t('rollImport.file')} pad>
          <p className={styles.hint}>{t('rollImport.what', { most: mostRollRows })}</p>
          <div className={styles.line}>
            <a className={styles.fileLink} href="/api/motions/roll/template/export?format=xlsx" download>
              {t('rollImport.xlsx')}
            </a>
            <a className={styles.fileLink} href="/api/motions/roll/template/export?format=csv" download>
              {t('rollImport.csv')}
            </a>
            {chosen && <span data-quote>{chosen.name}</span>}
            <input
              ref={input}
              type="file"
              accept=".csv,.xlsx"
              className="sr-only"
              tabIndex={-1}
              aria-label={t('rollImport.choose')}
              onChange={(event) => void upload(event.target.files?.[0])}
            />
            <DeskButton
              kind={preview === undefined ? 'primary' : 'plain'}
              icon="import"
              busy={busy}
              onClick={() => input.current?.click()}
            >
              {t('rollImport.choose')}
            </DeskButton>
          </div>
          {problem && (
            <p className={styles.wrong} role="alert">
              {problem.fields?.[0]?.message ?? problemText(problem)}
            </p>
          )}
        </DeskCard>
        {preview && (
          <DeskCard
            title={t('rollImport.preview')}
            extra={
              <span className={styles.line}>
                {preview.bad > 0 && (
                  <a className={styles.fileLink} href={bad} download>
                    {t('rollImport.badFile', { count: preview.bad })}
                  </a>
                )}
                {done === undefined && good > 0 && chosen && (
                  <DeskButton
                    kind="primary"
                    small
                    busy={bring.pending}
                    onClick={() => void bring.act({ params: { id }, body: { file: chosen.file } })}
                  >
                    {t('rollImport.go', { count: good })}
                  </DeskButton>
                )}
              </span>
            }
          >
            <p className={styles.importSum} role="status">
              {t(done ? 'rollImport.done' : 'rollImport.counts', done ?? preview)}
              {preview.ignored.length > 0 &&
                ` ${t('rollImport.ignored', { columns: preview.ignored.join(t('frame:list.separator')) })}`}
            </p>
            <PreviewRows rows={preview.rows} />
          </DeskCard>
        )}
      </div>
    </DeskPage>
  )
}
