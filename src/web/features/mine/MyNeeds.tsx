// Needs that I raised, drafts among them.
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/resident/Button.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { GrownList } from '../needs/resident/GrownList.tsx'
import { useGrown } from '../needs/resident/more-pages.ts'
import { NeedItem, type NeedRow } from '../needs/resident/NeedItem.tsx'

/** `most`: only the newest, without the button for more. */
export function MyNeeds({ most }: { readonly most?: number }) {
  const { t } = useTranslation(['mine', 'needs'])
  const list = useGrown<NeedRow>(`/api/needs/mine?size=${most ?? 20}`)
  return (
    <GrownList
      list={most ? { ...list, more: undefined } : list}
      row={(row) => <NeedItem key={row.id} row={row} mine />}
      empty={
        <EmptyState
          icon="need"
          title={t('mine:noNeeds')}
          next={t('mine:noNeedsNext')}
          action={
            <Button kind="second" icon="pencil" to="/raise">
              {t('needs:resident.raise.title')}
            </Button>
          }
        />
      }
    />
  )
}
