// What neighbours say, what is being deliberated, services near by, figures and latest announcements of the community.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { listMotions } from '../../../loop/deliberation/contract.ts'
import type { listNeeds } from '../../../loop/needs/contract.ts'
import type { listTenders } from '../../../loop/procurement/contract.ts'
import type { listProjects } from '../../../loop/projects/contract.ts'
import { useElder } from '../../app/appearance.ts'
import { useAskPath } from '../../app/ask.ts'
import type { Place } from '../../app/place.ts'
import { problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses, Item, ItemList } from '../../ui/resident/Item.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { useDateWords } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { NeedItem } from '../needs/resident/NeedItem.tsx'
import { Outcomes } from '../needs/resident/Outcomes.tsx'
import { ProjectItem } from '../services/ProjectItem.tsx'
import { useMotionNote } from '../square/motion-note.ts'
import styles from './home.module.css'

type Needs = OutputOf<typeof listNeeds>
type Motion = OutputOf<typeof listMotions>['rows'][number]

/** Open needs first, those with most supports on top; the newest twenty are looked at. */
function said(rows: Needs['rows'], most: number): Needs['rows'] {
  const open = rows.filter((row) => row.state !== 'closed')
  return [...open]
    .sort((one, other) => other.supports - one.supports)
    .concat(rows.filter((row) => row.state === 'closed'))
    .slice(0, most)
}

function Said({ place, most }: { readonly place: Place; readonly most: number }) {
  const { t } = useTranslation('home')
  const { data, error, refetch } = useAskPath<Needs>(`/api/needs?division=${place.code}&sort=newest&size=20`)
  return (
    <Section title={t('said')} more={t('all')} moreTo="/needs" first>
      <Card>
        {error ? (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton rows={6} />
        ) : data.rows.length === 0 ? (
          <EmptyState icon="need" title={t('saidNone')} next={t('saidNoneNext')} />
        ) : (
          <ItemList>
            {said(data.rows, most).map((row) => (
              <NeedItem key={row.id} row={row} />
            ))}
          </ItemList>
        )}
      </Card>
    </Section>
  )
}

/** States in which a resident can still take part, the most urgent first. */
const deliberated: readonly Motion['state'][] = ['voting', 'published', 'discussing', 'proposed', 'admitted']

function Motions({ place, most }: { readonly place: Place; readonly most: number }) {
  const { t } = useTranslation(['home', 'states'])
  const note = useMotionNote()
  const { data } = useAskPath<OutputOf<typeof listMotions>>(`/api/motions?division=${place.code}&size=20`)
  if (!data) return null
  const rows = data.rows
    .filter((row) => deliberated.includes(row.state))
    .sort((one, other) => deliberated.indexOf(one.state) - deliberated.indexOf(other.state))
  const [first, ...rest] = rows
  if (!first) return null
  return (
    <Section title={t('deliberated')} more={t('all')} moreTo="/square">
      <Card>
        <div className={styles.motion}>
          <div className={styles.motionTop}>
            <Tag round tone="waiting" icon={first.state === 'voting' ? 'calendar' : 'chat'}>
              {note(first)}
            </Tag>
          </div>
          <h3 className={styles.question}>
            <Clauses text={first.title} />
          </h3>
          <p className={styles.note}>{t(`motion.${first.state}`, { defaultValue: '' })}</p>
          <Button kind="second" icon="deliberation" wide to={`/motions/${first.id}`}>
            {t(first.state === 'discussing' ? 'goDiscuss' : 'goMotion')}
          </Button>
        </div>
        {rest.length > 0 && most > 1 && (
          <div className={styles.also}>
            <ItemList>
              {rest.slice(0, most - 1).map((row) => (
                <Item
                  key={row.id}
                  to={`/motions/${row.id}`}
                  title={row.title}
                  meta={[t(`states:deliberation.${row.state}`), note(row)]}
                  arrow
                />
              ))}
            </ItemList>
          </div>
        )}
      </Card>
    </Section>
  )
}

function Services({ place, most }: { readonly place: Place; readonly most: number }) {
  const { t } = useTranslation('home')
  const { data } = useAskPath<OutputOf<typeof listProjects>>(
    `/api/projects?division=${place.code}&state=delivering&size=${most}`,
  )
  if (!data || data.rows.length === 0) return null
  return (
    <Section title={t('services')} more={t('all')} moreTo="/services">
      <Card>
        <ItemList>
          {data.rows.map((row) => (
            <ProjectItem key={row.id} row={row} />
          ))}
        </ItemList>
      </Card>
    </Section>
  )
}

function Open({ place, most }: { readonly place: Place; readonly most: number }) {
  const { t } = useTranslation(['home', 'states'])
  const words = useDateWords()
  const { data } = useAskPath<OutputOf<typeof listTenders>>(
    `/api/tenders?division=${place.code.slice(0, 9)}&size=${most}`,
  )
  return (
    <Section title={t('open')} more={t('all')} moreTo="/tenders">
      <Card>
        <Outcomes division={place.code} />
        {data && data.rows.length > 0 && (
          <div className={styles.also}>
            <ItemList>
              {data.rows.map((row) => (
                <Item
                  key={row.id}
                  to={`/tenders/${row.id}`}
                  title={row.title}
                  meta={[t(`states:procurement.${row.state}`), row.publishedAt && words(row.publishedAt)].filter(
                    Boolean,
                  )}
                  arrow
                />
              ))}
            </ItemList>
          </div>
        )}
      </Card>
    </Section>
  )
}

/** Below the hero; elder mode keeps the order with fewer items and adds the way to somebody who acts for one. */
export default function HomeSections({ place }: { readonly place: Place }) {
  const { t } = useTranslation('home')
  const [elder] = useElder()
  return (
    <>
      <Said place={place} most={elder ? 2 : 3} />
      <Motions place={place} most={elder ? 1 : 3} />
      <Services place={place} most={elder ? 1 : 2} />
      <Open place={place} most={elder ? 1 : 2} />
      {elder && (
        <div className={styles.calls}>
          <Card>
            <Go to="/mine/proxies" className={styles.call}>
              <Icon name="users" size={32} />
              <span>
                <b>{t('proxy')}</b>
                <small>{t('proxyNote')}</small>
              </span>
              <Icon name="right" size={22} />
            </Go>
            <Go to="/mine" className={styles.call}>
              <Icon name="user" size={32} />
              <span>
                <b>{t('mine')}</b>
                <small>{t('mineNote')}</small>
              </span>
              <Icon name="right" size={22} />
            </Go>
          </Card>
        </div>
      )}
      <p className={styles.foot}>{t('foot')}</p>
    </>
  )
}
