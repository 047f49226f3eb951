// The board: what neighbours of the community raised, by state, with the honest figures above.
import { useTranslation } from 'react-i18next'
import { useAddressQuery } from '../../../app/address.ts'
import { usePlace } from '../../../app/place.ts'
import { boardStates } from '../../../../loop/needs/contract.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { EmptyState } from '../../../ui/shared/EmptyState.tsx'
import { Shares } from '../../participation/resident/Shares.tsx'
import NoPlace from '../../home/NoPlace.tsx'
import { GrownList } from './GrownList.tsx'
import { useGrown } from './more-pages.ts'
import { NeedItem, type NeedRow } from './NeedItem.tsx'
import { Outcomes, useBoardFigures } from './Outcomes.tsx'
import { Tabs } from './Tabs.tsx'
import styles from './board.module.css'

export default function NeedBoardPage() {
  const { t } = useTranslation(['needs', 'home'])
  const [place] = usePlace()
  const [query, change] = useAddressQuery()
  const state = boardStates.find((each) => each === query['state'])
  const sort = query['sort'] === 'supports' ? 'supports' : 'newest'
  const { data: figures } = useBoardFigures(place?.code)
  const labelOf = (value: (typeof boardStates)[number]) => {
    const count = figures?.states.find((each) => each.state === value)?.count
    const name = t(`states.${value}`)
    return count === undefined ? name : t('resident.board.counted', { state: name, count })
  }
  const list = useGrown<NeedRow>(
    `/api/needs?division=${place?.code ?? ''}&sort=${sort}${state ? `&state=${state}` : ''}`,
    place !== undefined,
  )
  return (
    <Page
      title={place ? t('resident.board.title', { place: place.name }) : t('resident.board.plain')}
      back="/"
      dock={
        <Button kind="primary" icon="pencil" to="/raise">
          {t('resident.raise.title')}
        </Button>
      }
    >
      {!place ? (
        <NoPlace />
      ) : (
        <>
          <div className={styles.figures}>
            <Card>
              <Outcomes division={place.code} />
            </Card>
            <Shares division={place.code} />
          </div>
          <h2 className="sr-only">{t('resident.board.plain')}</h2>
          <Tabs
            name="state"
            label={t('resident.board.states')}
            tabs={[
              { value: '', label: t('resident.board.all') },
              ...boardStates.map((value) => ({ value, label: labelOf(value) })),
            ]}
          />
          <p className={styles.note}>{t('resident.board.privateNote')}</p>
          <p className={styles.sort}>
            {(['newest', 'supports'] as const).map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={sort === each}
                onClick={() => change({ sort: each === 'newest' ? undefined : each })}
              >
                {t(`resident.board.sort.${each}`)}
              </button>
            ))}
          </p>
          <GrownList
            list={list}
            row={(row) => <NeedItem key={row.id} row={row} />}
            empty={<EmptyState icon="need" title={t('resident.board.none')} next={t('resident.board.noneNext')} />}
          />
        </>
      )}
    </Page>
  )
}
