// The strip above every page of a demo: that all is made up, the change of person, and the tour's current step.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGo } from '../../app/address.ts'
import { useAskPath } from '../../app/ask.ts'
import { loadWords } from '../../app/language.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { showToast } from '../../ui/resident/toast-store.ts'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { becomePerson, type DemoPerson, demoPeopleAddress } from './demo-people.ts'
import styles from './DemoStrip.module.css'
import { tourSteps, useTour } from './tour.ts'

await loadWords('demo')

function TourBar({ step, setStep }: { readonly step: number; readonly setStep: (step: number) => void }) {
  const { t } = useTranslation('demo')
  const go = useGo()
  const session = useSession()
  const [busy, setBusy] = useState(false)
  const { data } = useAskPath<{ people: DemoPerson[] }>(demoPeopleAddress, { staleTime: 300_000 })
  const now = tourSteps[step]
  if (!now) return null
  const person = data?.people.find((each) => each.role === now.role)
  const alreadyIt =
    person !== undefined && session.person?.id === person.id && currentAssignment(session)?.role !== undefined
  const open = async () => {
    setBusy(true)
    try {
      if (person && !alreadyIt) return await becomePerson(person.id, now.path)
      go(now.path)
    } catch {
      showToast(t('couldNot'), 'problem')
    }
    setBusy(false)
  }
  return (
    <section className={styles.tour} aria-label={t('tour.title')}>
      <p>
        <b>{t('tour.step', { n: step + 1, all: tourSteps.length })}</b>
        <span>
          {t(`tour.${now.key}.who`)}
          {person ? ` ${person.name}` : ''}
          {t('frame:list.colon')}
          {t(`tour.${now.key}.what`)}
        </span>
      </p>
      <div>
        <button type="button" disabled={step === 0} onClick={() => setStep(step - 1)} aria-label={t('tour.previous')}>
          <Icon name="left" size={16} />
        </button>
        <button type="button" className={styles.open} disabled={busy} onClick={() => void open()}>
          {t('tour.open')}
        </button>
        {step + 1 < tourSteps.length ? (
          <button type="button" onClick={() => setStep(step + 1)}>
            {t('tour.next')}
          </button>
        ) : (
          <button type="button" onClick={() => setStep(-1)}>
            {t('tour.finish')}
          </button>
        )}
        <button type="button" onClick={() => setStep(-1)} aria-label={t('tour.leave')}>
          <Icon name="close" size={16} />
        </button>
      </div>
    </section>
  )
}

export function DemoStrip() {
  const { t } = useTranslation('demo')
  const session = useSession()
  const roleName = useRoleName()
  const [step, setStep] = useTour()
  const assignment = currentAssignment(session)
  useEffect(() => {
    const bar = document.getElementById('demo-strip')
    if (!bar) return undefined
    const measure = new ResizeObserver(() =>
      document.documentElement.style.setProperty('--strip', `${bar.offsetHeight}px`),
    )
    measure.observe(bar)
    return () => {
      measure.disconnect()
      document.documentElement.style.removeProperty('--strip')
    }
  }, [])
  return (
    <aside id="demo-strip" className={styles.strip} aria-label={t('name')}>
      <div className={styles.line}>
        <span className={styles.say} data-long>
          {t('madeUp')}
        </span>
        <span className={styles.say} data-short>
          {t('madeUpShort')}
        </span>
        <span className={styles.gap} />
        {session.person && (
          <span className={styles.who}>
            {t('now', { name: session.person.name })}
            {assignment ? ` · ${roleName(assignment.role)}` : ''}
          </span>
        )}
        <Go to="/demo">{t('change')}</Go>
        {step < 0 && (
          <Go to="/demo/tour" className={styles.long}>
            {t('tour.title')}
          </Go>
        )}
        {step < 0 && (
          <Go to="/demo/tour" className={styles.short}>
            {t('tour.short')}
          </Go>
        )}
      </div>
      {step >= 0 && <TourBar step={step} setStep={setStep} />}
    </aside>
  )
}
