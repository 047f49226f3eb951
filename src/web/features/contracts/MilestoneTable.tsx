// The milestones of a contract: what was agreed, what was done, what was accepted and paid, and the next act of each.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import {
  acceptMilestone,
  confirmMilestoneAsResident,
  type getContract,
  payMilestone,
  reportMilestone,
  returnMilestone,
} from '../../../loop/contracts/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { useRecordActs } from '../../ui/desk/record-acts.ts'
import { type Verb, VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { InstantText, DateText } from '../../ui/shared/DateText.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { milestoneTones, percentOf } from './contract-tones.ts'
import styles from './contracts.module.css'

type View = OutputOf<typeof getContract>
type Milestone = View['milestones'][number]

const verbs: Readonly<Record<string, Verb>> = {
  reportMilestone: { endpoint: reportMilestone, icon: 'send' },
  confirmMilestoneAsResident: { endpoint: confirmMilestoneAsResident, icon: 'check' },
  acceptMilestone: { endpoint: acceptMilestone, icon: 'check' },
  returnMilestone: { endpoint: returnMilestone, icon: 'back', danger: true },
  payMilestone: { endpoint: payMilestone, icon: 'yuan' },
}

function Acts({ milestone, onAct }: { readonly milestone: Milestone; readonly onAct: (verb: string) => void }) {
  const mine = milestone.actions.filter((action) => action.ok || action.code !== 'forbidden')
  const acts = useRecordActs(
    'contracts',
    mine,
    Object.fromEntries(
      Object.entries(verbs).map(([name, verb]) => [name, { icon: verb.icon, onAct: () => onAct(name) }]),
    ),
  )
  return (
    <div className={styles.acts}>
      {acts.map((act) => (
        <span key={act.key}>
          <DeskButton small icon={act.icon} off={act.off !== undefined} locked onClick={act.onAct}>
            {act.label}
          </DeskButton>
          {act.off && <small>{act.off}</small>}
        </span>
      ))}
    </div>
  )
}

export function MilestoneTable({ contract }: { readonly contract: View }) {
  const { t } = useTranslation('contracts')
  const [asked, setAsked] = useState<{ verb: string; milestone: Milestone }>()
  const chosen = asked && verbs[asked.verb]
  return (
    <div className={styles.scroll}>
      <table className={styles.milestones} aria-label={t('fields.milestones')}>
        <thead>
          <tr>
            <th scope="col">{t('room.milestone')}</th>
            <th scope="col">{t('fields.due')}</th>
            <th scope="col" data-right>
              {t('room.share')}
            </th>
            <th scope="col" data-right>
              {t('fields.amount')}
            </th>
            <th scope="col">{t('room.evidence')}</th>
            <th scope="col">{t('fields.state')}</th>
            <th scope="col">{t('room.do')}</th>
          </tr>
        </thead>
        <tbody>
          {contract.milestones.map((each) => (
            <tr key={each.id}>
              <td>
                <b>
                  {each.position}. {each.title}
                </b>
                <span>{each.deliverable}</span>
                <small>{t('frame:list.named', { name: t('fields.criteria'), value: each.criteria })}</small>
                {each.report && (
                  <small>
                    {t('room.reported')} <InstantText instant={each.report.at} style="compact" />
                    {t('frame:list.colon')}
                    {each.report.words}
                  </small>
                )}
                {each.remarks && (
                  <small data-warn>{t('frame:list.named', { name: t('room.remarks'), value: each.remarks })}</small>
                )}
              </td>
              <td>
                {['planned', 'returned', 'reported'].includes(each.state) && contract.state === 'active' ? (
                  <DueLight due={each.due} />
                ) : (
                  <DateText date={each.due} style="full" />
                )}
              </td>
              <td data-right>{percentOf(each.share)}</td>
              <td data-right>
                <MoneyText amount={each.amount} strong={each.state === 'payable'} />
              </td>
              <td>
                {t('room.records', { count: each.evidence.serviceRecords })}
                <small>
                  {t('room.hours', {
                    hours: (each.evidence.minutes / 60).toFixed(1),
                    people: each.evidence.attendance,
                  })}
                </small>
              </td>
              <td>
                <Tag tone={milestoneTones[each.state]}>{t(`states.${each.state}`)}</Tag>
                {each.residentConfirmedAt && (
                  <small>
                    {t('room.residentConfirmed')} <InstantText instant={each.residentConfirmedAt} style="short" />
                  </small>
                )}
                {each.headAcceptedAt && (
                  <small>
                    {t('room.headAccepted')} <InstantText instant={each.headAcceptedAt} style="short" />
                  </small>
                )}
                {each.paidAt && (
                  <small>
                    {t('room.paid')} <InstantText instant={each.paidAt} style="short" />
                  </small>
                )}
                {each.transfer && (
                  <small>
                    <Go to={`/desk/funds/transfers/${each.transfer}`} className={styles.link}>
                      {t('room.transfer')}
                    </Go>
                  </small>
                )}
              </td>
              <td>
                <Acts milestone={each} onAct={(verb) => setAsked({ verb, milestone: each })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && chosen && (
        <VerbDialog
          domain="contracts"
          name={asked.verb}
          verb={{ ...chosen, params: { milestone: asked.milestone.id } }}
          target={{ id: contract.id, version: contract.version, number: contract.number, title: asked.milestone.title }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}
