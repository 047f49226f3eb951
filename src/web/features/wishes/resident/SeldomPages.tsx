// The pages of wishes that few people open.
import { OneOfPages } from '../../../ui/resident/OneOfPages.tsx'
import ApplyBodyPage from './ApplyBodyPage.tsx'
import AskWishPage from './AskWishPage.tsx'
import BodyPage from './BodyPage.tsx'
import GiversPage from './GiversPage.tsx'
import MyWishesPage from './MyWishesPage.tsx'

const pages = {
  '/wishes/givers': GiversPage,
  '/wishes/new': AskWishPage,
  '/mine/wishes': MyWishesPage,
  '/supporting-bodies/new': ApplyBodyPage,
  '/supporting-bodies/$id': BodyPage,
}

export default function SeldomPages() {
  return <OneOfPages pages={pages} />
}
