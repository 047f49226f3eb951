// The domains of the house, in the order of its wings, each with what it declares.
import { participationPermissions } from '../insight/participation/contract.ts'
import { participationIndicators } from '../insight/participation/indicators.ts'
import { participationJobs } from '../insight/participation/reactions.ts'
import { participationRoutes } from '../insight/participation/routes.ts'
import { divisionsPermissions } from '../foundation/divisions/contract.ts'
import { divisionsReactions } from '../foundation/divisions/reactions.ts'
import { divisionsRoutes } from '../foundation/divisions/routes.ts'
import { identityParameters, identityPermissions } from '../foundation/identity/contract.ts'
import { identityJobs } from '../foundation/identity/reactions.ts'
import { identityRoutes } from '../foundation/identity/routes.ts'
import { identityRecords } from '../foundation/identity/search.ts'
import { indicatorsPermissions } from '../foundation/indicators/contract.ts'
import { indicatorsReactions } from '../foundation/indicators/reactions.ts'
import { indicatorsRoutes } from '../foundation/indicators/routes.ts'
import { noticesPermissions } from '../foundation/notices/contract.ts'
import { noticesRoutes } from '../foundation/notices/routes.ts'
import { policyPermissions } from '../foundation/policy/contract.ts'
import { policyReactions } from '../foundation/policy/reactions.ts'
import { policyRoutes } from '../foundation/policy/routes.ts'
import { openDataReactions, openDataJobs } from '../insight/open-data/reactions.ts'
import { openDataPermissions } from '../insight/open-data/contract.ts'
import { openDataPublishedAs } from '../insight/open-data/search.ts'
import { openDataRoutes } from '../insight/open-data/routes.ts'
import {
  deliberationParameters,
  deliberationPermissions,
  deliberationSeparations,
} from '../loop/deliberation/contract/access.ts'
import { deliberationIndicators } from '../loop/deliberation/indicators.ts'
import { deliberationJobs, deliberationReactions, deliberationTimers } from '../loop/deliberation/reactions.ts'
import { deliberationRoutes } from '../loop/deliberation/routes.ts'
import { deliberationRecords } from '../loop/deliberation/search.ts'
import { deliberationStations } from '../loop/deliberation/stations.ts'
import { needsParameters, needsPermissions, needsSeparations } from '../loop/needs/contract/access.ts'
import { needsIndicators } from '../loop/needs/indicators.ts'
import { needsJobs, needsTimers } from '../loop/needs/reactions.ts'
import { needsRoutes } from '../loop/needs/routes.ts'
import { needsRecords } from '../loop/needs/search.ts'
import { needsStations } from '../loop/needs/stations.ts'
import { threadPermissions } from '../loop/thread/contract.ts'
import { threadRoutes } from '../loop/thread/routes.ts'
import { projectsParameters, projectsPermissions, projectsSeparations } from '../loop/projects/contract.ts'
import { projectsIndicators } from '../loop/projects/indicators.ts'
import { projectsTimers } from '../loop/projects/reactions.ts'
import { projectsRoutes } from '../loop/projects/routes.ts'
import { projectsRecords } from '../loop/projects/search.ts'
import { projectsStations } from '../loop/projects/stations.ts'
import { procurementParameters, procurementPermissions, procurementSeparations } from '../loop/procurement/contract.ts'
import { matterParameters, matterPermissions } from '../loop/procurement/contract/matters.ts'
import { sealingParameters, sealingPermissions } from '../loop/procurement/contract/sealing.ts'
import { procurementIndicators } from '../loop/procurement/indicators.ts'
import { procurementReactions, procurementTimers } from '../loop/procurement/reactions.ts'
import { procurementRoutes } from '../loop/procurement/routes.ts'
import { procurementRecords } from '../loop/procurement/search.ts'
import { procurementStations } from '../loop/procurement/stations.ts'
import { contractsParameters, contractsPermissions, contractsSeparations } from '../loop/contracts/contract/access.ts'
import { contractsIndicators } from '../loop/contracts/indicators.ts'
import { contractsReactions } from '../loop/contracts/reactions.ts'
import { contractsRoutes } from '../loop/contracts/routes.ts'
import { contractsRecords } from '../loop/contracts/search.ts'
import { contractsStations } from '../loop/contracts/stations.ts'
import { deliveryParameters, deliveryPermissions } from '../loop/delivery/contract.ts'
import { deliveryIndicators } from '../loop/delivery/indicators.ts'
import { deliveryReactions, deliveryTimers } from '../loop/delivery/reactions.ts'
import { deliveryRoutes } from '../loop/delivery/routes.ts'
import { deliveryRecords } from '../loop/delivery/search.ts'
import { deliveryStations } from '../loop/delivery/stations.ts'
import {
  evaluationParameters,
  evaluationPermissions,
  evaluationSeparations,
} from '../loop/evaluation/contract/access.ts'
import { evaluationIndicators } from '../loop/evaluation/indicators.ts'
import { evaluationReactions, evaluationTimers } from '../loop/evaluation/reactions.ts'
import { evaluationRoutes } from '../loop/evaluation/routes.ts'
import { evaluationRecords } from '../loop/evaluation/search.ts'
import { evaluationStations } from '../loop/evaluation/stations.ts'
import { ventureParameters, venturePermissions, ventureSeparations } from '../loop/venture/contract/access.ts'
import { ventureIndicators } from '../loop/venture/indicators.ts'
import { ventureReactions, ventureTimers } from '../loop/venture/reactions.ts'
import { ventureRoutes } from '../loop/venture/routes.ts'
import { ventureRecords } from '../loop/venture/search.ts'
import { ventureStations } from '../loop/venture/stations.ts'
import { wishesParameters, wishesPermissions, wishesSeparations } from '../loop/wishes/contract/access.ts'
import { wishesIndicators } from '../loop/wishes/indicators.ts'
import { wishesReactions, wishesTimers } from '../loop/wishes/reactions.ts'
import { wishesRoutes } from '../loop/wishes/routes.ts'
import { wishesRecords } from '../loop/wishes/search.ts'
import { wishesStations } from '../loop/wishes/stations.ts'
import type { Domain } from '../platform/declarations.ts'
import { fundsParameters, fundsPermissions, fundsSeparations } from '../registers/funds/contract.ts'
import { fundsIndicators } from '../registers/funds/indicators.ts'
import { fundsRoutes } from '../registers/funds/routes.ts'
import { fundsRecords } from '../registers/funds/search.ts'
import { fundsStations } from '../registers/funds/stations.ts'
import {
  organizationsParameters,
  organizationsPermissions,
  organizationsSeparations,
} from '../registers/organizations/contract.ts'
import { organizationsIndicators } from '../registers/organizations/indicators.ts'
import { organizationsTimers } from '../registers/organizations/reactions.ts'
import { organizationsRoutes } from '../registers/organizations/routes.ts'
import { organizationsRecords } from '../registers/organizations/search.ts'
import { socialWorkersParameters, socialWorkersPermissions } from '../registers/social-workers/contract.ts'
import { socialWorkersIndicators } from '../registers/social-workers/indicators.ts'
import { socialWorkersTimers } from '../registers/social-workers/reactions.ts'
import { socialWorkersRoutes } from '../registers/social-workers/routes.ts'
import { socialWorkersRecords } from '../registers/social-workers/search.ts'
import { volunteersParameters, volunteersPermissions } from '../registers/volunteers/contract.ts'
import { volunteersIndicators } from '../registers/volunteers/indicators.ts'
import { volunteersRoutes } from '../registers/volunteers/routes.ts'
import { volunteersRecords } from '../registers/volunteers/search.ts'

export const domains: readonly Domain[] = [
  { name: 'divisions', routes: divisionsRoutes, permissions: divisionsPermissions, reactions: divisionsReactions },
  {
    name: 'identity',
    routes: identityRoutes,
    permissions: identityPermissions,
    parameters: identityParameters,
    records: identityRecords,
    jobs: identityJobs,
  },
  { name: 'policy', routes: policyRoutes, permissions: policyPermissions, reactions: policyReactions },
  { name: 'notices', routes: noticesRoutes, permissions: noticesPermissions },
  { name: 'indicators', routes: indicatorsRoutes, permissions: indicatorsPermissions, reactions: indicatorsReactions },
  {
    name: 'organizations',
    routes: organizationsRoutes,
    permissions: organizationsPermissions,
    separations: organizationsSeparations,
    parameters: organizationsParameters,
    timers: organizationsTimers,
    indicators: organizationsIndicators,
    records: organizationsRecords,
  },
  {
    name: 'social-workers',
    routes: socialWorkersRoutes,
    permissions: socialWorkersPermissions,
    parameters: socialWorkersParameters,
    timers: socialWorkersTimers,
    indicators: socialWorkersIndicators,
    records: socialWorkersRecords,
  },
  {
    name: 'volunteers',
    routes: volunteersRoutes,
    permissions: volunteersPermissions,
    parameters: volunteersParameters,
    indicators: volunteersIndicators,
    records: volunteersRecords,
  },
  {
    name: 'funds',
    routes: fundsRoutes,
    permissions: fundsPermissions,
    separations: fundsSeparations,
    parameters: fundsParameters,
    stations: fundsStations,
    indicators: fundsIndicators,
    records: fundsRecords,
  },
  {
    name: 'needs',
    routes: needsRoutes,
    permissions: needsPermissions,
    separations: needsSeparations,
    parameters: needsParameters,
    timers: needsTimers,
    jobs: needsJobs,
    stations: needsStations,
    indicators: needsIndicators,
    records: needsRecords,
  },
  {
    name: 'wishes',
    routes: wishesRoutes,
    permissions: wishesPermissions,
    separations: wishesSeparations,
    parameters: wishesParameters,
    reactions: wishesReactions,
    timers: wishesTimers,
    stations: wishesStations,
    indicators: wishesIndicators,
    records: wishesRecords,
  },
  {
    name: 'deliberation',
    routes: deliberationRoutes,
    permissions: deliberationPermissions,
    separations: deliberationSeparations,
    parameters: deliberationParameters,
    reactions: deliberationReactions,
    timers: deliberationTimers,
    jobs: deliberationJobs,
    stations: deliberationStations,
    indicators: deliberationIndicators,
    records: deliberationRecords,
  },
  {
    name: 'projects',
    routes: projectsRoutes,
    permissions: projectsPermissions,
    separations: projectsSeparations,
    parameters: projectsParameters,
    timers: projectsTimers,
    stations: projectsStations,
    indicators: projectsIndicators,
    records: projectsRecords,
  },
  {
    name: 'procurement',
    routes: procurementRoutes,
    permissions: { ...procurementPermissions, ...sealingPermissions, ...matterPermissions },
    separations: procurementSeparations,
    parameters: [...procurementParameters, ...sealingParameters, ...matterParameters],
    reactions: procurementReactions,
    timers: procurementTimers,
    stations: procurementStations,
    indicators: procurementIndicators,
    records: procurementRecords,
  },
  {
    name: 'venture',
    routes: ventureRoutes,
    permissions: venturePermissions,
    separations: ventureSeparations,
    parameters: ventureParameters,
    reactions: ventureReactions,
    timers: ventureTimers,
    stations: ventureStations,
    indicators: ventureIndicators,
    records: ventureRecords,
  },
  {
    name: 'contracts',
    routes: contractsRoutes,
    permissions: contractsPermissions,
    separations: contractsSeparations,
    parameters: contractsParameters,
    reactions: contractsReactions,
    stations: contractsStations,
    indicators: contractsIndicators,
    records: contractsRecords,
  },
  {
    name: 'delivery',
    routes: deliveryRoutes,
    permissions: deliveryPermissions,
    parameters: deliveryParameters,
    reactions: deliveryReactions,
    timers: deliveryTimers,
    stations: deliveryStations,
    indicators: deliveryIndicators,
    records: deliveryRecords,
  },
  {
    name: 'evaluation',
    routes: evaluationRoutes,
    permissions: evaluationPermissions,
    separations: evaluationSeparations,
    parameters: evaluationParameters,
    reactions: evaluationReactions,
    timers: evaluationTimers,
    stations: evaluationStations,
    indicators: evaluationIndicators,
    records: evaluationRecords,
  },
  { name: 'thread', routes: threadRoutes, permissions: threadPermissions },
  {
    name: 'participation',
    routes: participationRoutes,
    permissions: participationPermissions,
    indicators: participationIndicators,
    jobs: participationJobs,
  },
  {
    name: 'open-data',
    routes: openDataRoutes,
    permissions: openDataPermissions,
    reactions: openDataReactions,
    jobs: openDataJobs,
    publishedAs: openDataPublishedAs,
  },
]
