// Endpoints of projects bound to their actions.
import type { Binding } from '../../platform/action.ts'
import * as design from './actions/design.ts'
import * as purchase from './actions/purchase.ts'
import * as read from './actions/read.ts'
import * as review from './actions/review.ts'
import * as templates from './actions/templates.ts'

export const projectsRoutes: readonly Binding[] = [
  read.listProjects,
  read.listDeskProjects,
  read.getBenchmarks,
  read.getProject,
  design.designProject,
  design.editProject,
  design.submitProject,
  design.terminateProject,
  review.commentOnProject,
  review.closeComment,
  review.approveProject,
  review.sendBackProject,
  purchase.listPurchaseItems,
  purchase.addPurchaseItem,
  purchase.removePurchaseItem,
  templates.listTemplates,
  templates.getTemplate,
  templates.makeTemplate,
  templates.editTemplate,
  templates.retireTemplate,
  templates.offerTemplateAgain,
  templates.keepAsTemplate,
]
