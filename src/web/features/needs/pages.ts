// Pages on needs for residents.
import { residentNeedPages } from './resident/pages.ts'

export const residentPages = residentNeedPages
