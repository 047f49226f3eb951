// Raising a need: one field first, then what kind, where, for whom, who may see it; three taps after the text. Works without a network.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withdrawNeed } from '../../../../loop/needs/contract.ts'
import { useAddressQuery, useGo } from '../../../app/address.ts'
import { call } from '../../../app/client.ts'
import { useOnline } from '../../../app/offline/use-queue.ts'
import { useSession } from '../../../app/session.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { RadioBlocks } from '../../../ui/resident/RadioBlocks.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { PointField } from '../map/PointField.tsx'
import { CategoryField } from './CategoryField.tsx'
import { useCategoryProposal } from './category-proposal.ts'
import { CategoryQuestions } from './CategoryQuestions.tsx'
import { DraftList } from './DraftList.tsx'
import { useDraftPhotos } from './draft-photos.ts'
import { PhotoButtons, PhotoRow } from './PhotoRow.tsx'
import { PlaceField } from './PlaceField.tsx'
import { QueueList } from './QueueList.tsx'
import { type Category, isReady, isWorthKeeping, withPhotoEarlier } from './raise-content.ts'
import { isOpen, useRaiseDraft } from './raise-draft.ts'
import styles from './raise.module.css'
import { SimilarNeeds } from './SimilarNeeds.tsx'
import { SpotField } from './SpotField.tsx'
import { VoiceButton } from './VoiceButton.tsx'

export default function RaisePage() {
  const { t } = useTranslation('needs')
  const go = useGo()
  const problemText = useProblemText()
  const [query] = useAddressQuery()
  const online = useOnline()
  const session = useSession()
  const signedIn = session.person !== null
  const keeper = useRaiseDraft({ item: query['item'], draft: query['draft'], anew: query['new'] === '1' }, signedIn)
  const { draft, change, id, item, queue, opened, savedAt } = keeper
  const photos = useDraftPhotos(keeper, signedIn)
  /** Categories of similar needs that neighbours raised: one-tap proposals. */
  const [proposed, setProposed] = useState<readonly Category[]>([])
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const problem = item?.problem?.status === 401 || item?.problem?.status === 0 ? undefined : item?.problem
  const faults = new Map((problem?.fields ?? []).map((field) => [field.path.replace(/^body\./, ''), field.message]))
  const text = draft.text.trim()
  const proposalNote = useCategoryProposal(
    { text, division: draft.place?.code, category: draft.category },
    (category) => change({ category }),
  )
  useEffect(() => {
    if (problem) window.scrollTo({ top: 0, behavior: 'smooth' })
  }, [problem])

  const submit = async () => {
    setTried(true)
    if (!isReady(draft)) {
      // what is missing may stand far below the button's place
      requestAnimationFrame(() => document.querySelector('[id$="-fault"]')?.scrollIntoView({ block: 'center' }))
      return
    }
    setBusy(true)
    await photos.settled()
    // without a network nobody can sign in: it waits, and asks for it later
    if (!signedIn && online) {
      const next = `/raise?item=${id}&send=1`
      go(`/sign-in?next=${encodeURIComponent(next)}`)
      return
    }
    const after = await keeper.submit()
    setBusy(false)
    if (after?.state === 'waiting') go(`/raise/done?item=${id}`, { replace: true })
  }
  // it went out, from here or by itself while the page was open
  const sent = item?.state === 'sent' ? item.answer?.id : undefined
  useEffect(() => {
    if (!sent) return
    void queue?.remove(id)
    go(`/raise/done?id=${sent}`, { replace: true })
  }, [sent, queue, id, go])
  // whoever went to sign in had pressed the button before
  const back = useRef(query['send'] === '1')
  useEffect(() => {
    if (!back.current || !opened || !signedIn || (query['item'] ?? id) !== id) return
    back.current = false
    void submit()
  })
  const closed = !isOpen(item) && !busy
  useEffect(() => {
    if (closed && item?.state === 'waiting') go(`/raise/done?item=${id}`, { replace: true })
  }, [closed, item?.state, id, go])

  const remove = async () => {
    await queue?.remove(id)
    // the copy on the server goes too; without a network it stays in the list of drafts
    if (draft.server) await call(withdrawNeed, { params: { id: draft.server.id } }).catch(() => undefined)
    go('/', { replace: true })
  }
  const missing = !tried
    ? {}
    : {
        text: text.length < 4 ? t('resident.raise.textMissing') : undefined,
        category: draft.category ? undefined : t('resident.raise.categoryMissing'),
      }
  // whoever is here for the first time says where before what: neighbours' needs of that place come up while typing
  const placeFirst = useRef<boolean>(undefined)
  if (session.loaded && opened) placeFirst.current ??= draft.place === undefined
  const place = (
    <PlaceField
      place={draft.place}
      fault={tried && !draft.place ? t('resident.raise.placeMissing') : faults.get('division')}
      onChange={(chosen) => change({ place: chosen })}
    />
  )
  const first = !online ? 'offlineNote' : signedIn || !session.loaded ? 'promise' : 'signInFirst'

  return (
    <Page
      title={t('resident.raise.title')}
      closing
      back="/"
      tool={
        savedAt &&
        isWorthKeeping(draft) && (
          <span className={styles.saved}>
            <Icon name="check" size={18} />
            {t('resident.raise.saved')} <InstantText instant={savedAt} style="time" />
          </span>
        )
      }
      dockNote={
        <>
          <Icon name={online ? 'clock' : 'info'} size={18} />
          {t(`resident.raise.${first}`, { place: draft.place?.name ?? t('resident.raise.community') })}
        </>
      }
      dock={
        <Button kind="primary" busy={busy} disabled={!opened} onClick={() => void submit()}>
          {t(signedIn || !online || !session.loaded ? 'resident.raise.submit' : 'resident.raise.signIn')}
        </Button>
      }
    >
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
      {keeper.conflict && (
        <div className={styles.problem} role="alert">
          {t('resident.raise.conflict')}
          <Button kind="plain" wide onClick={keeper.takeOther}>
            {t('resident.raise.takeOther')}
          </Button>
        </div>
      )}
      {placeFirst.current && place}
      <TextArea
        label={t('resident.raise.say')}
        main
        counted
        rows={5}
        maxLength={2000}
        placeholder={t('resident.raise.placeholder')}
        value={draft.text}
        fault={faults.get('text') ?? missing.text}
        onChange={(value) => change({ text: value })}
      >
        <PhotoRow
          photos={draft.photos}
          kept={photos}
          onEarlier={(key) => change((before) => withPhotoEarlier(before, key))}
        />
        <div className={styles.tools}>
          <PhotoButtons photos={draft.photos} kept={photos} />
          <VoiceButton
            starts={query['voice'] === '1'}
            onText={(said) => change((before) => ({ ...before, text: before.text + said }))}
            onProblem={() => showToast(t('resident.raise.notHeard'), 'problem')}
          />
        </div>
      </TextArea>
      <SimilarNeeds text={text} division={draft.place?.code} except={draft.server?.id} onCategories={setProposed} />
      <CategoryField
        value={draft.category}
        note={proposalNote}
        proposed={proposed}
        fault={faults.get('category') ?? missing.category}
        onChange={(category) => change({ category })}
      />
      <CategoryQuestions
        category={draft.category}
        answers={draft.answers}
        faultOf={(at) => faults.get(`answers.${at}.answer`)}
        onChange={(answers) => change({ answers })}
      />
      {!placeFirst.current && place}
      <SpotField
        division={draft.place?.code}
        value={draft.spot}
        fault={faults.get('place')}
        onChange={(spot) => change({ spot })}
      />
      {draft.place && (
        <PointField
          place={draft.place}
          point={draft.point}
          isPublic={draft.visibility === 'public'}
          fault={faults.get('point')}
          onChange={(point) => change({ point })}
        />
      )}
      <RadioBlocks
        label={t('resident.raise.whom')}
        value={draft.forWhom}
        onChange={(forWhom) => change({ forWhom })}
        choices={(['self', 'other', 'group'] as const).map((value) => ({
          value,
          label: t(`resident.raise.whoms.${value}`),
        }))}
      />
      <RadioBlocks
        label={t('resident.raise.seen')}
        columns={2}
        value={draft.visibility}
        onChange={(visibility) => change({ visibility })}
        choices={[
          { value: 'public', label: t('visibilities.public'), icon: 'eye', note: t('resident.raise.publicNote') },
          { value: 'private', label: t('visibilities.private'), icon: 'lock', note: t('resident.raise.privateNote') },
        ]}
      />
      {isWorthKeeping(draft) && (
        <div className={styles.leave}>
          <Button kind="plain" to="/raise?new=1" icon="plus">
            {t('resident.raise.another')}
          </Button>
          <Button kind="quiet" onClick={() => void remove()}>
            {t('resident.raise.remove')}
          </Button>
        </div>
      )}
      <QueueList except={id} />
      {signedIn && <DraftList except={draft.server?.id} />}
    </Page>
  )
}
