// A bidder's page: the bid filled in here, sealed in this browser, handed in for a receipt; replaced or withdrawn until the deadline.
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { getTender } from '../../../loop/procurement/contract.ts'
import { depositBid, withdrawBid } from '../../../loop/procurement/contract/sealed-bids.ts'
import { getOrganization } from '../../../registers/organizations/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAddressQuery } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState, useProblemText } from '../../ui/shared/ErrorState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { BidFields } from './BidFields.tsx'
import { type DraftWords, emptyDraft, faultsOf, paperOf, priceText } from './bid-draft.ts'
import { FitCard } from './FitCard.tsx'
import { Fingerprint } from './Fingerprint.tsx'
import { LotPicker } from './LotPicker.tsx'
import { OutdatedBid } from './OutdatedBid.tsx'
import { ReceiptCard, saveReceipt } from './ReceiptCard.tsx'
import { sealBid } from './sealing/bid.ts'
import { fromText, toHex } from './sealing/bytes.ts'
import { draftName, findDraft, removeDraft, saveDraft } from './sealing/keep.ts'
import { isSigned } from './sealing/receipt.ts'
import styles from './sealing.module.css'
import { spanWords, useServerClock } from './server-clock.ts'
import { type Sealing, useSealing } from './use-sealing.ts'

type View = OutputOf<typeof getTender>
type Bidder = { readonly id: string; readonly name: string }
type Lot = NonNullable<View['lots']>[number]

function BidForm({
  tender,
  sealing,
  bidder,
  lot,
  replaces,
}: {
  readonly tender: View
  readonly sealing: Sealing
  readonly bidder: Bidder
  /** Where the tender is divided. */
  readonly lot?: Lot
  readonly replaces: boolean
}) {
  const { t } = useTranslation('procurement')
  const problemText = useProblemText()
  const name = draftName(tender.id, bidder.id, lot?.number)
  const limit = lot?.ceiling ?? tender.budget
  const [draft, setDraft] = useState<DraftWords>(emptyDraft)
  const [tried, setTried] = useState(false)
  const [asked, setAsked] = useState(false)
  const [sealingNow, setSealingNow] = useState(false)
  const [fault, setFault] = useState<string>()
  const { act, pending, problem } = useAct(depositBid)
  useEffect(() => {
    void findDraft(name).then((found) => found && setDraft(found))
  }, [name])
  const faults = faultsOf(draft, limit)
  const change = (part: Partial<DraftWords>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    void saveDraft({ key: name, ...next })
  }
  const handIn = async () => {
    const { publicKey: key } = sealing
    if (key === undefined) return
    setSealingNow(true)
    setFault(undefined)
    const files = await Promise.all(draft.files.map(async (file) => new Uint8Array(await file.arrayBuffer())))
    const { header, content, sha256 } = await sealBid(
      { tender: tender.id, key, organization: bidder.id, ...(lot && { lot: lot.number }) },
      paperOf(draft),
      files,
    )
    const terms = tender.versions.at(-1)?.number ?? 1
    const answer = await act({ params: { id: tender.id }, body: { header, content, terms } })
    setSealingNow(false)
    setAsked(false)
    if (answer === undefined) return
    const { receipt } = answer
    // The receipt must be for what this browser sealed, and signed; else the bidder must know at once.
    if (receipt.sha256 !== sha256 || !(await isSigned(receipt))) setFault(t('sealing.receiptWrong'))
    else {
      saveReceipt(receipt, t('sealing.receiptName', { number: receipt.number, n: receipt.round }))
      showToast(t('sealing.handedIn'))
    }
  }
  return (
    <DeskCard
      title={lot ? t('lots.named', { n: lot.number, title: lot.title }) : t('sealing.form', { name: bidder.name })}
      extra={<span className={styles.text}>{t('sealing.draftKept')}</span>}
    >
      {lot && <p className={`${styles.text} ${styles.lotWords}`}>{lot.description}</p>}
      <BidFields draft={draft} faults={tried ? faults : []} budget={limit} onChange={change} />
      <div className={`${styles.stack} ${styles.foot}`}>
        {(fault || problem) && (
          <p className={styles.problem} role="alert">
            {fault ?? (problem && problemText(problem))}
          </p>
        )}
        <div className={styles.row}>
          <DeskButton
            kind="primary"
            icon="seal"
            busy={pending || sealingNow}
            onClick={() => {
              setTried(true)
              if (faults.length === 0) setAsked(true)
            }}
          >
            {t(replaces ? 'sealing.replace' : 'sealing.handIn')}
          </DeskButton>
          <DeskButton
            kind="quiet"
            onClick={() => {
              setDraft(emptyDraft)
              setTried(false)
              void removeDraft(name)
            }}
          >
            {t('sealing.clearDraft')}
          </DeskButton>
        </div>
      </div>
      {asked && (
        <ConfirmAct
          title={t(replaces ? 'sealing.askReplace' : 'sealing.askHandIn')}
          what={
            <>
              {t('desk.price')} <MoneyText amount={priceText(draft.price)} strong unit />
              {t('frame:list.stop')}
              {t('sealing.askWhat')}
            </>
          }
          verb={t(replaces ? 'sealing.replace' : 'sealing.handIn')}
          busy={pending || sealingNow}
          onConfirm={() => void handIn()}
          onClose={() => setAsked(false)}
        />
      )}
    </DeskCard>
  )
}

function Withdraw({ tender, lot }: { readonly tender: string; readonly lot: number | undefined }) {
  const { t } = useTranslation('procurement')
  const [asked, setAsked] = useState(false)
  const { act, pending, problem } = useAct(withdrawBid, { onDone: () => setAsked(false) })
  return (
    <>
      <DeskButton kind="danger" icon="close" onClick={() => setAsked(true)}>
        {t('verbs.withdrawBid')}
      </DeskButton>
      {asked && (
        <ConfirmAct
          title={t('sealing.askWithdraw')}
          what={t('sealing.askWithdrawWhat')}
          verb={t('verbs.withdrawBid')}
          danger
          busy={pending}
          problem={problem}
          onConfirm={() => void act({ params: { id: tender }, body: { lot } })}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}

function TermsCard({
  tender,
  sealing,
  limit,
}: {
  readonly tender: View
  readonly sealing: Sealing
  readonly limit: string
}) {
  const { t } = useTranslation('procurement')
  const { now } = useServerClock()
  const left = tender.deadline === undefined ? 0 : Date.parse(tender.deadline) - now
  return (
    <DeskCard title={t('sealing.before')}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('fields.deadline')}</dt>
          <dd>
            {tender.deadline && <InstantText instant={tender.deadline} style="full" />}
            <br />
            {left > 0
              ? t('strip.left', { span: spanWords(left, (count) => t('strip.days', { count })) })
              : t('strip.over')}
          </dd>
        </div>
        <div>
          <dt>{t('sealing.limit')}</dt>
          <dd>
            <MoneyText amount={limit} unit strong />
          </dd>
        </div>
        <div>
          <dt>{t('desk.check')}</dt>
          <dd>
            {t('sealing.byRegister', {
              rating: tender.requirements.minimumRating ?? t('desk.anyRating'),
              certificates:
                tender.requirements.certificates > 0
                  ? t('desk.atLeast', { count: tender.requirements.certificates })
                  : t('desk.anyRating'),
            })}
          </dd>
        </div>
      </dl>
      <div className={`${styles.stack} ${styles.foot}`}>
        <ul className={styles.plain}>
          {(['here', 'nobody', 'change', 'late'] as const).map((each) => (
            <li key={each}>{t(`sealing.bidder.${each}`)}</li>
          ))}
        </ul>
        {sealing.publicKey && (
          <Fingerprint short label={t('sealing.publicKey')} value={toHex(fromText(sealing.publicKey))} />
        )}
      </div>
    </DeskCard>
  )
}

export default function SealedBidPage() {
  const { t } = useTranslation('procurement')
  const { id = '' } = useParams({ strict: false })
  const [query, setQuery] = useAddressQuery()
  const session = useSession()
  const tender = useAsk(getTender, { params: { id } })
  const sealing = useSealing(id)
  const organization = currentAssignment(session)?.organizationId
  const ownOrganization = useAsk(
    getOrganization,
    { params: { id: organization ?? '' } },
    { enabled: organization !== undefined },
  )
  const error = tender.error ?? sealing.error ?? ownOrganization.error
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void tender.refetch()} />
  if (!tender.data || !sealing.data || (organization !== undefined && !ownOrganization.data))
    return <Skeleton rows={8} />
  const bidder = ownOrganization.data && { id: ownOrganization.data.id, name: ownOrganization.data.name }
  const isOpen = tender.data.state === 'published'
  const { lots } = tender.data
  const lot = lots?.find((each) => String(each.number) === query['lot']) ?? lots?.[0]
  const own = sealing.data.mineByLot ?? []
  const mine = lot === undefined ? sealing.data.mine : own.find((each) => each.lot === lot.number)
  const stateOf = (number: number) => {
    const state = own.find((each) => each.lot === number)?.state
    return state && t(`states.${state}`)
  }
  return (
    <DeskPage
      title={t('sealing.bidTitle')}
      note={`${tender.data.number} ${tender.data.title}`}
      actions={
        <>
          <DeskButton to={`/desk/procurement/${id}`}>{t('sheet.room')}</DeskButton>
          {isOpen && mine?.state === 'held' && <Withdraw tender={id} lot={lot?.number} />}
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          {lots && (
            <DeskCard pad title={t('lots.which')} extra={<span className={styles.text}>{t('lots.each')}</span>}>
              <LotPicker
                lots={lots}
                value={lot?.number}
                note={stateOf}
                onChange={(number) => setQuery({ lot: number?.toString() })}
              />
              {tender.data.lotLimit !== undefined && (
                <p className={styles.text}>{t('lots.limit', { count: tender.data.lotLimit })}</p>
              )}
            </DeskCard>
          )}
          {isOpen && mine?.outdated && <OutdatedBid tender={tender.data} terms={mine.terms} lot={lot?.number} />}
          {isOpen && bidder !== undefined ? (
            <BidForm
              key={lot?.number}
              tender={tender.data}
              sealing={sealing.data}
              bidder={bidder}
              lot={lot}
              replaces={mine?.state === 'held'}
            />
          ) : (
            <DeskCard>
              <EmptyState
                icon="seal"
                title={t(bidder === undefined ? 'sealing.noBidder' : 'sealing.notOpen')}
                next={t(bidder === undefined ? 'sealing.noBidderNext' : 'sealing.notOpenNext')}
              />
            </DeskCard>
          )}
        </div>
        <div className={styles.side}>
          {mine && <ReceiptCard mine={mine} />}
          <TermsCard tender={tender.data} sealing={sealing.data} limit={lot?.ceiling ?? tender.data.budget} />
          <FitCard tender={tender.data} lot={lot?.number} criteria />
        </div>
      </div>
    </DeskPage>
  )
}
