// Every token that was issued in my name: whoever did not take one sees it here.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { listMyTokens } from '../../../loop/deliberation/contract/ballots.ts'
import { Item } from '../../ui/resident/Item.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { GrownList } from '../needs/resident/GrownList.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'

type Token = OutputOf<typeof listMyTokens>['rows'][number]

/** `most`: only the newest, without the button for more. */
export function MyVotes({ most }: { readonly most?: number }) {
  const { t } = useTranslation('vote')
  const list = useGrown<Token>(`/api/votes/mine?size=${most ?? 20}`)
  return (
    <GrownList
      list={most ? { ...list, more: undefined } : list}
      row={(row) => (
        <Item
          key={row.vote}
          to={`/votes/${row.vote}`}
          title={row.question}
          arrow
          meta={[
            <Tag key="state" round tone={row.state === 'deposited' ? 'waiting' : 'done'}>
              {t(row.state === 'deposited' ? 'depositedState' : row.state)}
            </Tag>,
            t(`phases.${row.phase}`),
            <DateText key="day" date={row.at} />,
          ]}
        />
      )}
      empty={<EmptyState icon="ballot" title={t('noVotes')} next={t('myVotesNote')} />}
    />
  )
}
