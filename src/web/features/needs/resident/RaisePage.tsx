// Raising a need: one field first, then what kind, where, for whom, who may see it; three taps after the text.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { submitDraft, submitNeed } from '../../../../loop/needs/contract.ts'
import { useAddressQuery, useGo } from '../../../app/address.ts'
import { useAct } from '../../../app/ask.ts'
import { Button } from '../../../ui/resident/Button.tsx'
import { Page } from '../../../ui/resident/Page.tsx'
import { PhotoPicker } from '../../../ui/resident/PhotoPicker.tsx'
import { RadioBlocks } from '../../../ui/resident/RadioBlocks.tsx'
import { TextArea } from '../../../ui/resident/TextArea.tsx'
import { TextField } from '../../../ui/resident/TextField.tsx'
import { showToast } from '../../../ui/resident/toast-store.ts'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import { InstantText } from '../../../ui/shared/DateText.tsx'
import { CategoryField } from './CategoryField.tsx'
import { useCategoryProposal } from './category-proposal.ts'
import { DraftList } from './DraftList.tsx'
import { PlaceField } from './PlaceField.tsx'
import { contentOf, isReady, useRaiseDraft } from './raise-draft.ts'
import styles from './raise.module.css'
import { SimilarNeeds } from './SimilarNeeds.tsx'
import { useSignedIn } from './signed.ts'
import { VoiceButton } from './VoiceButton.tsx'

export default function RaisePage() {
  const { t } = useTranslation('needs')
  const go = useGo()
  const problemText = useProblemText()
  const [query] = useAddressQuery()
  const { signedIn, signIn } = useSignedIn()
  const { draft, change, serverId, savedAt, saveNow, forget } = useRaiseDraft(query['draft'], signedIn)
  const [tried, setTried] = useState(false)
  const done = ({ id }: { readonly id: string }) => {
    forget()
    go(`/raise/done?id=${id}`, { replace: true })
  }
  const direct = useAct(submitNeed, { onDone: done })
  const fromDraft = useAct(submitDraft, { onDone: done })
  const problem = direct.problem ?? fromDraft.problem
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
    if (!isReady(draft)) return
    if (!signedIn) return signIn()
    const content = contentOf(draft)
    if (!content) return
    if (serverId) {
      // the last keystrokes first: what is submitted is what stands on the screen
      if (await saveNow()) await fromDraft.act({ params: { id: serverId } })
      return
    }
    await direct.act({ body: content })
  }
  const missing = !tried
    ? {}
    : {
        text: text.length < 4 ? t('resident.raise.textMissing') : undefined,
        category: draft.category ? undefined : t('resident.raise.categoryMissing'),
      }

  return (
    <Page
      title={t('resident.raise.title')}
      closing
      back="/"
      tool={
        savedAt && (
          <span className={styles.saved}>
            <Icon name="check" size={18} />
            {t('resident.raise.saved')} <InstantText instant={savedAt} style="time" />
          </span>
        )
      }
      dockNote={
        <>
          <Icon name="clock" size={18} />
          {t(signedIn ? 'resident.raise.promise' : 'resident.raise.signInFirst', {
            place: draft.place?.name ?? t('resident.raise.community'),
          })}
        </>
      }
      dock={
        <Button kind="primary" busy={direct.pending || fromDraft.pending} onClick={() => void submit()}>
          {t(signedIn ? 'resident.raise.submit' : 'resident.raise.signIn')}
        </Button>
      }
    >
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
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
        <div className={styles.tools}>
          {signedIn ? (
            <PhotoPicker bare photos={draft.photos} onChange={(photos) => change({ photos })} />
          ) : (
            <p className={styles.hint}>{t('resident.raise.photoLater')}</p>
          )}
          <VoiceButton
            starts={query['voice'] === '1'}
            onText={(said) => change({ text: draft.text + said })}
            onProblem={() => showToast(t('resident.raise.notHeard'), 'problem')}
          />
        </div>
      </TextArea>
      <SimilarNeeds
        text={text}
        division={draft.place?.code}
        except={serverId}
        onCategories={(categories) => change({ proposed: categories })}
      />
      <CategoryField
        value={draft.category}
        note={proposalNote}
        proposed={draft.proposed ?? []}
        fault={faults.get('category') ?? missing.category}
        onChange={(category) => change({ category })}
      />
      <PlaceField
        place={draft.place}
        fault={tried && !draft.place ? t('resident.raise.placeMissing') : faults.get('division')}
        onChange={(place) => change({ place })}
      />
      <TextField
        label={t('resident.raise.where')}
        optional
        maxLength={60}
        placeholder={t('resident.raise.wherePlaceholder')}
        value={draft.spot}
        fault={faults.get('place')}
        onChange={(spot) => change({ spot })}
      />
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
      {signedIn && <DraftList except={serverId} />}
    </Page>
  )
}
