// The guided tour as a list: twelve steps, who does what on which screen, how far one has come.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGo } from '../../app/address.ts'
import { useAskPath } from '../../app/ask.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { Icon } from '../../ui/shared/Icon.tsx'
import { becomePerson, type DemoPerson, demoPeopleAddress } from './demo-people.ts'
import styles from './demo.module.css'
import { tourSteps, useTour } from './tour.ts'

export default function TourPage() {
  const { t } = useTranslation('demo')
  const go = useGo()
  const [now, setNow] = useTour()
  const [busy, setBusy] = useState(false)
  const { data } = useAskPath<{ people: DemoPerson[] }>(demoPeopleAddress)
  const open = async (index: number) => {
    const step = tourSteps[index]
    if (!step) return
    setBusy(true)
    setNow(index)
    try {
      const person = data?.people.find((each) => each.role === step.role)
      if (person) return await becomePerson(person.id, step.path)
      go(step.path)
    } catch {
      showToast(t('couldNot'), 'problem')
    }
    setBusy(false)
  }
  const start = Math.max(now, 0)
  return (
    <Page
      title={t('tour.title')}
      back="/demo"
      dock={
        <Button kind="primary" busy={busy} onClick={() => void open(start)}>
          {now < 0 ? t('tour.begin') : t('tour.goOn', { n: start + 1 })}
        </Button>
      }
    >
      <p className={styles.lead}>{t('tour.lead')}</p>
      <Card>
        <ol className={styles.steps}>
          {tourSteps.map((step, index) => (
            <li
              key={step.key}
              data-state={index < now ? 'done' : index === now ? 'now' : 'next'}
              aria-current={index === now ? 'step' : undefined}
            >
              <button type="button" disabled={busy} onClick={() => void open(index)}>
                <span className={styles.number} aria-hidden="true">
                  {index < now ? <Icon name="check" size={16} /> : index + 1}
                </span>
                <span className={styles.text}>
                  <b>{t(`tour.${step.key}.what`)}</b>
                  <small>
                    {t(`tour.${step.key}.who`)} · {t(`tour.${step.key}.where`)}
                  </small>
                </span>
                <Icon name="right" size={20} />
              </button>
            </li>
          ))}
        </ol>
      </Card>
    </Page>
  )
}
