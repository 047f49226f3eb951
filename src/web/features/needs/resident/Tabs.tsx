// Tabs over a list, remembered in the address.
import { useAddressQuery } from '../../../app/address.ts'
import styles from './board.module.css'

type Props = {
  readonly name: string
  readonly label: string
  readonly tabs: readonly { readonly value: string; readonly label: string }[]
}

/** The first tab is the one without a value in the address. Answers nothing: the page reads the address. */
export function Tabs({ name, label, tabs }: Props) {
  const [query, change] = useAddressQuery()
  const on = query[name] ?? ''
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          aria-current={on === tab.value ? 'true' : undefined}
          onClick={() => change({ [name]: tab.value })}
        >
          {tab.label}
        </button>
      ))}
    </nav>
  )
}
