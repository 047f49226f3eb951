// The page under a tender's address; /tenders/receipt checks the receipt of a bid. A route of its own would weigh on the landing page.
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import TenderPage from './TenderPage.tsx'

const ReceiptCheckPage = lazy(() => import('../procurement/ReceiptCheckPage.tsx'))

export function TenderOrReceipt() {
  const { id } = useParams({ strict: false })
  return id === 'receipt' ? (
    <Suspense fallback={<Skeleton rows={6} />}>
      <ReceiptCheckPage />
    </Suspense>
  ) : (
    <TenderPage />
  )
}
