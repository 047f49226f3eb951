// The residents' pages of volunteering, in one chunk.
import { OneOfPages } from '../../../ui/resident/OneOfPages.tsx'
import CheckProofPage from './CheckProofPage.tsx'
import MyVolunteeringPage from './MyVolunteeringPage.tsx'
import OccasionPage from './OccasionPage.tsx'
import OccasionsPage from './OccasionsPage.tsx'

const pages = {
  '/occasions': OccasionsPage,
  '/occasions/$id': OccasionPage,
  '/mine/volunteering': MyVolunteeringPage,
  '/volunteer-proof': CheckProofPage,
}

export default function Pages() {
  return <OneOfPages pages={pages} />
}
