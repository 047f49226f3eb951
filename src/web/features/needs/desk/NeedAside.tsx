// The chosen need beside the list: what was said, who, similar ones, the way to deal with it, and the next act.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getNeed, listSimilarNeeds, type PlannedRoute, plannedRoutes } from '../../../../loop/needs/contract.ts'
import { acceptNeed } from '../../../../loop/needs/contract/desk.ts'
import { useAct } from '../../../app/act.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { useCategoryName } from '../../../ui/desk/CategoryPicker.tsx'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { ErrorState, useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { StateLine } from '../../../ui/shared/StateLine.tsx'
import { CategoryReason } from './CategoryReason.tsx'
import styles from './desk-needs.module.css'
import { Candidate, useMerge } from './MergeDialog.tsx'
import { firstAct, useNeedVerbs } from './need-verbs.tsx'
import { type DeskNeed, NeedDue, NeedHolder, NeedStateTag } from './need-words.tsx'
import { useNeedSteps } from './need-steps.ts'

const running = ['submitted', 'accepted', 'responding']
const besides = [
  'acceptNeed',
  'answerNeed',
  'referNeed',
  'holdNeed',
  'assignNeed',
  'handOverNeed',
  'takeOverNeed',
  'askResident',
  'declineNeed',
]

function Similar({ need }: { readonly need: DeskNeed }) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const { merge, pending, problem } = useMerge(need, () => undefined)
  const mayMerge = need.actions.some((action) => action.verb === 'mergeNeed' && action.ok)
  const { data } = useAsk(
    listSimilarNeeds,
    { body: { text: (need.text ?? '').slice(0, 400), division: need.division, except: need.id } },
    { enabled: (need.text ?? '').length > 1 },
  )
  const rows = (data?.rows ?? []).slice(0, 3)
  if (rows.length === 0) return null
  return (
    <section>
      <h3>
        {t('desk.similar')}
        <small>{t('desk.similarNote')}</small>
      </h3>
      <ul className={styles.candidates}>
        {rows.map((row) => (
          <Candidate
            key={row.id}
            row={row}
            busy={pending}
            onMerge={mayMerge && row.sameCommunity && running.includes(row.state) ? () => merge(row.id) : undefined}
          />
        ))}
      </ul>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </section>
  )
}

function Body({ need, onClose }: { readonly need: DeskNeed; readonly onClose: () => void }) {
  const { t } = useTranslation('needs')
  const problemText = useProblemText()
  const categoryName = useCategoryName()
  const steps = useNeedSteps(need)
  const { acts, dialog } = useNeedVerbs(need)
  const [route, setRoute] = useState<PlannedRoute | undefined>(plannedRoutes.find((each) => each === need.routeHint))
  const accept = useAct(acceptNeed, { onDone: () => showToast(t('desk.accepted', { number: need.number })) })
  const accepting = need.actions.some((action) => action.verb === 'acceptNeed' && action.ok)
  const first = firstAct(need)
  const shown = acts
    .filter((act) => act.off === undefined && besides.includes(act.key) && !(accepting && act.key === 'acceptNeed'))
    .slice(0, accepting ? 2 : 3)
  return (
    <section className={styles.aside} aria-label={need.title}>
      <header>
        <div>
          <span className={styles.number}>{need.number}</span>
          <NeedStateTag state={need.state} />
          <NeedDue need={need} />
          <i />
          <DeskButton small bare kind="quiet" icon="close" label={t('desk.closeAside')} onClick={onClose} />
        </div>
        <h2>{need.title}</h2>
      </header>
      <div className={styles.asideSteps}>
        <StateLine steps={steps} small card={false} />
      </div>
      <section>
        <blockquote>“{need.text}”</blockquote>
        {need.files.length > 0 && <p className={styles.files}>{t('desk.files', { count: need.files.length })}</p>}
      </section>
      <dl>
        <div>
          <dt>{t('desk.resident')}</dt>
          <dd>{need.residentName ?? '—'}</dd>
        </div>
        <div>
          <dt>{t('fields.source')}</dt>
          <dd>
            {t(`sources.${need.source}`)}
            {need.onBehalf && ` · ${t('desk.onBehalf')}`}
          </dd>
        </div>
        {need.firstRaised && (
          <div>
            <dt>{t('fields.firstRaised')}</dt>
            <dd>
              <DateText date={need.firstRaised} style="iso" />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('fields.holder')}</dt>
          <dd>
            <NeedHolder need={need} />
          </dd>
        </div>
        <div>
          <dt>{t('fields.place')}</dt>
          <dd>{[need.divisionName, need.place].filter(Boolean).join(' · ')}</dd>
        </div>
        <div>
          <dt>{t('fields.category')}</dt>
          <dd>
            <b>{categoryName(need.category)}</b>
            {accepting && <CategoryReason need={need} />}
          </dd>
        </div>
        {need.answers?.map(({ question, answer }) => (
          <div key={question}>
            <dt>{t(`questions.${question}.short`)}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
      </dl>
      <Similar need={need} />
      {accepting && (
        <section>
          <h3>
            {t('fields.routeHint')}
            <small>{t('desk.routeNote')}</small>
          </h3>
          <div className={styles.routes} role="radiogroup" aria-label={t('fields.routeHint')}>
            {plannedRoutes.map((each) => (
              <label key={each} data-on={route === each || undefined}>
                <input
                  type="radio"
                  name="route"
                  value={each}
                  checked={route === each}
                  onChange={() => setRoute(each)}
                />
                {t(`routes.${each}`)}
              </label>
            ))}
          </div>
          {accept.problem && (
            <p className={styles.problem} role="alert">
              {problemText(accept.problem)}
            </p>
          )}
        </section>
      )}
      <footer>
        {accepting && (
          <DeskButton
            icon="check"
            busy={accept.pending}
            off={route === undefined}
            onClick={() =>
              route &&
              void accept.act(
                { params: { id: need.id }, body: { category: need.category, routeHint: route } },
                { ifMatch: String(need.version) },
              )
            }
          >
            {t('desk.acceptThis')}
          </DeskButton>
        )}
        {shown.map((act) => (
          <DeskButton key={act.key} icon={act.key === first && !accepting ? act.icon : undefined} onClick={act.onAct}>
            {act.label}
          </DeskButton>
        ))}
        <i />
        <DeskButton kind="quiet" to={`/desk/needs/${need.id}`}>
          {t('desk.fullPage')}
        </DeskButton>
      </footer>
      {dialog}
    </section>
  )
}

export function NeedAside({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, isPending, refetch } = useAsk(getNeed, { params: { id } })
  if (isPending)
    return (
      <section className={styles.aside}>
        <Skeleton rows={8} />
      </section>
    )
  if (error)
    return (
      <section className={styles.aside}>
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </section>
    )
  return <Body need={data} onClose={onClose} />
}
