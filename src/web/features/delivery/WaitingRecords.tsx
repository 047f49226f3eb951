// Service records that lie on this device: waiting for the network, or not accepted.
import { useTranslation } from 'react-i18next'
import { isEditable, type QueueItem } from '../../app/offline/queue.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { useItemState } from '../needs/resident/QueueList.tsx'
import styles from './delivery.module.css'

type Props = {
  readonly items: readonly QueueItem[]
  readonly onOpen: (item: QueueItem) => void
  readonly onDrop: (id: string) => void
}

/** Nothing when there is nothing. */
export function WaitingRecords({ items, onOpen, onDrop }: Props) {
  const { t } = useTranslation('delivery')
  const stateOf = useItemState()
  if (items.length === 0) return null
  return (
    <Section title={t('field.waiting')}>
      <Card>
        <ItemList>
          {items.map((item) => {
            const shown = stateOf(item)
            return (
              <Item
                key={item.id}
                title={item.label}
                meta={[
                  <Tag key="state" round tone={shown.tone} icon={shown.icon}>
                    {shown.words}
                  </Tag>,
                ]}
              >
                {shown.more && <p className={styles.why}>{shown.more}</p>}
                {isEditable(item) && (
                  <span className={styles.acts}>
                    <Button small onClick={() => onOpen(item)}>
                      {t('field.edit')}
                    </Button>
                    <Button kind="quiet" small onClick={() => onDrop(item.id)}>
                      {t('field.drop')}
                    </Button>
                  </span>
                )}
              </Item>
            )
          })}
        </ItemList>
      </Card>
    </Section>
  )
}
