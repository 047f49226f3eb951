// Two lists: what may be chosen and what is chosen; with search, by keyboard too.
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskButton } from './DeskButton.tsx'
import styles from './TransferList.module.css'

export type TransferItem = { readonly key: string; readonly label: string; readonly note?: string }

type Props = {
  readonly items: readonly TransferItem[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly titles?: { readonly available: string; readonly chosen: string }
}

type SideProps = {
  readonly title: string
  readonly items: readonly TransferItem[]
  readonly marked: readonly string[]
  readonly onMark: (marked: readonly string[]) => void
}

function Side({ title, items, marked, onMark }: SideProps) {
  const { t } = useTranslation('frame')
  const [search, setSearch] = useState('')
  const shown = items.filter((item) => `${item.label}${item.note ?? ''}`.includes(search.trim()))
  return (
    <section className={styles.side} aria-label={title}>
      <div className={styles.head}>
        <b>{title}</b>
        <span>{items.length}</span>
      </div>
      <Input
        size="small"
        allowClear
        placeholder={t('transfer.search')}
        aria-label={`${title} ${t('transfer.search')}`}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {shown.length === 0 ? (
        <p className={styles.none}>{t('transfer.none')}</p>
      ) : (
        <ul>
          {shown.map((item) => (
            <li key={item.key}>
              <Checkbox
                checked={marked.includes(item.key)}
                onChange={(event) =>
                  onMark(event.target.checked ? [...marked, item.key] : marked.filter((key) => key !== item.key))
                }
              >
                {item.label}
                {item.note && <small>{item.note}</small>}
              </Checkbox>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function TransferList({ items, chosen, onChange, titles }: Props) {
  const { t } = useTranslation('frame')
  const [left, setLeft] = useState<readonly string[]>([])
  const [right, setRight] = useState<readonly string[]>([])
  return (
    <div className={styles.transfer}>
      <Side
        title={titles?.available ?? t('transfer.available')}
        items={items.filter((item) => !chosen.includes(item.key))}
        marked={left}
        onMark={setLeft}
      />
      <div className={styles.arrows}>
        <DeskButton
          small
          icon="right"
          off={left.length === 0}
          onClick={() => {
            onChange([...chosen, ...left])
            setLeft([])
          }}
        >
          {t('transfer.add')}
        </DeskButton>
        <DeskButton
          small
          icon="left"
          off={right.length === 0}
          onClick={() => {
            onChange(chosen.filter((key) => !right.includes(key)))
            setRight([])
          }}
        >
          {t('transfer.remove')}
        </DeskButton>
      </div>
      <Side
        title={titles?.chosen ?? t('transfer.chosen')}
        items={items.filter((item) => chosen.includes(item.key))}
        marked={right}
        onMark={setRight}
      />
    </div>
  )
}
