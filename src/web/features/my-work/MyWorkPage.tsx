// My work: everything that waits for me, whatever domain it comes from, and what I did.
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { listMyWork } from '../../../foundation/notices/contract.ts'
import { useAddressQuery } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { addressOf } from '../../app/client.ts'
import { useMay, useSession } from '../../app/session.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ExportButton } from '../../ui/desk/ExportButton.tsx'
import { useDateWords } from '../../ui/shared/DateText.tsx'
import { LightMark } from '../../ui/shared/DueLight.tsx'
import { DoneTable } from './DoneTable.tsx'
import styles from './my-work.module.css'
import { usePages } from './use-pages.ts'
import { WaitingTable } from './WaitingTable.tsx'
import { WorkKinds } from './WorkKinds.tsx'

const lights = ['overdue', 'soon', 'later', 'none'] as const
const tabs = ['waiting', 'done'] as const

export default function MyWorkPage() {
  const { t } = useTranslation('my-work')
  const { now } = useSession()
  const dateWords = useDateWords()
  const mayRaise = useMay('needs.submitNeedOnBehalf')
  const [query, change] = useAddressQuery()
  const tab = query['tab'] === 'done' ? 'done' : 'waiting'
  const asked = { domain: query['domain'], verb: query['verb'], light: query['light'] }
  // the bar counts everything, whatever the table is narrowed to
  const { data: whole } = useAsk(listMyWork, { query: { size: 1 } }, { refetchInterval: 60_000 })
  const pages = usePages(listMyWork, asked)
  const total = whole?.count ?? { n: 0, capped: false }
  const turn = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
    const next = tab === 'done' ? 'waiting' : 'done'
    change({ tab: next === 'done' ? next : undefined })
    document.getElementById(`work-${next}`)?.focus()
  }
  return (
    <DeskPage
      title={t('title')}
      note={dateWords(now, 'long')}
      actions={
        <>
          {whole?.byLight && (
            <span className={styles.lights}>
              <span data-light="overdue">
                <LightMark light="overdue" />
                {t('count.overdue', { count: whole.byLight.overdue })}
              </span>
              <span data-light="soon">
                <LightMark light="soon" />
                {t('count.soon', { count: whole.byLight.soon })}
              </span>
              <span data-light="later">
                <LightMark light="later" />
                {t('count.later', { count: whole.byLight.later + whole.byLight.none })}
              </span>
            </span>
          )}
          {mayRaise && (
            <DeskButton kind="primary" icon="plus" to="/desk/needs/new">
              {t('raise')}
            </DeskButton>
          )}
        </>
      }
    >
      <div>
        <WorkKinds
          kinds={whole?.kinds ?? []}
          total={total.n}
          capped={total.capped}
          chosen={asked}
          onChoose={(kind) => change({ tab: undefined, domain: kind?.domain, verb: kind?.verb })}
        />
        <section className={styles.card}>
          <div className={styles.tabs}>
            <div role="tablist" aria-label={t('title')} onKeyDown={turn}>
              {tabs.map((each) => (
                <button
                  key={each}
                  id={`work-${each}`}
                  type="button"
                  role="tab"
                  aria-selected={each === tab}
                  aria-controls="work-panel"
                  tabIndex={each === tab ? 0 : -1}
                  onClick={() => change({ tab: each === 'done' ? each : undefined })}
                >
                  {t(`tab.${each}`)}
                  {each === 'waiting' && (
                    <em>
                      {total.n}
                      {total.capped && '+'}
                    </em>
                  )}
                </button>
              ))}
            </div>
            <span className={styles.gap} />
            {tab === 'waiting' && (
              <>
                <select
                  className={styles.filter}
                  aria-label={t('column.due')}
                  value={query['light'] ?? ''}
                  onChange={(event) => change({ light: event.target.value || undefined })}
                >
                  <option value="">{t('light.any')}</option>
                  {lights.map((light) => (
                    <option key={light} value={light}>
                      {t(`light.${light}`)}
                    </option>
                  ))}
                </select>
                <ExportButton
                  address={(format) => addressOf(`${listMyWork.path}/export`, { query: { ...asked, format } })}
                />
              </>
            )}
          </div>
          <div role="tabpanel" id="work-panel" aria-labelledby={`work-${tab}`}>
            {tab === 'done' ? <DoneTable /> : <WaitingTable pages={pages} />}
          </div>
        </section>
      </div>
    </DeskPage>
  )
}
