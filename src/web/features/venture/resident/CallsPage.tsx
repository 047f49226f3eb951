// Venture calls in which my place takes part.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import type { listCalls } from '../../../../loop/venture/contract.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { usePlace } from '../../../app/place.ts'
import { Item } from '../../../ui/resident/Item.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { useDateWords } from '../../../ui/shared/DateText.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { MoneyText } from '../../../ui/shared/MoneyText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import NoPlace from '../../home/NoPlace.tsx'
import { GrownList } from '../../needs/resident/GrownList.tsx'
import { useGrown } from '../../needs/resident/more-pages.ts'
import { Tabs } from '../../needs/resident/Tabs.tsx'
import { callTones } from '../venture-tones.ts'
import styles from './venture.module.css'

type Row = OutputOf<typeof listCalls>['rows'][number]

const states = ['open', 'voting', 'announced'] as const

export default function CallsPage() {
  const { t } = useTranslation(['venture', 'needs', 'home'])
  const words = useDateWords()
  const [place] = usePlace()
  const [query] = useAddressQuery()
  const state = states.find((each) => each === query['state'])
  const list = useGrown<Row>(
    `/api/venture-calls?division=${place?.code ?? ''}${state ? `&state=${state}` : ''}`,
    place !== undefined,
  )
  return (
    <Page title={t('venture:name')} back="/services">
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <p className={styles.lead}>{t('venture:page.lead')}</p>
          <h2 className="sr-only">{t('venture:verbs.listCalls')}</h2>
          <Tabs
            name="state"
            label={t('venture:fields.state')}
            tabs={[
              { value: '', label: t('venture:desk.all') },
              ...states.map((value) => ({ value, label: t(`venture:states.${value}`) })),
            ]}
          />
          <GrownList
            list={list}
            row={(row) => (
              <Item
                key={row.id}
                to={`/venture/${row.id}`}
                title={row.title}
                arrow
                meta={[
                  <Tag key="state" round tone={callTones[row.state]}>
                    {row.state === 'voting'
                      ? t('venture:page.voteUntil', { date: words(row.voteUntil) })
                      : row.state === 'open'
                        ? t('venture:page.proposalsUntil', { date: words(row.proposalsUntil) })
                        : t(`venture:states.${row.state}`)}
                  </Tag>,
                  <span key="total">
                    {t('venture:fields.total')} <MoneyText amount={row.total} unit />
                  </span>,
                ]}
              />
            )}
            empty={<EmptyState icon="star" title={t('venture:page.none')} next={t('venture:page.noneNext')} />}
          />
        </>
      )}
    </Page>
  )
}
