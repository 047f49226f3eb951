// The page of a record: number, title, state, primary action; lifecycle; facts left, acts and timeline right; tabs below.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../../app/appearance.ts'
import { deskPages } from '../../app/desk-registry.ts'
import { useSession } from '../../app/session.ts'
import { Dropdown } from '../../app/shells/Dropdown.tsx'
import { InstantText } from '../shared/DateText.tsx'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import type { IconName } from '../shared/icon-paths.ts'
import { type StateStep, StateLine } from '../shared/StateLine.tsx'
import { Tag, type TagTone } from '../shared/Tag.tsx'
import { ActList } from './ActList.tsx'
import buttons from './DeskButton.module.css'
import { DeskButton } from './DeskButton.tsx'
import { DeskCard } from './DeskCard.tsx'
import { type Fact, Facts } from './Facts.tsx'
import type { RecordAct } from './record-acts.ts'
import styles from './RecordPage.module.css'
import { Timeline, type TimelineEntry } from './Timeline.tsx'

export type RecordTab = {
  readonly key: string
  readonly label: string
  readonly icon?: IconName
  readonly count?: number /** Right end of the tab bar while it is on (a legend). */
  readonly extra?: ReactNode
  readonly content: ReactNode
}

export type RecordPageProps = {
  /** Way here: the list first; the record itself comes last without link. */
  readonly crumbs?: readonly { readonly label: string; readonly to?: string }[]
  readonly number?: string
  readonly title: string
  readonly state: { readonly label: string; readonly tone?: TagTone; readonly icon?: IconName }
  /** Key of the act that is the primary button; it is then not repeated in the list of acts. */
  readonly primary?: string
  readonly acts: readonly RecordAct[]
  /** Entries of the menu "more": buttons with role menuitem. */
  readonly more?: ReactNode
  readonly steps?: readonly StateStep[]
  readonly facts?: readonly Fact[]
  /** Instant of the last change. */
  readonly updated?: string
  /** Below the facts inside the card: `Split`, `RelatedList`, `MoneySplit`, goals. */
  readonly children?: ReactNode
  /** Right end of the head of the acts: a DueLight. */
  readonly due?: ReactNode
  readonly timeline?: readonly TimelineEntry[]
  readonly tabs?: readonly RecordTab[]
  /** More cards in the right column. */
  readonly side?: ReactNode
}

/** Side by side inside the facts card (related records and money). */
export function Split({ children }: { readonly children: ReactNode }) {
  return <div className={styles.split}>{children}</div>
}

function Tabs({ tabs }: { readonly tabs: readonly RecordTab[] }) {
  const [chosen, setChosen] = useState(tabs[0]?.key)
  const on = tabs.find((tab) => tab.key === chosen) ?? tabs[0]
  if (!on) return null
  return (
    <section className={styles.tabCard}>
      <div className={styles.tabs}>
        <div
          role="tablist"
          className={styles.tabList}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
            const next = tabs.at((tabs.indexOf(on) + step) % tabs.length)
            if (step === 0 || !next) return
            setChosen(next.key)
            document.getElementById(`tab-${next.key}`)?.focus()
          }}
        >
          {tabs.map((tab) => (
            <button
              key={tab.key}
              id={`tab-${tab.key}`}
              type="button"
              role="tab"
              tabIndex={tab === on ? 0 : -1}
              aria-selected={tab === on}
              aria-controls={`panel-${tab.key}`}
              onClick={() => setChosen(tab.key)}
            >
              {tab.icon && <Icon name={tab.icon} size={17} />}
              {tab.label}
              {tab.count !== undefined && <em>{tab.count.toLocaleString('en')}</em>}
            </button>
          ))}
        </div>
        <span className={styles.gap} />
        {on.extra}
      </div>
      <div role="tabpanel" id={`panel-${on.key}`} aria-labelledby={`tab-${on.key}`} tabIndex={0}>
        {on.content}
      </div>
    </section>
  )
}

export function RecordPage({
  crumbs = [],
  number,
  title,
  state,
  primary,
  acts,
  more,
  steps,
  facts,
  updated,
  children,
  due,
  timeline,
  tabs,
  side,
}: RecordPageProps) {
  const { t } = useTranslation('frame')
  usePageTitle(number ? `${number} ${title}` : title)
  const { permissions } = useSession()
  // who sees a record may still not see the list of all of them
  const mayOpen = (to: string) => {
    const permission = deskPages.find((page) => page.path === to.split('?')[0])?.menu?.permission
    return permission === undefined || permissions.includes(permission)
  }
  const first = acts.find((act) => act.key === primary && act.off === undefined && act.onAct)
  return (
    <article>
      {crumbs.length > 0 && (
        <nav className={styles.crumbs} aria-label={t('record.where')}>
          {crumbs.map((crumb) => (
            <span key={crumb.label}>
              {crumb.to && mayOpen(crumb.to) ? <Go to={crumb.to}>{crumb.label}</Go> : crumb.label}
              <Icon name="right" size={13} />
            </span>
          ))}
          <span aria-current="page">{number ?? title}</span>
        </nav>
      )}
      <div className={styles.head}>
        {number && <span className={styles.number}>{number}</span>}
        <h1>{title}</h1>
        <Tag tone={state.tone ?? 'progress'} icon={state.icon} strong>
          {state.label}
        </Tag>
        <span className={styles.gap} />
        <DeskButton icon="print" onClick={() => window.print()}>
          {t('record.print')}
        </DeskButton>
        {more && (
          <Dropdown
            label={t('record.more')}
            side="right"
            className={`${buttons.button} ${buttons.plain} ${buttons.bare}`}
            face={<Icon name="more" size={17} />}
          >
            {more}
          </Dropdown>
        )}
        {first && (
          <DeskButton kind="primary" icon={first.icon ?? 'check'} busy={first.busy} onClick={first.onAct}>
            {first.label}
          </DeskButton>
        )}
      </div>
      {steps && steps.length > 0 && (
        <div className={styles.steps}>
          <StateLine steps={steps} />
        </div>
      )}
      <div className={styles.columns}>
        <DeskCard
          title={t('record.facts')}
          extra={
            updated && (
              <span className={styles.updated}>
                {t('record.updated', { time: '' }).trim()} <InstantText instant={updated} style="compact" />
              </span>
            )
          }
        >
          {facts && <Facts facts={facts} />}
          {children}
        </DeskCard>
        <div className={styles.side}>
          <DeskCard title={t('record.actions')} extra={due}>
            <ActList acts={acts.filter((act) => act !== first)} alone={first === undefined} />
          </DeskCard>
          {side}
          {timeline && <Timeline entries={timeline} />}
        </div>
      </div>
      {tabs && tabs.length > 0 && <Tabs tabs={tabs} />}
    </article>
  )
}
