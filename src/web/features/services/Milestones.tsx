// The milestones of a contract: what is delivered by when for how much, how it stands, and the resident's confirmation.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { confirmMilestoneAsResident, getContract } from '../../../loop/contracts/contract.ts'
import { useAct } from '../../app/act.ts'
import { useAsk } from '../../app/ask.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DateText } from '../../ui/shared/DateText.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { PartyMark } from '../../ui/shared/PartyMark.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { useKept } from '../needs/resident/signed.ts'
import styles from './services.module.css'

export type ContractAnswer = OutputOf<typeof getContract>
type Milestone = ContractAnswer['milestones'][number]

function Confirm({ contract, milestone }: { readonly contract: string; readonly milestone: Milestone }) {
  const { t } = useTranslation('services')
  const problemText = useProblemText()
  const [words, setWords] = useKept(`milestone.${milestone.id}`)
  const { act, pending, problem } = useAct(confirmMilestoneAsResident, {
    onDone: () => {
      setWords('')
      showToast(t('milestone.confirmed'))
    },
  })
  return (
    <div className={styles.confirm}>
      <p>
        <b>{t('milestone.ask')}</b>
      </p>
      <p className={styles.small}>{t('milestone.askNote')}</p>
      <TextField
        label={t('milestone.words')}
        optional
        maxLength={500}
        value={words}
        onChange={setWords}
        fault={problem && problemText(problem)}
      />
      <Button
        kind="primary"
        icon="check"
        busy={pending}
        onClick={() =>
          void act({
            params: { id: contract, milestone: milestone.id },
            body: words.trim() ? { words: words.trim() } : {},
          })
        }
      >
        {t('milestone.confirm')}
      </Button>
    </div>
  )
}

/** The list itself. */
export function Milestones({ contract }: { readonly contract: ContractAnswer }) {
  const { t } = useTranslation(['services', 'contracts'])
  return (
    <ol className={styles.milestones}>
      {contract.milestones.map((each) => {
        const mayConfirm = each.actions.some((action) => action.verb === 'confirmMilestoneAsResident' && action.ok)
        return (
          <li key={each.id}>
            <p className={styles.top}>
              <Tag
                round
                tone={each.state === 'paid' ? 'done' : mayConfirm ? 'waiting' : 'neutral'}
                icon={each.state === 'paid' ? 'check' : 'clock'}
              >
                {t(`contracts:states.${each.state}`)}
              </Tag>
              <span>
                {t('services:milestone.due')}
                <DateText date={each.due} />
              </span>
            </p>
            <h3>{each.title}</h3>
            <p className={styles.words}>{each.deliverable}</p>
            <p className={styles.small}>
              <MoneyText amount={each.amount} unit /> ·{' '}
              {t('services:milestone.records', {
                count: each.evidence.serviceRecords,
                people: each.evidence.attendance,
              })}
            </p>
            {each.report && (
              <blockquote className={styles.quote}>
                {each.report.words}
                <small>
                  {t('services:milestone.report')} · <DateText date={each.report.at} />
                </small>
              </blockquote>
            )}
            {each.residentConfirmedAt && (
              <p className={styles.small}>
                {t('services:milestone.residentConfirmed')}
                <DateText date={each.residentConfirmedAt} />
              </p>
            )}
            {mayConfirm && <Confirm contract={contract.id} milestone={each} />}
          </li>
        )
      })}
    </ol>
  )
}

/** Of a contract by its id; nothing while it is not open to the reader. */
export function MilestonesOf({ contract }: { readonly contract: string }) {
  const { t } = useTranslation(['services', 'contracts'])
  const { data } = useAsk(getContract, { params: { id: contract } })
  if (!data) return null
  return (
    <Section title={t('services:milestone.title')}>
      <Card>
        {data.organizationName && (
          <p className={styles.by}>
            <Go to={`/organizations/${data.organization}`}>
              <PartyMark party="organization">{data.organizationName}</PartyMark>
            </Go>
          </p>
        )}
        <Milestones contract={data} />
      </Card>
    </Section>
  )
}
