// Who took part at a place: distinct residents by act and age group, and the communities of a township or county beside each other.
import { Trans, useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { getParticipation } from '../../../../insight/participation/contract.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { DeskButton } from '../../../ui/desk/DeskButton.tsx'
import { DeskPage } from '../../../ui/desk/DeskPage.tsx'
import type { Column } from '../../../ui/desk/list-page.ts'
import listStyles from '../../../ui/desk/ListPage.module.css'
import { ListTable } from '../../../ui/desk/ListTable.tsx'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Go } from '../../../ui/shared/Go.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import styles from './participation.module.css'

type Answer = OutputOf<typeof getParticipation>
type Community = NonNullable<Answer['community']>
type ActRow = Community['acts'][number]
type PlaceRow = Answer['places'][number]

/** A count with its share, or that it is not told. */
function Cell({ persons, share }: { readonly persons?: number; readonly share?: number }) {
  const { t } = useTranslation('participation')
  if (persons === undefined) return <span className={styles.few}>{t('few')}</span>
  return (
    <>
      <b>{t('persons', { count: persons })}</b>
      {share !== undefined && <small className={styles.share}>{t('percent', { percent: share })}</small>}
    </>
  )
}

function CommunityTable({ community }: { readonly community: Community }) {
  const { t } = useTranslation('participation')
  const groups = community.adults.map(({ group }) => group)
  const adultsOf = (group: (typeof groups)[number]) => community.adults.find((each) => each.group === group)?.count
  const columns: readonly Column<ActRow>[] = [
    { key: 'act', title: t('act'), cell: (row) => <b>{t(`acts.${row.act}`)}</b> },
    ...groups.map(
      (group): Column<ActRow> => ({
        key: group,
        title:
          adultsOf(group) === undefined
            ? t(`groups.${group}`)
            : t('groupOf', { group: t(`groups.${group}`), count: adultsOf(group) }),
        width: 190,
        align: 'right',
        cell: (row) => <Cell {...row.cells.find((cell) => cell.group === group)} />,
      }),
    ),
  ]
  return (
    <section className={listStyles.card} aria-label={community.divisionName}>
      <ListTable rows={community.acts} columns={columns} rowKey={(row) => row.act} label={t('name')} />
    </section>
  )
}

function PlacesTable({ places }: { readonly places: readonly PlaceRow[] }) {
  const { t } = useTranslation('participation')
  const columns: readonly Column<PlaceRow>[] = [
    {
      key: 'place',
      title: t('place'),
      cell: (row) => (
        <Go to={`/desk/participation?division=${row.division}`} className={styles.link}>
          {row.divisionName}
        </Go>
      ),
    },
    { key: 'persons', title: t('acts.any'), width: 220, align: 'right', cell: (row) => <Cell {...row} /> },
    {
      key: 'adults',
      title: t('groups.all'),
      width: 180,
      align: 'right',
      cell: (row) =>
        row.adults === undefined ? <span className={styles.few}>{t('few')}</span> : t('persons', { count: row.adults }),
    },
    { key: 'asOf', title: t('asOfTitle'), width: 160, cell: (row) => row.asOf && <DateText date={row.asOf} /> },
  ]
  return (
    <section className={listStyles.card} aria-label={t('place')}>
      <ListTable rows={places} columns={columns} rowKey={(row) => row.division} label={t('name')} />
    </section>
  )
}

export default function ParticipationPage() {
  const { t } = useTranslation('participation')
  const [query] = useAddressQuery()
  const division = query['division']
  const { data, error, isPending, refetch } = useAsk(getParticipation, { query: { division } })
  const published = data?.community?.asOf !== undefined || (data?.places.length ?? 0) > 0
  return (
    <DeskPage
      title={t('name')}
      note={data?.divisionName}
      actions={division && <DeskButton to="/desk/participation">{t('back')}</DeskButton>}
    >
      <p className={styles.note}>
        {t('note')}
        {data?.community?.asOf && (
          <>
            {' '}
            <Trans
              t={t}
              i18nKey="asOf"
              values={{ year: data.community.year }}
              components={{ day: <DateText date={data.community.asOf} /> }}
            />
          </>
        )}
      </p>
      {error && !data ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={6} />
      ) : !published ? (
        <EmptyState icon="users" title={t('none')} next={t('noneNext')} />
      ) : data?.community ? (
        <CommunityTable community={data.community} />
      ) : (
        <PlacesTable places={data?.places ?? []} />
      )}
    </DeskPage>
  )
}
