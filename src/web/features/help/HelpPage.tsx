// A short guide: what my role does here, how the desk works, the keys.
import { useTranslation } from 'react-i18next'
import { currentAssignment, useSession } from '../../app/session.ts'
import { useRoleName } from '../../app/shells/role-names.ts'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { LightMark } from '../../ui/shared/DueLight.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import styles from './help.module.css'

const groups: Readonly<Record<string, string>> = {
  'community-worker': 'community',
  'community-head': 'community',
  'grid-worker': 'grid',
  'grid-leader': 'grid',
  'organization-administrator': 'organization',
  'organization-member': 'organization',
  'social-worker': 'worker',
  'social-work-supervisor': 'worker',
  'township-reviewer': 'township',
  'township-procurer': 'township',
  'township-settler': 'township',
  'township-staff-officer': 'township',
  'department-officer': 'department',
  'county-civil-affairs': 'county',
  'county-finance': 'county',
  'county-overseer': 'county',
  'city-officer': 'insight',
  'province-officer': 'insight',
  panelist: 'panel',
  evaluator: 'panel',
  'system-administrator': 'administrator',
  'security-administrator': 'administrator',
  'audit-administrator': 'administrator',
}
const links: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  community: [
    ['/desk/needs', 'menu.needs'],
    ['/desk/deliberation', 'menu.deliberation'],
    ['/desk/projects', 'menu.projects'],
  ],
  organization: [
    ['/desk/procurement', 'menu.procurement'],
    ['/desk/contracts', 'menu.contracts'],
  ],
  township: [
    ['/desk/projects', 'menu.projects'],
    ['/desk/procurement', 'menu.procurement'],
  ],
  county: [
    ['/desk/organizations', 'menu.organizations'],
    ['/desk/funds', 'menu.funds'],
  ],
  insight: [['/cockpit', 'menu.cockpit']],
  administrator: [
    ['/desk/assignments', 'menu.identity'],
    ['/desk/audit', 'menu.audit'],
  ],
}
const lights = ['overdue', 'soon', 'later', 'stopped'] as const

export default function HelpPage() {
  const { t } = useTranslation(['help', 'frame'])
  const roleName = useRoleName()
  const role = currentAssignment(useSession())?.role
  const group = (role && groups[role]) ?? 'any'
  return (
    <DeskPage title={t('title')} note={role && roleName(role)}>
      <div className={styles.two}>
        <DeskCard title={t('role')} pad>
          <ol className={styles.steps}>
            {[1, 2, 3, 4]
              .map((step) => t(`guide.${group}.${step}`, { defaultValue: '' }))
              .filter(Boolean)
              .map((line) => (
                <li key={line}>{line}</li>
              ))}
          </ol>
          <p className={styles.links}>
            {(links[group] ?? []).map(([to, label]) => (
              <Go key={to} to={to}>
                {t(`frame:${label}`)}
              </Go>
            ))}
            <Go to="/desk/me">{t('frame:me.account')}</Go>
          </p>
        </DeskCard>
        <DeskCard title={t('desk')} pad>
          <ul className={styles.steps}>
            {[1, 2, 3, 4, 5].map((line) => (
              <li key={line}>{t(`line.${line}`)}</li>
            ))}
          </ul>
        </DeskCard>
        <DeskCard title={t('lights')} pad>
          <ul className={styles.lights}>
            {lights.map((light) => (
              <li key={light}>
                <LightMark light={light} />
                {t(`light.${light}`)}
              </li>
            ))}
          </ul>
        </DeskCard>
        <DeskCard title={t('keys')} pad>
          <dl className={styles.keys}>
            {[
              ['/', 'find'],
              ['↑ ↓', 'move'],
              [t('space'), 'choose'],
              [t('enter'), 'open'],
              [t('escape'), 'close'],
            ].map(([key, what]) => (
              <div key={what}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(`key.${what}`)}</dd>
              </div>
            ))}
          </dl>
        </DeskCard>
      </div>
    </DeskPage>
  )
}
