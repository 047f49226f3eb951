// Importing a list of needs: template, upload, what each row becomes, import, and the bad rows back as a file.
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importNeeds, mostImportRows, previewNeedImport } from '../../../../loop/needs/contract/imports.ts'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { useAct } from '../../../app/act.ts'
import { send } from '../../../app/client.ts'
import { type Problem, problemOf } from '../../../app/problem.ts'
import { currentAssignment, useSession } from '../../../app/session.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import styles from './import.module.css'
import { ImportRows } from './ImportRows.tsx'

type Preview = OutputOf<typeof previewNeedImport>
type Done = OutputOf<typeof importNeeds>
type Chosen = { readonly name: string; readonly file: string }

const template = (format: string) => `/api/needs/imports/template/export?format=${format}`

export default function ImportPage() {
  const { t } = useTranslation('needs')
  const session = useSession()
  const place = currentAssignment(session)
  return (
    <DeskPage title={t('import.title')} note={place?.divisionName}>
      {session.loaded && place?.division.length === 12 ? (
        <ImportCards division={place.division} />
      ) : session.loaded ? (
        <DeskCard pad>
          <p>{t('import.communityOnly')}</p>
        </DeskCard>
      ) : (
        <Skeleton rows={8} />
      )}
    </DeskPage>
  )
}

function ImportCards({ division }: { readonly division: string }) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<Chosen>()
  const [preview, setPreview] = useState<Preview>()
  const [done, setDone] = useState<Done>()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Problem>()
  const look = useAct(previewNeedImport, { onDone: setPreview })
  const bring = useAct(importNeeds, { onDone: setDone })
  const body = (file: string) => ({ body: { division, file } })
  const upload = async (file: File | undefined) => {
    if (file === undefined) return
    setBusy(true)
    setPreview(undefined)
    setDone(undefined)
    setFailed(undefined)
    setChosen(undefined)
    look.reset()
    bring.reset()
    const form = new FormData()
    form.append('file', file)
    try {
      const { id } = await send<{ id: string }>('POST', '/api/files', form)
      setChosen({ name: file.name, file: id })
      await look.act(body(id))
    } catch (error) {
      setFailed(problemOf(error))
    }
    setBusy(false)
    if (input.current) input.current.value = ''
  }
  const problem = failed ?? look.problem ?? bring.problem
  const bad = chosen && `/api/needs/imports/bad-rows/export?division=${division}&file=${chosen.file}&format=xlsx`
  return (
    <div className={styles.cards}>
      <DeskCard title={t('import.file')} pad>
        <p className={styles.what}>{t('import.what', { most: mostImportRows })}</p>
        <div className={styles.line}>
          <a className={styles.link} href={template('xlsx')} download>
            {t('import.templateXlsx')}
          </a>
          <a className={styles.link} href={template('csv')} download>
            {t('import.templateCsv')}
          </a>
          <span className={styles.gap} />
          {chosen && <span className={styles.name}>{chosen.name}</span>}
          <input
            ref={input}
            type="file"
            accept=".csv,.xlsx"
            className="sr-only"
            tabIndex={-1}
            aria-label={t('import.choose')}
            onChange={(event) => void upload(event.target.files?.[0])}
          />
          <DeskButton
            kind={preview === undefined ? 'primary' : 'plain'}
            icon="import"
            busy={busy}
            onClick={() => input.current?.click()}
          >
            {t(preview === undefined ? 'import.choose' : 'import.another')}
          </DeskButton>
        </div>
        {problem && (
          <p className={styles.problem} role="alert">
            {problemText(problem)}
          </p>
        )}
      </DeskCard>
      {preview && (
        <DeskCard
          title={t('import.preview')}
          extra={
            <span className={styles.line}>
              {preview.bad > 0 && (
                <a className={styles.link} href={bad} download>
                  {t('import.badFile', { count: preview.bad })}
                </a>
              )}
              {done === undefined && preview.fresh > 0 && chosen && (
                <DeskButton kind="primary" small busy={bring.pending} onClick={() => void bring.act(body(chosen.file))}>
                  {t('import.go', { count: preview.fresh })}
                </DeskButton>
              )}
            </span>
          }
        >
          <p className={styles.sum} role="status">
            {done === undefined
              ? t('import.counts', { fresh: preview.fresh, known: preview.known, bad: preview.bad })
              : t('import.done', { fresh: done.fresh, known: done.known, bad: done.bad })}
            {preview.ignored.length > 0 && (
              <small>{t('import.ignored', { columns: preview.ignored.join(t('frame:list.separator')) })}</small>
            )}
          </p>
          <ImportRows rows={preview.rows} imported={done !== undefined} />
        </DeskCard>
      )}
    </div>
  )
}
