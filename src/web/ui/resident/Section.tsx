// A section of a residents' page: heading, the way to all of it, content.
import { type ReactNode, useId } from 'react'
import { Go } from '../shared/Go.tsx'
import { Icon } from '../shared/Icon.tsx'
import styles from './layout.module.css'

type Props = {
  readonly title: ReactNode
  /** Words of the link at the right end, e.g. "全部 87 件". */
  readonly more?: string
  readonly moreTo?: string
  /** A short note instead of a link. */
  readonly note?: ReactNode
  /** First section under a band: 24 px instead of 28. */
  readonly first?: boolean
  readonly children: ReactNode
}

export function Section({ title, more, moreTo, note, first, children }: Props) {
  const id = useId()
  return (
    <section className={styles.section} data-first={first || undefined} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {moreTo && (
          <Go to={moreTo} className={styles.more}>
            {more}
            <Icon name="right" size={18} />
          </Go>
        )}
        {note && <span className={styles.note}>{note}</span>}
      </div>
      {children}
    </section>
  )
}
