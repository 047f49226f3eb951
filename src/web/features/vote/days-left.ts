// How many days are left until a moment, today counted as one.
const day = 86_400_000

export function daysLeft(until: string): number {
  return Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / day))
}
