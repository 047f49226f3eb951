// Every version of a tender's terms since its publication: why it changed, and each part as it was and as it is.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { useTermsWords } from './terms-words.ts'
import styles from './matters.module.css'

type View = OutputOf<typeof getTender>

export function TermsVersions({ versions }: { readonly versions: View['versions'] }) {
  const { t } = useTranslation('procurement')
  const words = useTermsWords()
  return (
    <ol className={styles.list} reversed>
      {versions.toReversed().map((version, index, all) => {
        const before = all[index + 1]
        return (
          <li key={version.number}>
            <p className={styles.head}>
              <b>{t('versions.number', { n: version.number })}</b>
              {index === 0 && <Tag tone="done">{t('versions.inForce')}</Tag>}
              {before && version.binding && <Tag tone="waiting">{t('versions.binding')}</Tag>}
              <InstantText instant={version.at} style="compact" />
            </p>
            <p className={styles.asked}>{version.reason ?? t('versions.first')}</p>
            {before && (
              <dl className={styles.changes}>
                {version.changed.map((part) => (
                  <div key={part}>
                    <dt>{t(`changedParts.${part}`)}</dt>
                    <dd>
                      {part !== 'files' && <del>{words(before, part)}</del>}
                      <ins>{words(version, part)}</ins>
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        )
      })}
    </ol>
  )
}
