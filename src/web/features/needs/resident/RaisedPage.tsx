// After raising: the number, who handles it, by when, and what happens next.
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { getNeed } from '../../../../loop/needs/contract.ts'
import { useAddressQuery, useGo } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { isEditable, type QueueItem } from '../../../app/offline/queue.ts'
import { useQueue } from '../../../app/offline/use-queue.ts'
import { problemOf } from '../../../app/problem.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { placeName } from './NeedSaid.tsx'
import { useItemState } from './QueueList.tsx'
import styles from './raise.module.css'

const after = [
  { key: 'accept', icon: 'check' },
  { key: 'told', icon: 'bell' },
  { key: 'supported', icon: 'hand' },
  { key: 'verdict', icon: 'star' },
] as const

/** It lies on this device: why it is not there yet, and that nothing more needs to be done. */
function Waiting({ item }: { readonly item: QueueItem }) {
  const { t } = useTranslation('needs')
  const stateOf = useItemState()
  const shown = stateOf(item)
  const signIn = item.problem?.status === 401
  return (
    <>
      <div className={styles.first}>
        <Card>
          <div className={styles.done} data-waits>
            <Icon name={shown.icon} size={44} />
            <h2>{shown.words}</h2>
            <p>{item.label}</p>
            {shown.more && <p role="alert">{shown.more}</p>}
          </div>
          <p className={styles.waitNote} role="status">
            {t(item.state === 'refused' ? 'resident.queue.refusedNote' : 'resident.queue.waitNote')}
          </p>
        </Card>
      </div>
      <div className={styles.goes}>
        {signIn && (
          <Button kind="primary" to={`/sign-in?next=${encodeURIComponent(`/raise/done?item=${item.id}`)}`}>
            {t('resident.queue.goSignIn')}
          </Button>
        )}
        {isEditable(item) && (
          <Button kind={item.state === 'refused' ? 'primary' : 'plain'} wide to={`/raise?item=${item.id}`}>
            {t('resident.queue.edit')}
          </Button>
        )}
        <Button kind="plain" wide to="/">
          {t('resident.raised.home')}
        </Button>
      </div>
    </>
  )
}

/** Follows an item of this device until it is a need. */
function FromQueue({ id }: { readonly id: string }) {
  const { t } = useTranslation('needs')
  const go = useGo()
  const { queue, items } = useQueue()
  const item = items.find((each) => each.id === id)
  const need = item?.state === 'sent' ? item.answer?.id : undefined
  useEffect(() => {
    if (!need) return
    void queue?.remove(id)
    go(`/raise/done?id=${need}`, { replace: true })
  }, [need, queue, id, go])
  if (queue && !item) return <Nothing />
  return (
    <Page title={t('resident.queue.pageTitle')} closing back="/">
      {item ? <Waiting item={item} /> : <Skeleton rows={6} />}
    </Page>
  )
}

/** Nothing was submitted under this address. */
function Nothing() {
  const { t } = useTranslation('needs')
  return (
    <Page title={t('resident.raised.title')} closing back="/">
      <EmptyState
        icon="need"
        title={t('resident.raised.nothing')}
        next={t('resident.raised.nothingNext')}
        action={
          <Button kind="second" icon="pencil" to="/raise">
            {t('resident.raise.title')}
          </Button>
        }
      />
    </Page>
  )
}

function Raised({ id }: { readonly id: string }) {
  const { t } = useTranslation('needs')
  const { data, error, refetch } = useAsk(getNeed, { params: { id } })
  return (
    <Page title={t('resident.raised.title')} closing back="/">
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : (
        <>
          <div className={styles.first}>
            <Card>
              <div className={styles.done}>
                <Icon name="check" size={44} />
                <h2>{t('resident.raised.received')}</h2>
                <p>{data.title}</p>
              </div>
              <dl className={styles.promise}>
                <dt>{t('fields.number')}</dt>
                <dd>{data.number}</dd>
                <dt>{t('resident.raised.handler')}</dt>
                <dd>{data.holder?.name ?? t('resident.raised.committee', { place: placeName(data.divisionName) })}</dd>
                {data.dueAt && (
                  <>
                    <dt>{t('resident.raised.by')}</dt>
                    <dd>
                      <DateText date={data.dueAt} style="weekday" />
                      {t('resident.raised.before')}
                    </dd>
                  </>
                )}
                <dt>{t('fields.visibility')}</dt>
                <dd>{t(`visibilities.${data.visibility}`)}</dd>
              </dl>
            </Card>
          </div>
          <Section title={t('resident.raised.next')}>
            <Card>
              <ol className={styles.after}>
                {after
                  .filter(({ key }) => key !== 'supported' || data.visibility === 'public')
                  .map(({ key, icon }) => (
                    <li key={key}>
                      <Icon name={icon} size={22} />
                      <span>{t(`resident.raised.after.${key}`)}</span>
                    </li>
                  ))}
              </ol>
            </Card>
          </Section>
          <div className={styles.goes}>
            <Button kind="primary" to={`/needs/${data.id}`}>
              {t('resident.raised.see')}
            </Button>
            <Button kind="plain" wide to="/">
              {t('resident.raised.home')}
            </Button>
          </div>
        </>
      )}
    </Page>
  )
}

/** After submitting: of the need on the server, or of what still waits on this device. */
export default function RaisedPage() {
  const [query] = useAddressQuery()
  if (query['id']) return <Raised id={query['id']} />
  return query['item'] ? <FromQueue id={query['item']} /> : <Nothing />
}
