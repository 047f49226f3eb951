// A need: its state, what was said, who supports it, and its whole thread with the verdict card where it is due.
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import { getNeed } from '../../../../loop/needs/contract.ts'
import { useAddressQuery } from '../../../app/address.ts'
import { useAsk } from '../../../app/ask.ts'
import { problemOf } from '../../../app/problem.ts'
import { Page } from '../../../ui/resident/Page.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import { NeedBand } from './NeedBand.tsx'
import { NeedSaid } from './NeedSaid.tsx'
import { NeedTalk } from './NeedTalk.tsx'
import { ShareButton } from './ShareButton.tsx'
import { SupportDock } from './SupportDock.tsx'
import { ThreadSection } from './ThreadSection.tsx'
import { VerdictCard } from './VerdictCard.tsx'
import { WishLink } from './WishLink.tsx'
import { WithdrawCard } from './WithdrawCard.tsx'

export default function NeedPage() {
  const { t } = useTranslation('needs')
  const { id = '' } = useParams({ strict: false })
  const [query] = useAddressQuery()
  const { data, error, refetch } = useAsk(getNeed, { params: { id } })
  const loaded = data !== undefined
  useEffect(() => {
    // the thread comes a moment later than the need
    if (loaded && query['to'] === 'verdict')
      setTimeout(() => document.getElementById('verdict')?.scrollIntoView({ behavior: 'smooth', block: 'center' }), 600)
  }, [loaded, query])
  if (error)
    return (
      <Page title={t('kinds.need')} back="/">
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('kinds.need')} back="/">
        <Skeleton rows={9} />
      </Page>
    )
  const may = (verb: string) => data.actions.some((action) => action.verb === verb && action.ok)
  const verdict = may('giveVerdict')
  const open = data.state === 'submitted' || data.state === 'accepted' || data.state === 'responding'
  return (
    <Page
      title={t('resident.pageTitle', { number: data.number ?? '' })}
      tool={<ShareButton title={data.title ?? ''} />}
      band={<NeedBand need={data} verdict={verdict} />}
      dock={open && !data.mine && data.visibility === 'public' ? <SupportDock need={data} /> : undefined}
    >
      <NeedSaid need={data} />
      <NeedTalk need={data} />
      <WishLink need={data} />
      <ThreadSection
        kind="need"
        id={data.id}
        waiting={verdict}
        hanging={verdict ? { verdict: <VerdictCard need={data} /> } : {}}
      />
      {may('withdrawNeed') && data.mine && <WithdrawCard id={data.id} />}
    </Page>
  )
}
