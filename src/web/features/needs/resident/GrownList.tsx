// A list in a card that grows under a button; waiting, failed and empty included.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/resident/Button.tsx'
import { Card } from '../../../ui/resident/Card.tsx'
import { ItemList } from '../../../ui/resident/Item.tsx'
import { ErrorState } from '../../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../../ui/shared/Skeleton.tsx'
import type { Grown } from './more-pages.ts'
import styles from './board.module.css'

type Props<Row> = { readonly list: Grown<Row>; readonly row: (row: Row) => ReactNode; readonly empty: ReactNode }

export function GrownList<Row>({ list, row, empty }: Props<Row>) {
  const { t } = useTranslation('needs')
  return (
    <>
      <Card>
        {list.problem ? (
          <ErrorState problem={list.problem} onRetry={list.retry} />
        ) : !list.rows ? (
          <Skeleton rows={8} />
        ) : list.rows.length === 0 ? (
          empty
        ) : (
          <ItemList>{list.rows.map(row)}</ItemList>
        )}
      </Card>
      {list.more && (
        <div className={styles.more}>
          <Button kind="plain" wide busy={list.busy} onClick={list.more}>
            {t('resident.more')}
          </Button>
        </div>
      )}
    </>
  )
}
