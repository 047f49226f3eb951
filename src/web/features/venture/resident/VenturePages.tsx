// The residents' pages of venture calls, in one piece of the program: whoever opens one reads on in the others.
import { OneOfPages } from '../../../ui/resident/OneOfPages.tsx'
import CallPage from './CallPage.tsx'
import CallsPage from './CallsPage.tsx'
import ProposalPage from './ProposalPage.tsx'

const pages = { '/venture': CallsPage, '/venture/$id': CallPage, '/venture/proposals/$id': ProposalPage }

export default function VenturePages() {
  return <OneOfPages pages={pages} />
}
