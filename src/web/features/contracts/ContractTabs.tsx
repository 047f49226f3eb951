// Below a contract's milestones: its team, amendments with their answer, signatures, breaches, clauses.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { agreeAmendment, declineAmendment } from '../../../loop/contracts/contract/changes.ts'
import type { getContract } from '../../../loop/contracts/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ListTable } from '../../ui/desk/ListTable.tsx'
import { VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { DateText, InstantText } from '../../ui/shared/DateText.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { PartyMark } from '../../ui/shared/PartyMark.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { percentOf } from './contract-tones.ts'
import styles from './contracts.module.css'
import { DocumentsView } from './DocumentsView.tsx'
import { AmendmentSign } from './AmendmentSign.tsx'

type View = OutputOf<typeof getContract>

export function TeamView({ team }: { readonly team: View['team'] }) {
  const { t } = useTranslation('contracts')
  if (team.length === 0) return <EmptyState icon="worker" title={t('room.noTeam')} />
  return (
    <ListTable
      label={t('fields.team')}
      rows={team}
      rowKey={(row) => `${row.worker}${row.duty}`}
      columns={[
        {
          key: 'name',
          title: t('fields.worker'),
          cell: (row) => <Go to={`/desk/social-workers/${row.worker}`}>{row.name ?? t('fields.worker')}</Go>,
        },
        { key: 'duty', title: t('fields.duty'), width: 180, cell: (row) => t(`teamDuties.${row.duty}`) },
        {
          key: 'key',
          title: t('fields.key'),
          width: 120,
          cell: (row) =>
            row.key ? (
              <Tag tone="progress" icon="star">
                {t('fields.key')}
              </Tag>
            ) : (
              '—'
            ),
        },
      ]}
    />
  )
}

export function AmendmentsView({ contract }: { readonly contract: View }) {
  const { t } = useTranslation('contracts')
  const [asked, setAsked] = useState<{ verb: 'agreeAmendment' | 'declineAmendment'; amendment: string }>()
  const byKey = contract.signatures.some((signature) => signature.byKey)
  const may = (verb: string) => contract.actions.some((action) => action.verb === verb && action.ok)
  if (contract.amendments.length === 0) return <EmptyState icon="contract" title={t('room.noAmendments')} />
  return (
    <ul className={styles.list}>
      {contract.amendments.map((each) => (
        <li key={each.id}>
          <p>
            <PartyMark party={each.proposedBy === 'purchaser' ? 'government' : 'organization'} shape>
              {t(`parties.${each.proposedBy}`)}
            </PartyMark>{' '}
            <Tag tone={each.state === 'proposed' ? 'waiting' : each.state === 'agreed' ? 'done' : 'neutral'}>
              {t(`states.${each.state}`)}
            </Tag>{' '}
            <InstantText instant={each.at} style="compact" />
          </p>
          <p>{each.words}</p>
          {each.growth && (
            <p>
              {t('fields.growth')} <MoneyText amount={each.growth} strong />
            </p>
          )}
          {each.end && (
            <p>
              {t('room.newEnd')} <DateText date={each.end} style="full" />
            </p>
          )}
          {each.dues.map((due) => (
            <p key={due.milestone}>
              {contract.milestones.find((milestone) => milestone.id === due.milestone)?.title} →{' '}
              <DateText date={due.due} style="full" />
            </p>
          ))}
          {each.team && (
            <p>
              {t('room.newTeam')}
              {t('frame:list.colon')}
              {each.team
                .map((member) =>
                  t('frame:list.aside', {
                    text: member.name ?? t('fields.worker'),
                    aside: t(`teamDuties.${member.duty}`),
                  }),
                )
                .join(t('frame:list.separator'))}
            </p>
          )}
          {each.state === 'proposed' && (
            <p className={styles.row}>
              {byKey && <AmendmentSign contract={contract} amendment={each.id} />}
              {!byKey && may('agreeAmendment') && (
                <DeskButton small icon="check" onClick={() => setAsked({ verb: 'agreeAmendment', amendment: each.id })}>
                  {t('verbs.agreeAmendment')}
                </DeskButton>
              )}
              {may('declineAmendment') && (
                <DeskButton
                  small
                  icon="close"
                  onClick={() => setAsked({ verb: 'declineAmendment', amendment: each.id })}
                >
                  {t('verbs.declineAmendment')}
                </DeskButton>
              )}
            </p>
          )}
        </li>
      ))}
      {asked && (
        <VerbDialog
          domain="contracts"
          name={asked.verb}
          verb={{
            endpoint: asked.verb === 'agreeAmendment' ? agreeAmendment : declineAmendment,
            params: { amendment: asked.amendment },
            danger: asked.verb === 'declineAmendment',
          }}
          target={{ id: contract.id, version: contract.version, number: contract.number, title: contract.title }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </ul>
  )
}

export function PapersView({ contract }: { readonly contract: View }) {
  const { t } = useTranslation('contracts')
  return (
    <div className={styles.papers}>
      <DocumentsView contract={contract.id} />
      <section>
        <h3>{t('room.signatures')}</h3>
        {(['purchaser', 'organization'] as const).map((party) => {
          const signed = contract.signatures.find((each) => each.party === party)
          return (
            <p key={party}>
              <PartyMark party={party === 'purchaser' ? 'government' : 'organization'} shape>
                {t(`parties.${party}`)}
              </PartyMark>{' '}
              {signed ? (
                <>
                  <Tag tone="done" icon="seal">
                    {t('room.signed')}
                  </Tag>{' '}
                  {t(signed.byKey ? 'sign.ways.key' : 'sign.ways.paper')}{' '}
                  <InstantText instant={signed.at} style="full" />{' '}
                  {signed.file && (
                    <Go to={`/api/files/${signed.file}`} className={styles.link}>
                      {t('sign.open')}
                    </Go>
                  )}
                  {!signed.byKey && (
                    <>
                      <br />
                      <code className={styles.hash}>{signed.sha256}</code>
                    </>
                  )}
                </>
              ) : (
                <Tag>{t('room.notSigned')}</Tag>
              )}
            </p>
          )
        })}
      </section>
      <section>
        <h3>{t('room.factors')}</h3>
        <p>
          {contract.factors
            .map((step) => t('room.factor', { from: step.from, percent: percentOf(step.factorBps) }))
            .join(t('frame:list.semicolon'))}
        </p>
        {contract.factor && (
          <p>
            <b>
              {t('room.factorNow', { score: contract.factor.score, percent: percentOf(contract.factor.factorBps) })}
            </b>
          </p>
        )}
      </section>
      <section>
        <h3>{t('fields.dataClause')}</h3>
        <p>{contract.dataClause}</p>
      </section>
      {contract.clauses && (
        <section>
          <h3>{t('fields.clauses')}</h3>
          <p>{contract.clauses}</p>
        </section>
      )}
      {contract.breaches.length > 0 && (
        <section>
          <h3>{t('room.breaches')}</h3>
          {contract.breaches.map((each) => (
            <p key={each.at}>
              <Tag tone="bad" icon="alert">
                {t(`breachKinds.${each.kind}`)}
              </Tag>{' '}
              {t('room.recordedBy', { party: t(`parties.${each.by}`) })}{' '}
              <InstantText instant={each.at} style="compact" />
              {t('frame:list.colon')}
              {each.words}
            </p>
          ))}
        </section>
      )}
    </div>
  )
}
