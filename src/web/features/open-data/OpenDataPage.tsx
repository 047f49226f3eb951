// Open data for everybody: what is published and what never is, whole downloads, every procurement, and how programs ask for it.
import { useTranslation } from 'react-i18next'
import { getPublication, type listProcesses } from '../../../insight/open-data/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { useAsk } from '../../app/ask.ts'
import { usePlace } from '../../app/place.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Item } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { GrownList } from '../needs/resident/GrownList.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import { placeName } from '../needs/resident/NeedSaid.tsx'
import styles from './open-data.module.css'

type Row = OutputOf<typeof listProcesses>['rows'][number]

const told = ['what', 'never', 'kept'] as const
const files = ['records', 'releases'] as const
const addresses = [
  ['records', '/api/ocds/records?division=320505'],
  ['releases', '/api/ocds/releases?size=100'],
  ['bulk', '/api/ocds/bulk/records.jsonl'],
] as const

export default function OpenDataPage() {
  const { t } = useTranslation(['open-data', 'needs'])
  const [place] = usePlace()
  const county = place?.code.slice(0, 6)
  const list = useGrown<Row>(`/api/open-data/processes${county ? `?division=${county}` : ''}`)
  const { data: publication } = useAsk(getPublication, {})
  const filter = county ? `?division=${county}` : ''
  return (
    <Page title={t('page.title')} back="/tenders">
      <h2 className="sr-only">{t('page.title')}</h2>
      <div className={styles.first}>
        <Card pad>
          <p className={styles.words}>{t('page.intro')}</p>
          <dl className={styles.told}>
            {told.map((point) => (
              <div key={point}>
                <dt>{t(`page.${point}`)}</dt>
                <dd>{t(`page.${point}Text`)}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
      <Section title={t('page.processes')} note={county ? t('page.ofCounty') : t('page.ofAll')}>
        <GrownList
          list={list}
          row={(row) => (
            <Item
              key={row.tender}
              to={`/data/${row.tender}`}
              title={row.title}
              arrow
              meta={[
                placeName(row.divisionName),
                t('page.releases', { count: row.releases }),
                <DateText key="at" date={row.lastAt} />,
              ]}
            />
          )}
          empty={<EmptyState icon="document" title={t('page.none')} next={t('page.noneNext')} />}
        />
      </Section>
      {(list.rows?.length ?? 0) > 0 && (
        <Section title={t('page.download')}>
          <Card>
            <ul className={styles.files}>
              {files.map((file) => (
                <li key={file}>
                  <a href={`/api/ocds/bulk/${file}.jsonl${filter}`} download className={styles.link}>
                    <Icon name="document" size={20} />
                    {t(`page.file.${file}`)}
                  </a>
                  <p className={styles.small}>{t(`page.file.${file}Text`)}</p>
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      )}
      <Section title={t('page.programs')}>
        <Card pad>
          <p className={styles.words}>{t('page.programsText')}</p>
          <dl className={styles.told}>
            {addresses.map(([name, address]) => (
              <div key={name}>
                <dt>{t(`page.address.${name}`)}</dt>
                <dd>
                  <code className={styles.code}>{address}</code>
                </dd>
              </div>
            ))}
          </dl>
        </Card>
      </Section>
      {publication && (
        <Section title={t('page.about')}>
          <Card pad>
            <dl className={styles.facts}>
              <dt>{t('page.publisher')}</dt>
              <dd>{publication.publisher}</dd>
              <dt>{t('page.license')}</dt>
              <dd>
                <a href={publication.license} className={styles.link} rel="license noreferrer">
                  {t('page.licenseText')}
                </a>
              </dd>
              <dt>{t('page.prefix')}</dt>
              <dd>
                <code>{publication.ocidPrefix}</code>
                {!publication.registered && <p className={styles.small}>{t('page.unregistered')}</p>}
              </dd>
              <dt>{t('page.parties')}</dt>
              <dd>{t('page.partiesText')}</dd>
            </dl>
          </Card>
        </Section>
      )}
    </Page>
  )
}
