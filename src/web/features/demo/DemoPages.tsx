// The demo's own pages in one chunk: whom to become, and the tour.
import { OneOfPages } from '../../ui/resident/OneOfPages.tsx'
import DemoPeoplePage from './DemoPeoplePage.tsx'
import TourPage from './TourPage.tsx'

const pages = { '/demo': DemoPeoplePage, '/demo/tour': TourPage }

export default function DemoPages() {
  return <OneOfPages pages={pages} />
}
