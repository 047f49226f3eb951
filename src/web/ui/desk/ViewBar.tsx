// Views of a list: those the page offers and those the person saved on this device.
import { Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shared/Icon.tsx'
import { DeskButton } from './DeskButton.tsx'
import { DeskDialog } from './DeskDialog.tsx'
import styles from './ListPage.module.css'
import { recall, remember, sameFilters, type View } from './list-page.ts'

type Props = {
  readonly list: string
  readonly views: readonly View[]
  readonly active: Readonly<Record<string, string>>
  readonly onUse: (filters: Readonly<Record<string, string>>) => void
}

export function ViewBar({ list, views, active, onUse }: Props) {
  const { t } = useTranslation('frame')
  const id = useId()
  const [saved, setSaved] = useState<readonly View[]>(() => recall(`${list}.views`, []))
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const all = [...views, ...saved]
  const known = all.some((view) => sameFilters(view.filters, active))
  const keep = (next: readonly View[]) => {
    setSaved(next)
    remember(`${list}.views`, next)
  }
  const save = () => {
    keep([...saved, { key: `saved-${Date.now()}`, label: name.trim(), filters: active }])
    setNaming(false)
    setName('')
  }
  if (all.length === 0 && Object.keys(active).length === 0) return null
  return (
    <div className={styles.views} role="group" aria-label={t('listPage.views')}>
      {all.map((view) => {
        const on = sameFilters(view.filters, active)
        return (
          <span key={view.key} className={styles.view} data-on={on || undefined}>
            <button type="button" aria-pressed={on} onClick={() => onUse(view.filters)}>
              {view.label}
              {view.count !== undefined && <span className={styles.pill}>{view.count}</span>}
            </button>
            {saved.includes(view) && (
              <button
                type="button"
                aria-label={t('listPage.removeView', { name: view.label })}
                onClick={() => keep(saved.filter((each) => each.key !== view.key))}
              >
                <Icon name="close" size={12} />
              </button>
            )}
          </span>
        )
      })}
      {!known && Object.keys(active).length > 0 && (
        <DeskButton small kind="quiet" icon="plus" onClick={() => setNaming(true)}>
          {t('listPage.saveView')}
        </DeskButton>
      )}
      {naming && (
        <DeskDialog
          title={t('listPage.saveView')}
          onClose={() => setNaming(false)}
          foot={
            <>
              <DeskButton onClick={() => setNaming(false)}>{t('cancel')}</DeskButton>
              <DeskButton kind="primary" off={name.trim() === ''} onClick={save}>
                {t('save')}
              </DeskButton>
            </>
          }
        >
          <label htmlFor={id}>{t('listPage.viewName')}</label>
          <Input
            id={id}
            autoFocus
            maxLength={20}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => name.trim() && save()}
          />
        </DeskDialog>
      )}
    </div>
  )
}
