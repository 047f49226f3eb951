// Whether all books balance, asked when opened.
import { useTranslation } from 'react-i18next'
import { booksBalance } from '../../../registers/funds/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './funds.module.css'

export function BooksCheck({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('funds')
  const { data, error, refetch } = useAsk(booksBalance, {}, { staleTime: 0 })
  return (
    <DeskDialog
      title={t('verbs.booksBalance')}
      onClose={onClose}
      foot={
        <DeskButton kind="primary" onClick={onClose}>
          {t('frame:close')}
        </DeskButton>
      }
    >
      {error && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton rows={3} />}
      {data && (
        <div className={styles.check}>
          <p>
            <Tag tone={data.balanced ? 'done' : 'bad'} icon={data.balanced ? 'check' : 'alert'} strong>
              {t(data.balanced ? 'check.balanced' : 'check.wrong')}
            </Tag>
          </p>
          <p>{t('check.counts', { accounts: data.accounts, transfers: data.transfers })}</p>
          <p>
            {t('check.total')} <MoneyText amount={data.total} unit strong />
          </p>
          {data.wrong.length > 0 && (
            <ul>
              {data.wrong.map((each) => (
                <li key={each.account}>
                  {each.account}
                  {t('frame:list.colon')}
                  <MoneyText amount={each.balance} /> ≠ <MoneyText amount={each.postings} />
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </DeskDialog>
  )
}
