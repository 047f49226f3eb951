// Whether the desk is held in a hand: lists then show the columns that matter most, the others by choice.

export function isNarrow(): boolean {
  return window.matchMedia('(max-width: 640px)').matches
}
