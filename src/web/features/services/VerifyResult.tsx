// What a check of a contract's file found: whose it is, whether a byte changed, which signatures hold.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { verifyContractDocument } from '../../../loop/contracts/contract/documents.ts'
import { parties } from '../../../loop/contracts/contract.ts'
import { Card } from '../../ui/resident/Card.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import type { IconName } from '../../ui/shared/icon-paths.ts'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { PartyMark } from '../../ui/shared/PartyMark.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './verify.module.css'

type Answer = OutputOf<typeof verifyContractDocument>
type Document = NonNullable<Answer['document']>

export type Checked = {
  readonly name: string
  readonly sha256: string
  readonly sm3: string
  readonly answer: Answer
  /** By signature: whether this browser found that it holds over this file. */
  readonly held: readonly boolean[]
}

type Verdict = 'sound' | 'waits' | 'paper' | 'lapsed' | 'record' | 'altered-file' | 'altered-record' | 'unknown'

/** The one sentence on top. What the server says of a signature counts only where this browser finds the same. */
function verdictOf({ answer, held, sm3 }: Checked): Verdict {
  if (answer.result !== 'known') return answer.result
  const { document } = answer
  if (!document || !answer.sound || document.sm3 !== sm3 || held.includes(false)) return 'record'
  if (document.state === 'lapsed') return 'lapsed'
  if (document.state === 'open') return 'waits'
  return document.signedByKey ? 'sound' : 'paper'
}

const faces: Readonly<Record<Verdict, { readonly tone: 'good' | 'note' | 'bad'; readonly icon: IconName }>> = {
  sound: { tone: 'good', icon: 'check' },
  paper: { tone: 'good', icon: 'check' },
  waits: { tone: 'note', icon: 'clock' },
  lapsed: { tone: 'note', icon: 'info' },
  record: { tone: 'bad', icon: 'alert' },
  'altered-file': { tone: 'bad', icon: 'alert' },
  'altered-record': { tone: 'bad', icon: 'alert' },
  unknown: { tone: 'bad', icon: 'alert' },
}

function Facts({ document }: { readonly document: Document }) {
  const { t } = useTranslation(['services', 'contracts'])
  const party = (each: Document['purchaser']) => (
    <>
      {each.name}
      {each.uscc && <small className={styles.code}>{each.uscc}</small>}
    </>
  )
  return (
    <dl className={styles.facts}>
      <dt>{t('verify.contract')}</dt>
      <dd>
        {document.contract.open ? (
          <Go to={`/contracts/${document.contract.id}`} className={styles.link}>
            {document.contract.number} {document.contract.title}
          </Go>
        ) : (
          `${document.contract.number} ${document.contract.title}`
        )}
      </dd>
      <dt>{t('verify.document')}</dt>
      <dd>
        {t(`contracts:documentKinds.${document.kind}`)}{' '}
        <Tag round tone={document.state === 'in-force' ? 'done' : 'neutral'}>
          {t(document.superseded ? 'verify.superseded' : `contracts:states.${document.state}`)}
        </Tag>
      </dd>
      <dt>{t('contracts:parties.purchaser')}</dt>
      <dd>{party(document.purchaser)}</dd>
      <dt>{t('contracts:parties.organization')}</dt>
      <dd>{party(document.undertaker)}</dd>
      <dt>{t('verify.value')}</dt>
      <dd>
        <MoneyText amount={document.value} unit strong />
      </dd>
      <dt>{t('verify.date')}</dt>
      <dd>{document.date}</dd>
      {document.previous && (
        <>
          <dt>{t('verify.previous')}</dt>
          <dd>
            <code className={styles.hash}>{document.previous}</code>
          </dd>
        </>
      )}
    </dl>
  )
}

function Signatures({ document, held }: { readonly document: Document; readonly held: readonly boolean[] }) {
  const { t } = useTranslation(['services', 'contracts'])
  return (
    <ul className={styles.signatures}>
      {parties.map((party) => {
        const index = document.signatures.findIndex((each) => each.party === party)
        const signature = document.signatures[index]
        const good = signature !== undefined && signature.faults.length === 0 && held[index] === true
        return (
          <li key={party}>
            <p className={styles.signer}>
              <PartyMark party={party === 'purchaser' ? 'government' : 'organization'}>
                {t(`contracts:parties.${party}`)}
              </PartyMark>
              {signature ? (
                <Tag round tone={good ? 'done' : 'bad'} icon={good ? 'check' : 'alert'}>
                  {t(good ? 'verify.holds' : 'verify.fails')}
                </Tag>
              ) : (
                <Tag round>{t('verify.notSigned')}</Tag>
              )}
            </p>
            {signature && (
              <p className={styles.small}>
                {t(`contracts:signatureKinds.${signature.kind}`)}
                {t('frame:list.comma')}
                <InstantText instant={signature.at} style="full" />
              </p>
            )}
            {signature?.faults.map((fault) => (
              <p key={fault} className={styles.fault}>
                {t(`contracts:signatureFaults.${fault}`)}
              </p>
            ))}
            {signature && held[index] === true && <p className={styles.small}>{t('verify.here')}</p>}
            {signature && (
              <p className={styles.small}>
                {t('verify.fingerprint')} <code className={styles.hash}>{signature.fingerprint}</code>
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export function VerifyResult({ checked }: { readonly checked: Checked }) {
  const { t } = useTranslation(['services', 'contracts'])
  const verdict = verdictOf(checked)
  const { tone, icon } = faces[verdict]
  const { document, result } = checked.answer
  return (
    <Section title={t('verify.result')}>
      <Card pad>
        <div className={styles.verdict} data-tone={tone}>
          <Icon name={icon} size={26} />
          <div>
            <b>{t(`verify.verdicts.${verdict}`)}</b>
            <p>{t(`verify.next.${verdict}`)}</p>
          </div>
        </div>
        {document && document.faults.length > 0 && (
          <ul className={styles.faults}>
            {document.faults.map((fault) => (
              <li key={fault} className={styles.fault}>
                {t(`contracts:documentFaults.${fault}`)}
              </li>
            ))}
          </ul>
        )}
        {document && <Facts document={document} />}
        {document && result === 'known' && document.signatures.length > 0 && (
          <Signatures document={document} held={checked.held} />
        )}
        <dl className={styles.facts}>
          <dt>{t('verify.file')}</dt>
          <dd>{checked.name}</dd>
          <dt>{t('verify.sha256')}</dt>
          <dd>
            <code className={styles.hash}>{checked.sha256}</code>
          </dd>
          <dt>{t('verify.sm3')}</dt>
          <dd>
            <code className={styles.hash}>{checked.sm3}</code>
          </dd>
        </dl>
      </Card>
    </Section>
  )
}
