// Which kind of need it is: proposals taken from what neighbours raised alike, else the list of all classes; the community confirms it.
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/resident/Card.tsx'
import { FieldFrame } from '../../../ui/resident/FieldFrame.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import type { Category } from './raise-draft.ts'
import styles from './raise.module.css'

const CategoryDialog = lazy(() => import('./CategoryDialog.tsx'))

type Props = {
  readonly value: Category | undefined
  readonly proposed: readonly Category[]
  /** Where the value was proposed and not chosen: says so. */
  readonly note?: string
  readonly fault: string | undefined
  readonly onChange: (category: Category) => void
}

/** "物业与公共设施 · 道路与照明" */
export function useCategoryWords(): (code: string) => string {
  const { t } = useTranslation('needs')
  return (code) =>
    code.length > 2 ? `${t(`categories.${code.slice(0, 2)}`)} · ${t(`categories.${code}`)}` : t(`categories.${code}`)
}

export function CategoryField({ value, proposed, note, fault, onChange }: Props) {
  const { t } = useTranslation('needs')
  const words = useCategoryWords()
  const [open, setOpen] = useState(false)
  return (
    <FieldFrame group label={t('fields.category')} remark={t('resident.raise.categoryConfirmed')} fault={fault}>
      {() => (
        <>
          {value ? (
            <Card className={styles.chosen}>
              <b>
                {words(value)}
                {note && <small role="status">{note}</small>}
              </b>
              <button type="button" className={styles.swap} onClick={() => setOpen(true)}>
                {t('resident.raise.swap')}
              </button>
            </Card>
          ) : (
            <div className={styles.chips}>
              {proposed.map((code) => (
                <button key={code} type="button" className={styles.chip} onClick={() => onChange(code)}>
                  {t(`categories.${code}`)}
                </button>
              ))}
              <button type="button" className={styles.chip} data-more onClick={() => setOpen(true)}>
                {t(proposed.length > 0 ? 'resident.raise.otherCategory' : 'resident.raise.chooseCategory')}
                <Icon name="right" size={18} />
              </button>
            </div>
          )}
          {open && (
            <Suspense fallback={null}>
              <CategoryDialog
                onClose={() => setOpen(false)}
                onChoose={(code) => {
                  setOpen(false)
                  onChange(code)
                }}
              />
            </Suspense>
          )}
        </>
      )}
    </FieldFrame>
  )
}
