// The bar above the head when rows are selected: what can be done to them, and why something cannot.
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskButton } from './DeskButton.tsx'
import type { BulkAct } from './list-page.ts'
import styles from './ListPage.module.css'

type Props<Row> = {
  readonly rows: readonly Row[]
  readonly acts: readonly BulkAct<Row>[]
  readonly busy: boolean
  readonly onAct: (act: BulkAct<Row>) => void
  readonly onClear: () => void
}

export function BulkBar<Row>({ rows, acts, busy, onAct, onClear }: Props<Row>) {
  const { t } = useTranslation('frame')
  const id = useId()
  const judged = acts.map((act) => ({ act, off: act.off?.(rows) }))
  return (
    <div className={styles.bulk} role="group" aria-label={t('listPage.selected', { count: rows.length })}>
      <b>{t('listPage.selected', { count: rows.length })}</b>
      <span className={styles.gap} />
      {judged.map(({ act, off }) => (
        <DeskButton
          key={act.key}
          small
          icon={act.icon}
          off={off !== undefined}
          locked
          busy={busy && off === undefined}
          describedBy={off === undefined ? undefined : `${id}-${act.key}`}
          onClick={() => onAct(act)}
        >
          {act.label}
        </DeskButton>
      ))}
      {judged.flatMap(({ act, off }) =>
        off === undefined
          ? []
          : [
              <span key={act.key} id={`${id}-${act.key}`} className={styles.why}>
                {t('listPage.bulkOff', { verb: act.label, why: off })}
              </span>,
            ],
      )}
      <DeskButton small kind="quiet" onClick={onClear}>
        {t('listPage.unselect')}
      </DeskButton>
    </div>
  )
}
