// Needs: where the point of a need may lie. Pure.
import { type Box, isInBox, type Point } from '../../../kit/point.ts'

/** Degrees by which a point may lie outside the box of its county: some three kilometres, for boundaries that are drawn roughly. */
const margin = 0.03

/** A county with the box around it. */
export type PointArea = { readonly name: string; readonly box: Box }

/** Whether a need of the county may carry this point. */
export function isPointOf(area: PointArea, point: Point): boolean {
  return isInBox(point, area.box, margin)
}
