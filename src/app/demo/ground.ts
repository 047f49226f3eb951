// What every part of the demo's making stands on: its places, and what its makers are given.
import { asDivision } from '../../kit/id.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Content } from './content.ts'
import type { Teller } from './story.ts'

export const county = asDivision('320505')
export const townshipCodes = [asDivision('320505001'), asDivision('320505002')] as const

export type Maker = { readonly platform: Platform; readonly teller: Teller; readonly content: Content }
