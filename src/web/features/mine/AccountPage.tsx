// My record: name, community, verification; devices on which I am signed in; leaving.
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDevices, revokeDevice } from '../../../foundation/identity/contract.ts'
import { getProfile, setName, setResidence } from '../../../foundation/identity/contract/residents.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { renewSession, signOut } from '../../app/session.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './mine.module.css'

const PlaceDialog = lazy(() =>
  import('../../ui/resident/PlaceDialog.tsx').then((module) => ({ default: module.PlaceDialog })),
)

function Devices() {
  const { t } = useTranslation('mine')
  const problemText = useProblemText()
  const { data } = useAsk(listDevices, {})
  const revoke = useAct(revokeDevice, {
    onDone: () => showToast(t('device.ended')),
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  return (
    <Section title={t('device.title')}>
      <Card>
        {!data ? (
          <Skeleton rows={3} />
        ) : (
          <ItemList>
            {data.rows.map((row) => (
              <Item
                key={row.id}
                title={row.device || t('device.unknown')}
                meta={[t('device.seen'), <InstantText key="seen" instant={row.seen} />]}
                tool={
                  row.current ? (
                    <Tag round tone="done" icon="check">
                      {t('device.this')}
                    </Tag>
                  ) : (
                    <Button
                      kind="plain"
                      small
                      busy={revoke.pending}
                      onClick={() => void revoke.act({ params: { id: row.id } })}
                    >
                      {t('device.end')}
                    </Button>
                  )
                }
              />
            ))}
          </ItemList>
        )}
      </Card>
    </Section>
  )
}

export default function AccountPage() {
  const { t } = useTranslation(['mine', 'frame'])
  const problemText = useProblemText()
  const { data, error, refetch } = useAsk(getProfile, {})
  const [name, setTyped] = useState<string>()
  const [choosing, setChoosing] = useState(false)
  const saved = () => {
    void renewSession()
    showToast(t('mine:saved'))
  }
  const rename = useAct(setName, { onDone: saved })
  const move = useAct(setResidence, {
    onDone: saved,
    onProblem: (problem) => showToast(problemText(problem), 'problem'),
  })
  const verified = data?.state === 'verified'
  const typed = name ?? data?.name ?? ''
  return (
    <Page title={t('mine:account')} back="/mine">
      <div className={styles.first}>
        {error ? (
          <Card>
            <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
          </Card>
        ) : !data ? (
          <Card>
            <Skeleton rows={5} />
          </Card>
        ) : (
          <Card pad>
            <p className={styles.state}>
              <Tag round tone={verified ? 'done' : 'waiting'} icon={verified ? 'check' : 'info'}>
                {t(verified ? 'mine:verified' : 'mine:unverified')}
              </Tag>
              {verified && data.verifiedUntil && (
                <span>
                  {t('mine:until')}
                  <DateText date={data.verifiedUntil} style="full" />
                </span>
              )}
            </p>
            {!verified && <p className={styles.small}>{t('mine:verifyNote')}</p>}
            {verified ? (
              <dl className={styles.facts}>
                <dt>{t('mine:name')}</dt>
                <dd>{data.maskedName}</dd>
                <dt>{t('mine:phone')}</dt>
                <dd>{data.maskedPhone}</dd>
              </dl>
            ) : (
              <div className={styles.form}>
                <TextField
                  label={t('mine:name')}
                  maxLength={40}
                  autoComplete="name"
                  value={typed}
                  onChange={setTyped}
                  fault={rename.problem && problemText(rename.problem)}
                />
                <Button
                  kind="second"
                  busy={rename.pending}
                  disabled={typed.trim() === '' || typed === data.name}
                  onClick={() => void rename.act({ body: { name: typed.trim() } })}
                >
                  {t('frame:save')}
                </Button>
              </div>
            )}
            <dl className={styles.facts}>
              <dt>{t('mine:residence')}</dt>
              <dd>{data.residence ? data.residence.name : t('mine:noResidence')}</dd>
            </dl>
            <Button kind="second" icon="pin" busy={move.pending} onClick={() => setChoosing(true)}>
              {t('mine:move')}
            </Button>
            {verified && <p className={styles.small}>{t('mine:moveNote')}</p>}
          </Card>
        )}
      </div>
      {data && <Devices />}
      {data && (
        <div className={styles.leave}>
          <Button kind="plain" wide onClick={() => void signOut('/')}>
            {t('mine:signOut')}
          </Button>
        </div>
      )}
      {choosing && (
        <Suspense fallback={null}>
          <PlaceDialog
            onClose={() => setChoosing(false)}
            onChoose={(place) => {
              setChoosing(false)
              void move.act({ body: { division: place.code } })
            }}
          />
        </Suspense>
      )}
    </Page>
  )
}
