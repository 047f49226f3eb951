// Hashes and random numbers of a survey's draw, each with what it is.
import { useTranslation } from 'react-i18next'
import styles from './prints.module.css'

/** The first of each pair is a key under `draw`. */
export function Prints({ prints }: { readonly prints: readonly (readonly [string, string])[] }) {
  const { t } = useTranslation('evaluation')
  return (
    <dl className={styles.prints}>
      {prints.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`draw.${key}`)}</dt>
          <dd>
            <code>{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  )
}
