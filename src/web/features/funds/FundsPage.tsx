// The accounts of a place as a tree, the statement of the chosen one beside it, and what money people do from here.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { allot, bookSource, listAccounts } from '../../../registers/funds/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { addressOf } from '../../app/client.ts'
import { problemOf } from '../../app/problem.ts'
import { currentAssignment, useMay, useSession } from '../../app/session.ts'
import { CategoryPicker } from '../../ui/desk/CategoryPicker.tsx'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { DeskPage } from '../../ui/desk/DeskPage.tsx'
import { ExportButton } from '../../ui/desk/ExportButton.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { AccountStatement } from './AccountStatement.tsx'
import { AccountTree } from './AccountTree.tsx'
import { BooksCheck } from './BooksCheck.tsx'
import styles from './funds.module.css'

type Opened = 'book' | 'allot' | 'check'

export default function FundsPage() {
  const { t } = useTranslation('funds')
  const go = useGo()
  const session = useSession()
  const { id } = useParams({ strict: false })
  const [query, change] = useAddressQuery()
  const [opened, setOpened] = useState<Opened>()
  const mayBook = useMay('funds.book')
  const mayAllot = useMay('funds.allot')
  const mayCheck = useMay('funds.check-books')
  const asked = { size: 100, division: query['division'] }
  const { data, error, refetch } = useAsk(listAccounts, { query: asked })
  const rows = data?.rows ?? []
  const chosen = id ?? query['account'] ?? rows[0]?.id
  const account = rows.find((row) => row.id === chosen)
  const place = currentAssignment(session)?.division
  const close = () => setOpened(undefined)
  const done = () => {
    showToast(t('proposed'))
    close()
  }
  return (
    <DeskPage
      title={t('desk.title')}
      note={t('desk.note')}
      actions={
        <>
          <ExportButton
            address={(format) =>
              addressOf(`${listAccounts.path}/export`, { query: { ...asked, size: undefined, format } })
            }
          />
          {mayCheck && (
            <DeskButton icon="balance" onClick={() => setOpened('check')}>
              {t('verbs.booksBalance')}
            </DeskButton>
          )}
          <DeskButton icon="swap" to="/desk/funds/transfers">
            {t('desk.transfers')}
          </DeskButton>
          {mayAllot && account?.stage === 'pool' && (
            <DeskButton icon="send" onClick={() => setOpened('allot')}>
              {t('verbs.allot')}
            </DeskButton>
          )}
          {mayBook && (
            <DeskButton kind="primary" icon="plus" onClick={() => setOpened('book')}>
              {t('verbs.bookSource')}
            </DeskButton>
          )}
        </>
      }
    >
      {error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton rows={8} />}
      {data && rows.length === 0 && (
        <DeskCard>
          <EmptyState icon="yuan" title={t('desk.empty')} next={t('desk.emptyNext')} />
        </DeskCard>
      )}
      {rows.length > 0 && (
        <div className={styles.two}>
          <DeskCard title={t('desk.accounts')} extra={<span className={styles.unit}>{t('desk.unit')}</span>}>
            <AccountTree
              rows={rows}
              chosen={chosen}
              onChoose={(next) => (id ? go(`/desk/funds?account=${next}`) : change({ account: next }))}
            />
            <p className={styles.foot}>{t('desk.negative')}</p>
          </DeskCard>
          {chosen && <AccountStatement id={chosen} />}
        </div>
      )}
      {opened === 'book' && (
        <DeskDialog title={t('verbs.bookSource')} onClose={close} wide>
          <p className={styles.hint}>{t('desk.twoPersons')}</p>
          <ContractForm
            endpoint={bookSource}
            domain="funds"
            initial={{ division: place, earmark: 'general' }}
            overrides={{
              earmark: {
                control: (
                  <CategoryPicker
                    label={t('fields.earmark')}
                    first={[{ value: 'general', label: t('earmarks.general') }]}
                  />
                ),
              },
            }}
            submitLabel={t('desk.propose')}
            onDone={done}
            onCancel={close}
          />
        </DeskDialog>
      )}
      {opened === 'allot' && account && (
        <DeskDialog title={t('verbs.allot')} onClose={close} wide>
          <p className={styles.hint}>{t('desk.twoPersons')}</p>
          <ContractForm
            endpoint={allot}
            domain="funds"
            fixed={{ account: account.id }}
            submitLabel={t('desk.propose')}
            onDone={done}
            onCancel={close}
          />
        </DeskDialog>
      )}
      {opened === 'check' && <BooksCheck onClose={close} />}
    </DeskPage>
  )
}
