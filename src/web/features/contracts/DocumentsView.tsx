// The documents that a contract generated: open, copy, checksums, and who signed which by what key.
import { useTranslation } from 'react-i18next'
import { listContractDocuments, type DocumentState } from '../../../loop/contracts/contract/documents.ts'
import { parties } from '../../../loop/contracts/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Go } from '../../ui/shared/Go.tsx'
import { PartyMark } from '../../ui/shared/PartyMark.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag, type TagTone } from '../../ui/shared/Tag.tsx'
import styles from './contracts.module.css'

const tones: Readonly<Record<DocumentState, TagTone>> = { open: 'waiting', 'in-force': 'done', lapsed: 'neutral' }

export function DocumentsView({ contract }: { readonly contract: string }) {
  const { t } = useTranslation('contracts')
  const { data, error, refetch } = useAsk(listContractDocuments, { params: { id: contract } })
  return (
    <section>
      <h3>{t('documents.title')}</h3>
      {error ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={2} />
      ) : data.documents.length === 0 ? (
        <p>{t('documents.none')}</p>
      ) : (
        <ol className={styles.documents}>
          {data.documents.toReversed().map((each) => (
            <li key={each.id}>
              <p className={styles.row}>
                <b>{t('documents.name', { n: each.position, kind: t(`documentKinds.${each.kind}`) })}</b>
                <Tag tone={tones[each.state]}>{t(`states.${each.state}`)}</Tag>
                <span>{each.date}</span>
                {each.file && (
                  <Go to={`/api/files/${each.file}`} target="_blank" rel="noreferrer" className={styles.link}>
                    {t('documents.open')}
                  </Go>
                )}
                {each.copy && (
                  <Go to={`/api/files/${each.copy}`} className={styles.link}>
                    {t('documents.copy')}
                  </Go>
                )}
              </p>
              {each.signatures.length > 0 &&
                parties.map((party) => {
                  const signature = each.signatures.find((candidate) => candidate.party === party)
                  return (
                    <p key={party} className={styles.row}>
                      <PartyMark party={party === 'purchaser' ? 'government' : 'organization'} shape>
                        {t(`parties.${party}`)}
                      </PartyMark>
                      {signature ? (
                        <>
                          <Tag tone="done" icon="seal">
                            {t('documents.signed')}
                          </Tag>
                          {signature.by} {t(`signatureKinds.${signature.kind}`)}{' '}
                          <InstantText instant={signature.at} style="full" />
                        </>
                      ) : (
                        <Tag>{t('room.notSigned')}</Tag>
                      )}
                    </p>
                  )
                })}
              <dl className={styles.sums}>
                <dt>{t('sign.hash')}</dt>
                <dd>
                  <code className={styles.hash}>{each.sha256}</code>
                </dd>
                <dt>{t('sign.sm3')}</dt>
                <dd>
                  <code className={styles.hash}>{each.sm3}</code>
                </dd>
              </dl>
            </li>
          ))}
        </ol>
      )}
      <p>
        <Go to="/contracts/verify" className={styles.link}>
          {t('documents.verify')}
        </Go>
      </p>
    </section>
  )
}
