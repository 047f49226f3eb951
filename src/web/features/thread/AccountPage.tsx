// The public account of a project: one page to read on the phone, to print on A4, or to take along as PDF for the notice board.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from '@tanstack/react-router'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { getProjectAccount, outcomes } from '../../../loop/thread/contract/account.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Clauses } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { DateText, useDateWords } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { MoneyText, moneyWords } from '../../ui/shared/MoneyText.tsx'
import { QrText } from '../../ui/shared/QrText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import styles from './account.module.css'

type Account = OutputOf<typeof getProjectAccount>
type Props = { readonly account: Account }

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Asked({ account: { asked } }: Props) {
  const { t } = useTranslation('thread')
  const rest = [
    asked.more > 0 && t('account.more', { count: asked.more }),
    asked.private > 0 && t('account.private', { count: asked.private }),
  ].filter(Boolean)
  return (
    <Part title={t('account.asked')}>
      <ol className={styles.sentences}>
        {asked.sentences.map((each) => (
          <li key={each.number ?? each.sentence}>
            <q>{each.sentence}</q>
            <small>
              {[
                each.number,
                each.supports > 0 && t('account.supports', { count: each.supports }),
                t(`account.outcome.${each.outcome}`),
              ]
                .filter(Boolean)
                .join(t('frame:list.comma'))}
            </small>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <p>
          {t(asked.sentences.length > 0 ? 'account.besides' : 'account.only', { what: rest.join(t('account.and')) })}
        </p>
      )}
    </Part>
  )
}

function Decided({ account: { resolution, approvedAt, money, project } }: Props) {
  const { t } = useTranslation('thread')
  const day = useDateWords()
  return (
    <Part title={t('account.decided')}>
      {resolution && (
        <p>
          {resolution.at && t('account.on', { day: day(resolution.at, 'full') })}
          {t('account.resolution', { ...resolution })}
        </p>
      )}
      <p>
        {approvedAt ? t('account.approved', { day: day(approvedAt, 'full') }) : t('account.notApproved')}
        {t('account.budget', { budget: moneyWords(money.budget), source: project.sourceName, mode: project.modeName })}
      </p>
    </Part>
  )
}

function Undertaker({ account: { undertaker, contract, money } }: Props) {
  const { t } = useTranslation('thread')
  const day = useDateWords()
  return (
    <Part title={t('account.undertaker')}>
      {!undertaker && <p>{t('account.noUndertaker')}</p>}
      {undertaker && (
        <p>
          <b>{undertaker.name}</b>
          {undertaker.awardedAt &&
            t(undertaker.bidders === undefined ? 'account.chosen' : 'account.chosenAmong', {
              day: day(undertaker.awardedAt, 'full'),
              count: undertaker.bidders,
              price: moneyWords(money.award ?? '0.00'),
            })}
        </p>
      )}
      {contract && (
        <p>
          {t('account.contract', {
            number: contract.number,
            start: day(contract.start, 'full'),
            end: day(contract.end, 'full'),
          })}
          {contract.amendments > 0 && t('account.amended', { count: contract.amendments })}
          {t('account.milestones', { all: contract.milestones, count: contract.accepted })}
        </p>
      )}
    </Part>
  )
}

function Money({ account: { money, contract } }: Props) {
  const { t } = useTranslation('thread')
  const sums = [
    ['budget', money.budget],
    ['value', contract?.value],
    ['paid', money.paid],
    ['refunded', money.refunded],
  ] as const
  return (
    <Part title={t('account.money')}>
      <dl className={styles.sums}>
        {sums.map(([name, amount]) => (
          <div key={name}>
            <dt>{t(`account.sum.${name}`)}</dt>
            <dd>{amount === undefined ? '—' : <MoneyText amount={amount} unit />}</dd>
          </div>
        ))}
      </dl>
      {money.payments.length > 0 && (
        <ul className={styles.payments}>
          {money.payments.map(({ at, amount }, index) => (
            <li key={`${at}${index}`}>
              <DateText date={at} style="full" />
              <span>
                {t(amount.startsWith('-') ? 'account.takenBack' : 'account.payment')}{' '}
                <MoneyText amount={amount.replace('-', '')} unit />
              </span>
            </li>
          ))}
          {money.morePayments > 0 && <li>{t('account.earlier', { count: money.morePayments })}</li>}
        </ul>
      )}
    </Part>
  )
}

function Findings({ account: { evaluations, outcomes: found } }: Props) {
  const { t } = useTranslation('thread')
  const day = useDateWords()
  return (
    <>
      <Part title={t('account.evaluation')}>
        {evaluations.length === 0 && <p>{t('account.notEvaluated')}</p>}
        {evaluations.map(({ at, score, percent, lot }) => (
          <p key={`${at} ${lot}`}>
            {lot !== undefined && t('account.ofLot', { lot })}
            {t('account.evaluated', { day: day(at, 'full'), score, percent })}
          </p>
        ))}
      </Part>
      <Part title={t('account.verdicts')}>
        <dl className={styles.outcomes}>
          {outcomes.map((outcome) => (
            <div key={outcome}>
              <dt>{t(`account.outcome.${outcome}`)}</dt>
              <dd>{t('account.needs', { count: found[outcome] })}</dd>
            </div>
          ))}
        </dl>
      </Part>
    </>
  )
}

function Sheet({ account }: Props) {
  const { t } = useTranslation('thread')
  const day = useDateWords()
  const { project, asOf } = account
  const page = new URL(`/projects/${project.id}`, window.location.origin).href
  return (
    <article className={styles.sheet}>
      <h2>{t('account.heading')}</h2>
      <dl className={styles.facts}>
        <dt>{t('account.project')}</dt>
        <dd>
          <Clauses text={project.title} /> <span className="no-break">{project.number}</span>
        </dd>
        <dt>{t('account.community')}</dt>
        <dd>{project.divisionName}</dd>
        <dt>{t('account.period')}</dt>
        <dd>
          <DateText date={project.start} style="full" /> {t('account.to')} <DateText date={project.end} style="full" />
        </dd>
        <dt>{t('account.now')}</dt>
        <dd>{t('account.state', { state: project.stateName, day: day(asOf, 'full') })}</dd>
      </dl>
      <Asked account={account} />
      <Decided account={account} />
      <Undertaker account={account} />
      <Money account={account} />
      <Findings account={account} />
      <footer className={styles.foot}>
        <QrText text={page} size={96} label={t('account.code')} />
        <p>
          {t('account.scan')}
          <br />
          <span className={styles.address}>{page}</span>
          <br />
          {t('account.made', { day: day(asOf, 'full') })}
        </p>
      </footer>
    </article>
  )
}

export default function AccountPage() {
  const { t } = useTranslation('thread')
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useAsk(getProjectAccount, { params: { id } })
  return (
    <Page title={t('account.title')} back={`/projects/${id}`}>
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={12} />
      ) : (
        <>
          <div className={styles.tools}>
            <p>{t('account.note')}</p>
            <a
              href={`/api/threads/projects/${data.project.id}/account.pdf`}
              className={styles.pdf}
              target="_blank"
              rel="noreferrer"
            >
              {t('account.pdf')}
            </a>
            <Button kind="second" onClick={() => window.print()}>
              {t('account.print')}
            </Button>
          </div>
          <Card pad>
            <Sheet account={data} />
          </Card>
        </>
      )}
    </Page>
  )
}
