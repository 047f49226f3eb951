// Where the desk shows a record of a kind, and with which icon: links of my work, notices, related records and threads.
import type { IconName } from '../ui/shared/icon-paths.ts'
import { deskPages } from './page-registry.ts'

type Home = { readonly icon: IconName; /** Addresses that may hold the record's page; the first that a feature offers is used. */ readonly at: readonly string[] }

const homes: Readonly<Record<string, Home>> = {
  need: { icon: 'need', at: ['/desk/needs'] },
  motion: { icon: 'deliberation', at: ['/desk/deliberation'] },
  project: { icon: 'project', at: ['/desk/projects'] },
  tender: { icon: 'tender', at: ['/desk/procurement', '/desk/tenders'] },
  bid: { icon: 'tender', at: ['/desk/bids', '/desk/procurement/bids'] },
  contract: { icon: 'contract', at: ['/desk/contracts'] },
  milestone: { icon: 'contract', at: ['/desk/milestones'] },
  'service-record': { icon: 'delivery', at: ['/desk/delivery', '/desk/service-records', '/desk/delivery/records'] },
  evaluation: { icon: 'evaluation', at: ['/desk/evaluation', '/desk/evaluations'] },
  organization: { icon: 'organization', at: ['/desk/organizations'] },
  worker: { icon: 'worker', at: ['/desk/social-workers'] },
  transfer: { icon: 'yuan', at: ['/desk/funds/transfers', '/desk/transfers', '/desk/funds'] },
  account: { icon: 'yuan', at: ['/desk/funds/accounts', '/desk/funds'] },
  person: { icon: 'person', at: ['/desk/residents'] },
  assignment: { icon: 'key', at: ['/desk/assignments'] },
  'oidc-client': { icon: 'link', at: ['/desk/oidc-clients'] },
}

/** The desk's page of a record; undefined when no feature shows records of this kind. */
export function recordPath(kind: string, id: string | undefined): string | undefined {
  if (id === undefined) return undefined
  const home = homes[kind]?.at.find((path) => deskPages.some((page) => page.path === `${path}/$id`))
  return home && `${home}/${id}`
}

/** The icon of a kind of record. */
export function recordIcon(kind: string): IconName {
  return homes[kind]?.icon ?? 'document'
}
