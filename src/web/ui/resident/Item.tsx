// One entry of a list in a card: title, meta line, and whatever hangs below (thread dots, who).
import type { ReactNode } from 'react'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import styles from './layout.module.css'

/** The list inside a card. */
export function ItemList({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.list}>{children}</ul>
}

type Props = {
  readonly to?: string
  readonly title: string
  /** Facts of the meta line. */
  readonly meta?: readonly ReactNode[]
  /** Arrow at the right end (for rows that are mainly a way elsewhere). */
  readonly arrow?: boolean
  readonly tool?: ReactNode
  readonly children?: ReactNode
}

/** Titles break at punctuation, not inside a word. */
export function Clauses({ text }: { readonly text: string }) {
  const clauses = text.split(/(?<=[，。？！；,;?!])/)
  return (
    <>
      {clauses.map((clause, index) => (
        <span key={`${index}${clause}`} className={styles.clause}>
          {clause}
        </span>
      ))}
    </>
  )
}

/** A row with a title; the whole row is the link when `to` is given. */
export function Item({ to, title, meta, arrow, tool, children }: Props) {
  const body = (
    <>
      <span className={styles.grow}>
        <h3 className={styles.itemTitle}>
          <Clauses text={title} />
        </h3>
        {meta && meta.length > 0 && (
          <span className={styles.meta}>
            {meta.map((fact, index) => (
              <span key={index}>{fact}</span>
            ))}
          </span>
        )}
        {children}
      </span>
      {tool}
      {arrow && <Icon name="right" size={20} className={styles.arrow} />}
    </>
  )
  return (
    <li>
      {to ? (
        <Go to={to} className={styles.item}>
          {body}
        </Go>
      ) : (
        <div className={styles.item}>{body}</div>
      )}
    </li>
  )
}
