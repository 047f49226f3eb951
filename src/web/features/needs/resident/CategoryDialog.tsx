// The twenty classes of needs and their kinds, to choose one.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { categoryCodes } from '../../../../loop/needs/contract/taxonomy.ts'
import { Dialog } from '../../../ui/resident/Dialog.tsx'
import { Icon } from '../../../ui/shared/Icon.tsx'
import type { Category } from './raise-draft.ts'
import styles from './raise.module.css'

const classes = categoryCodes.filter((code) => code.length === 2)

export default function CategoryDialog({
  onClose,
  onChoose,
}: {
  readonly onClose: () => void
  readonly onChoose: (category: Category) => void
}) {
  const { t } = useTranslation('needs')
  const [open, setOpen] = useState<string>()
  return (
    <Dialog title={t('resident.raise.chooseCategory')} onClose={onClose}>
      <ul className={styles.classes}>
        {classes.map((code) => {
          const kinds = categoryCodes.filter((kind) => kind.length > 2 && kind.startsWith(code))
          return (
            <li key={code}>
              <button
                type="button"
                className={styles.class}
                aria-expanded={kinds.length > 0 ? open === code : undefined}
                onClick={() => (kinds.length === 0 ? onChoose(code) : setOpen(open === code ? undefined : code))}
              >
                {t(`categories.${code}`)}
                <Icon name={kinds.length > 0 ? 'open' : 'right'} size={20} />
              </button>
              {open === code && (
                <div className={styles.kinds}>
                  {kinds.map((kind) => (
                    <button key={kind} type="button" className={styles.chip} onClick={() => onChoose(kind)}>
                      {t(`categories.${kind}`)}
                    </button>
                  ))}
                  <button type="button" className={styles.chip} onClick={() => onChoose(code)}>
                    {t('resident.raise.otherOfClass')}
                  </button>
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
