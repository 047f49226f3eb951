// Open data: the endpoints bound to what answers them.
import type { Binding } from '../../platform/action.ts'
import * as packages from './actions/packages.ts'
import * as processes from './actions/processes.ts'

export const openDataRoutes: readonly Binding[] = [
  packages.listOcdsReleases,
  packages.getOcdsRelease,
  packages.listOcdsRecords,
  packages.getOcdsRecord,
  processes.listProcesses,
  processes.getProcess,
  processes.getPublication,
]
