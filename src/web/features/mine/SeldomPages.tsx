// The pages about myself that are opened now and then, and the survey that asks me.
import { OneOfPages } from '../../ui/resident/OneOfPages.tsx'
import SurveyPage from '../evaluation/resident/SurveyPage.tsx'
import AccountPage from './AccountPage.tsx'
import LooksPage from './LooksPage.tsx'
import MyVotesPage from './MyVotesPage.tsx'
import ProxiesPage from './ProxiesPage.tsx'

const pages = {
  '/mine/votes': MyVotesPage,
  '/mine/looks': LooksPage,
  '/mine/proxies': ProxiesPage,
  '/mine/account': AccountPage,
  '/surveys/$id': SurveyPage,
}

export default function SeldomPages() {
  return <OneOfPages pages={pages} />
}
