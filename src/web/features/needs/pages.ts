// Pages on needs: the residents' and the desk's.
import { deskNeedPages } from './desk/pages.ts'
import { residentNeedPages } from './resident/pages.ts'

export const residentPages = residentNeedPages
export const deskPages = deskNeedPages
