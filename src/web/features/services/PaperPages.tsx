// What stands behind a service: tenders, contracts, organizations.
import { OneOfPages } from '../../ui/resident/OneOfPages.tsx'
import ContractPage from './ContractPage.tsx'
import OrganizationPage from './OrganizationPage.tsx'
import { TenderOrReceipt } from './TenderOrReceipt.tsx'
import TendersPage from './TendersPage.tsx'

const pages = {
  '/tenders': TendersPage,
  '/tenders/$id': TenderOrReceipt,
  '/contracts/$id': ContractPage,
  '/organizations/$id': OrganizationPage,
}

export default function PaperPages() {
  return <OneOfPages pages={pages} />
}
