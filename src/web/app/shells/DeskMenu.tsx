// The desk's menu: what the features offer and my role may enter, grouped, with the number of things that wait.
import { useTranslation } from 'react-i18next'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { usePath } from '../address.ts'
import { useAskPath } from '../ask.ts'
import { cockpitPages, deskPages } from '../desk-registry.ts'
import type { MenuEntry, MenuGroup, OfferedPage } from '../page-registry.ts'
import { useSession } from '../session.ts'
import styles from './DeskShell.module.css'

const groups: readonly MenuGroup[] = ['linkage', 'convenience', 'registers', 'governing', 'insight', 'system']

type Entry = OfferedPage & { readonly menu: MenuEntry }

const entries: readonly Entry[] = [...deskPages, ...cockpitPages]
  .flatMap((page) => (page.menu ? [{ ...page, menu: page.menu }] : []))
  .sort((one, other) => one.menu.order - other.menu.order)

/** What the first page of my work tells about all of it. */
type Waiting = { readonly kinds?: readonly { readonly domain: string; readonly n: number }[] }

/** How much waits per domain, and in all. */
function countsOf(data: Waiting | undefined): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { domain, n } of data?.kinds ?? []) {
    counts[domain] = (counts[domain] ?? 0) + n
    counts['all'] = (counts['all'] ?? 0) + n
  }
  return counts
}

function isOn(path: string, entry: Entry): boolean {
  return path === entry.path || path.startsWith(`${entry.path}/`)
}

export function DeskMenu({ open }: { readonly open: boolean }) {
  const { t } = useTranslation('frame')
  const path = usePath()
  const { permissions, person } = useSession()
  const { data } = useAskPath<Waiting>('/api/my-work?size=1', { enabled: person !== null, refetchInterval: 60_000 })
  const waiting = countsOf(data)
  const mine = entries.filter(({ menu }) => menu.permission === undefined || permissions.includes(menu.permission))
  const count = (key: string) => {
    const number = waiting[key]
    return number ? (
      <em>
        <span aria-hidden="true">{number}</span>
        <span className="sr-only">{t('desk.waiting', { count: number })}</span>
      </em>
    ) : null
  }
  const workOn = path === '/desk' || path.startsWith('/desk/my-work')
  return (
    <nav className={styles.side} aria-label={t('desk.menu')} data-open={open || undefined}>
      <Go to="/desk" className={workOn ? styles.on : undefined} aria-current={workOn ? 'page' : undefined}>
        <Icon name="inbox" size={16} />
        <span>{t('menu.my-work')}</span>
        {count('all')}
      </Go>
      {groups.map((group) => {
        const inGroup = mine.filter(({ menu }) => menu.group === group)
        if (inGroup.length === 0) return null
        return (
          <section key={group} aria-label={t(`menuGroup.${group}`)}>
            <h2>{t(`menuGroup.${group}`)}</h2>
            {inGroup.map((entry) => {
              const on = isOn(path, entry)
              return (
                <Go
                  key={entry.path}
                  to={entry.path}
                  className={on ? styles.on : undefined}
                  aria-current={on ? 'page' : undefined}
                >
                  <Icon name={entry.menu.icon} size={16} />
                  <span>{t(entry.menu.key.includes(':') ? entry.menu.key : `menu.${entry.menu.key}`)}</span>
                  {count(entry.domain)}
                </Go>
              )
            })}
          </section>
        )
      })}
    </nav>
  )
}
