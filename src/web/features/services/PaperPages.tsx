// What stands behind a service: tenders, contracts, organizations, and all of it as open data.
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { OneOfPages } from '../../ui/resident/OneOfPages.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import OpenDataPage from '../open-data/OpenDataPage.tsx'
import ProcessPage from '../open-data/ProcessPage.tsx'
import ContractPage from './ContractPage.tsx'
import OrganizationPage from './OrganizationPage.tsx'
import { TenderOrReceipt } from './TenderOrReceipt.tsx'
import TendersPage from './TendersPage.tsx'

const VerifyPage = lazy(() => import('./VerifyPage.tsx'))

/** `/contracts/verify` is no contract: the page that checks a file. Not a route of its own, whose name every resident would load with the landing page. */
function ContractOrVerify() {
  const { id } = useParams({ strict: false })
  return id === 'verify' ? (
    <Suspense fallback={<Skeleton rows={8} />}>
      <VerifyPage />
    </Suspense>
  ) : (
    <ContractPage />
  )
}

const pages = {
  '/tenders': TendersPage,
  '/tenders/$id': TenderOrReceipt,
  '/contracts/$id': ContractOrVerify,
  '/organizations/$id': OrganizationPage,
  '/data': OpenDataPage,
  '/data/$id': ProcessPage,
}

export default function PaperPages() {
  return <OneOfPages pages={pages} />
}
