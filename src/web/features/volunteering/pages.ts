// Pages on volunteering and community activities that residents open: one chunk, the program that every page loads names it once.
import type { WebPage } from '../../app/page-registry.ts'

const page = () => import('./resident/Pages.tsx')

export const residentPages: readonly WebPage[] = [
  { path: '/occasions', page },
  { path: '/occasions/$id', page },
  { path: '/mine/volunteering', page },
  { path: '/volunteer-proof', page },
]
