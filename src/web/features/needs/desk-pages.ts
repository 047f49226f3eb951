// Pages on needs for the desk.
import { deskNeedPages } from './desk/pages.ts'

export const deskPages = deskNeedPages
