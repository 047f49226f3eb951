// What stands behind a service: tenders, contracts, organizations, and all of it as open data.
import { OneOfPages } from '../../ui/resident/OneOfPages.tsx'
import OpenDataPage from '../open-data/OpenDataPage.tsx'
import ProcessPage from '../open-data/ProcessPage.tsx'
import ContractPage from './ContractPage.tsx'
import OrganizationPage from './OrganizationPage.tsx'
import TenderPage from './TenderPage.tsx'
import TendersPage from './TendersPage.tsx'

const pages = {
  '/tenders': TendersPage,
  '/tenders/$id': TenderPage,
  '/contracts/$id': ContractPage,
  '/organizations/$id': OrganizationPage,
  '/data': OpenDataPage,
  '/data/$id': ProcessPage,
}

export default function PaperPages() {
  return <OneOfPages pages={pages} />
}
