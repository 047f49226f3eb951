// The facts of a record in three columns: label grey, value beside it.
import type { ReactNode } from 'react'
import styles from './record-parts.module.css'

export type Fact = {
  readonly label: string
  readonly value: ReactNode /** Columns that it takes: 1 unless told. */
  readonly span?: 1 | 2 | 3
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.label} data-span={fact.span}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
