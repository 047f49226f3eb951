// My inbox: newest first, unread marked; opening one marks it read and leads to its record.
import { useTranslation } from 'react-i18next'
import { type listNotices, readAllNotices, readNotice } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAct } from '../../app/act.ts'
import { call } from '../../app/client.ts'
import { useSession } from '../../app/session.ts'
import { Page } from '../../ui/resident/Page.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { GrownList } from '../needs/resident/GrownList.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import styles from './notices.module.css'

type Notice = OutputOf<typeof listNotices>['rows'][number]

const pages: Readonly<Record<string, string>> = {
  need: '/needs',
  wish: '/wishes',
  'supporting-body': '/supporting-bodies',
  motion: '/motions',
  vote: '/votes',
  project: '/projects',
  tender: '/tenders',
  contract: '/contracts',
  organization: '/organizations',
  survey: '/surveys',
}

/** Where a notice leads a resident. */
function pageOf({ of }: Notice): string {
  const page = pages[of.kind]
  return page ? `${page}/${of.id}` : '/mine'
}

export default function NoticesPage() {
  const { t } = useTranslation(['notices', 'needs'])
  const { person, loaded } = useSession()
  const list = useGrown<Notice>('/api/notices?size=20', person !== null)
  const all = useAct(readAllNotices)
  const unread = list.rows?.some((row) => !row.read) ?? false
  // the page is left at once: the answer of marking is not waited for
  const mark = ({ id, read }: Notice) => {
    if (!read) call(readNotice, { params: { id } }).catch(() => undefined)
  }
  return (
    <Page
      title={t('notices:resident.title')}
      back="/"
      tool={
        unread && (
          <button type="button" className={styles.tool} disabled={all.pending} onClick={() => void all.act({})}>
            {t('notices:resident.readAll')}
          </button>
        )
      }
    >
      {loaded && !person ? (
        // asking for the list would only be refused
        <ErrorState problem={{ status: 401, code: 'unauthenticated', title: '' }} />
      ) : (
        <div className={styles.list}>
          <GrownList
            list={list}
            row={(row) => (
              <li key={row.id}>
                <Go
                  to={pageOf(row)}
                  className={styles.row}
                  data-new={row.read ? undefined : true}
                  onClick={() => mark(row)}
                >
                  <i aria-hidden="true" />
                  <span>
                    <small>
                      {row.domainName}
                      {!row.read && <b>{t('notices:resident.unread')}</b>}
                      <InstantText instant={row.at} />
                    </small>
                    <span>{row.text}</span>
                  </span>
                  <Icon name="right" size={20} />
                </Go>
              </li>
            )}
            empty={<EmptyState icon="bell" title={t('notices:resident.none')} next={t('notices:resident.noneNext')} />}
          />
        </div>
      )}
    </Page>
  )
}
