// Objections to a tender and the complaints that follow them: what was argued, with what evidence, and what was decided.
import { Input, Radio } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { complaintRemedies, remedies, type Remedy } from '../../../loop/procurement/contract/matters.ts'
import { complain, decideComplaint, decideObjection } from '../../../loop/procurement/contract/objections.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import matters from './matters.module.css'
import styles from './procurement.module.css'

type View = OutputOf<typeof getTender>
type Objection = View['objections'][number]

/** Remedies that can be done in the state of the tender; the server says the same. */
function remediesOf(tender: View, verb: Deciding, { lot }: Objection): readonly Remedy[] {
  const ended = tender.state === 'failed' || tender.state === 'cancelled'
  const possible: Readonly<Record<Remedy, boolean>> = {
    'score-again': tender.state === 'award-notice' || tender.state === 'standstill',
    'fail-lot': lot !== undefined && ['award-notice', 'standstill', 'awarded'].includes(tender.state),
    fail: !ended && tender.state !== 'contracted',
    'change-terms': tender.state === 'published',
    'tender-anew': ended,
    'go-on': true,
  }
  const all: readonly Remedy[] = verb === 'decideComplaint' ? complaintRemedies : remedies
  return all.filter((each) => possible[each])
}

type Deciding = 'decideObjection' | 'decideComplaint'

function DecideDialog({
  tender,
  objection,
  verb,
  onClose,
}: {
  readonly tender: View
  readonly objection: Objection
  readonly verb: Deciding
  readonly onClose: () => void
}) {
  const { t } = useTranslation('procurement')
  const id = useId()
  const problemText = useProblemText()
  const possible = remediesOf(tender, verb, objection)
  const [decision, setDecision] = useState<'rejected' | 'upheld'>('rejected')
  const [remedy, setRemedy] = useState<Remedy | undefined>(possible[0])
  const [words, setWords] = useState('')
  const query = useAct(decideObjection, { onDone: onClose })
  const complaint = useAct(decideComplaint, { onDone: onClose })
  const { act, pending, problem } = verb === 'decideObjection' ? query : complaint
  const decide = () => {
    const body = decision === 'rejected' ? { decision, words: words.trim() } : { decision, words: words.trim(), remedy }
    void act({ params: { id: tender.id, objection: objection.id }, body } as never, { ifMatch: String(tender.version) })
  }
  return (
    <DeskDialog
      title={t(`verbs.${verb}`)}
      onClose={onClose}
      foot={
        <>
          <DeskButton onClick={onClose}>{t('frame:cancel')}</DeskButton>
          <DeskButton kind="primary" busy={pending} off={words.trim().length < 4} onClick={decide}>
            {t(`verbs.${verb}`)}
          </DeskButton>
        </>
      }
    >
      <p>
        <b>{objection.organizationName}</b>
        {t('frame:list.colon')}
        {objection.complaint?.asked ?? objection.asked}
      </p>
      <fieldset className={styles.choices}>
        <legend>{t('fields.decision')}</legend>
        <Radio.Group
          value={decision}
          onChange={(event) => setDecision(event.target.value)}
          options={(['rejected', 'upheld'] as const).map((value) => ({
            value,
            label: t(verb === 'decideObjection' ? `decisions.${value}` : `objections.complaint.${value}`),
          }))}
        />
      </fieldset>
      {decision === 'upheld' && (
        <fieldset className={styles.choices}>
          <legend>{t('fields.remedy')}</legend>
          <Radio.Group
            value={remedy}
            onChange={(event) => setRemedy(event.target.value)}
            options={possible.map((value) => ({ value, label: t(`remedies.${value}`) }))}
          />
        </fieldset>
      )}
      <label htmlFor={id} className={styles.label}>
        {t('fields.words')}
      </label>
      <Input.TextArea
        id={id}
        rows={4}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem)}
        </p>
      )}
    </DeskDialog>
  )
}

function Evidence({ files }: { readonly files: Objection['files'] }) {
  const { t } = useTranslation('procurement')
  if (files.length === 0) return null
  return (
    <p className={matters.files}>
      <span>{t('objections.evidence')}</span>
      {files.map((file) => (
        <Go key={file.id} to={`/api/files/${file.id}`}>
          {file.name}
        </Go>
      ))}
    </p>
  )
}

/** What was claimed and what became of it: of an objection and of a complaint alike. */
function Claim({ claim }: { readonly claim: Omit<NonNullable<Objection['complaint']>, 'id'> }) {
  const { t } = useTranslation('procurement')
  return (
    <>
      <p className={matters.asked}>{claim.argument}</p>
      <p>
        <span>{t('fields.asked')}</span> {claim.asked}
      </p>
      <Evidence files={claim.files} />
      {claim.decision && (
        <p>
          <span>{t('fields.decision')}</span>{' '}
          {claim.remedy && `${t(`remedies.${claim.remedy}`)}${t('frame:list.colon')}`}
          {claim.decision}
          {claim.decidedAt && (
            <>
              {' '}
              <InstantText instant={claim.decidedAt} style="compact" />
            </>
          )}
        </p>
      )}
    </>
  )
}

/** Open ones by their date, decided ones by their outcome; a query that stayed without answer until the complaint is neither. */
function ClaimState({ claim }: { readonly claim: Pick<Objection, 'state' | 'due'> }) {
  const { t } = useTranslation('procurement')
  return claim.state === 'open' ? (
    <DueLight due={claim.due} />
  ) : (
    <Tag tone={claim.state === 'upheld' ? 'waiting' : 'neutral'}>{t(`states.${claim.state}`)}</Tag>
  )
}

type Opened = { readonly verb: Deciding | 'complain'; readonly objection: string }

export function Objections({ tender }: { readonly tender: View }) {
  const { t } = useTranslation('procurement')
  const [opened, setOpened] = useState<Opened>()
  const may = (verb: Deciding) => tender.actions.some((action) => action.verb === verb && action.ok)
  const chosen = tender.objections.find((each) => each.id === opened?.objection)
  const close = () => setOpened(undefined)
  if (tender.objections.length === 0)
    return <EmptyState icon="check" title={t('objections.none')} next={t('objections.noneNext')} />
  return (
    <ul className={styles.objections}>
      {tender.objections.map((each) => (
        <li key={each.id}>
          <p>
            <b>{each.organizationName}</b> <Tag tone="organization">{t(`objectionTargets.${each.against}`)}</Tag>{' '}
            {each.lot !== undefined && <Tag>{t('lots.short', { n: each.lot })}</Tag>}{' '}
            {each.complaint && each.state === 'open' ? (
              <Tag>{t('objections.noAnswer')}</Tag>
            ) : (
              <ClaimState claim={each} />
            )}{' '}
            <InstantText instant={each.at} style="compact" />
          </p>
          <Claim claim={each} />
          {each.complaint && (
            <div className={matters.second}>
              <p>
                <b>{t('fields.complaint')}</b> <ClaimState claim={each.complaint} />{' '}
                <InstantText instant={each.complaint.at} style="compact" />
              </p>
              <Claim claim={each.complaint} />
            </div>
          )}
          {each.complainUntil && !each.complaint && (
            <p>
              {t('objections.complainUntil')} <InstantText instant={each.complainUntil} style="full" />
            </p>
          )}
          {may('decideObjection') && each.state === 'open' && !each.complaint && (
            <DeskButton small icon="scale" onClick={() => setOpened({ verb: 'decideObjection', objection: each.id })}>
              {t('verbs.decideObjection')}
            </DeskButton>
          )}
          {may('decideComplaint') && each.complaint?.state === 'open' && (
            <DeskButton small icon="scale" onClick={() => setOpened({ verb: 'decideComplaint', objection: each.id })}>
              {t('verbs.decideComplaint')}
            </DeskButton>
          )}
          {each.mayComplain && (
            <DeskButton small icon="alert" onClick={() => setOpened({ verb: 'complain', objection: each.id })}>
              {t('verbs.complain')}
            </DeskButton>
          )}
        </li>
      ))}
      {chosen && opened && opened.verb !== 'complain' && (
        <DecideDialog tender={tender} objection={chosen} verb={opened.verb} onClose={close} />
      )}
      {chosen && opened?.verb === 'complain' && (
        <VerbDialog
          domain="procurement"
          name="complain"
          verb={{
            endpoint: complain,
            params: { objection: chosen.id },
            above: <p className={matters.soft}>{t('objections.complainWhat')}</p>,
          }}
          target={{ id: tender.id, version: tender.version, number: tender.number, title: tender.title }}
          onClose={close}
        />
      )}
    </ul>
  )
}
