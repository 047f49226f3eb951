// What of mine lies on this device: drafts, needs that wait for the network, results one by one.
import { useTranslation } from 'react-i18next'
import { isEditable, type QueueItem } from '../../../app/offline/queue.ts'
import { useOnline, useQueue } from '../../../app/offline/use-queue.ts'
import { Card } from '../../../ui/resident/Card.tsx'
import { Item, ItemList } from '../../../ui/resident/Item.tsx'
import { Button } from '../../../ui/resident/Button.tsx'
import { Section } from '../../../ui/resident/Section.tsx'
import { useProblemText } from '../../../ui/shared/ErrorState.tsx'
import { Tag, type TagTone } from '../../../ui/shared/Tag.tsx'
import type { IconName } from '../../../ui/shared/icon-paths.ts'
import { needKind } from './raise-content.ts'
import styles from './raise.module.css'

type Shown = { readonly tone: TagTone; readonly icon: IconName; readonly words: string; readonly more?: string }

/** How an item stands, in words. */
export function useItemState(): (item: QueueItem) => Shown {
  const { t } = useTranslation('needs')
  const online = useOnline()
  const problemText = useProblemText()
  return (item) => {
    switch (item.state) {
      case 'draft':
        return { tone: 'neutral', icon: 'pencil', words: t('states.draft') }
      case 'sending':
        return { tone: 'progress', icon: 'up', words: t('resident.queue.sending') }
      case 'sent':
        return { tone: 'done', icon: 'check', words: t('resident.queue.sent'), more: item.answer?.number }
      case 'refused': {
        const fields = item.problem?.fields?.map(({ message }) => message) ?? []
        const why = fields.length > 0 ? fields.join(t('frame:list.comma')) : item.problem && problemText(item.problem)
        return { tone: 'bad', icon: 'alert', words: t('resident.queue.refused'), more: why }
      }
      case 'waiting':
        if (item.problem?.status === 401) return { tone: 'waiting', icon: 'lock', words: t('resident.queue.signIn') }
        return { tone: 'waiting', icon: 'clock', words: t(online ? 'resident.queue.soon' : 'resident.queue.offline') }
    }
  }
}

type Props = {
  /** Left out: the one that is open on the page. */
  readonly except?: string
  /** Drafts stand in another list. */
  readonly withoutDrafts?: boolean
}

/** Nothing when there is nothing. */
export function QueueList({ except, withoutDrafts }: Props) {
  const { t } = useTranslation('needs')
  const { queue, items } = useQueue()
  const stateOf = useItemState()
  const rows = items.filter(
    (item) => item.kind === needKind && item.id !== except && !(withoutDrafts && item.state === 'draft'),
  )
  if (rows.length === 0) return null
  return (
    <Section title={t('resident.queue.title')}>
      <Card>
        <ItemList>
          {rows.map((item) => {
            const shown = stateOf(item)
            const to =
              item.state === 'sent'
                ? `/needs/${item.answer?.id}`
                : isEditable(item)
                  ? `/raise?item=${item.id}`
                  : `/raise/done?item=${item.id}`
            const title = item.label || t('resident.queue.untitled')
            return (
              <Item
                key={item.id}
                to={to}
                title={title}
                meta={[
                  <Tag key="state" round tone={shown.tone} icon={shown.icon}>
                    {shown.words}
                  </Tag>,
                  ...(shown.more && item.state === 'sent' ? [shown.more] : []),
                ]}
                arrow
              >
                {shown.more && item.state !== 'sent' && <p className={styles.why}>{shown.more}</p>}
              </Item>
            )
          })}
        </ItemList>
        {rows.some((item) => item.state === 'sent') && (
          <Button
            kind="quiet"
            wide
            onClick={() => {
              for (const item of rows) if (item.state === 'sent') void queue?.remove(item.id)
            }}
          >
            {t('resident.queue.clear')}
          </Button>
        )}
      </Card>
    </Section>
  )
}
