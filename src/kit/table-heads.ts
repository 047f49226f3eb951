// The heads of an uploaded table: how their names are compared, and where each known column stands. Pure.

/** How names are compared: without blanks, marks of required columns and what stands in brackets. */
export function plainHead(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\(.*?\)/g, '')
    .replaceAll(/[\s*:]/g, '')
}

/** Where each column stands, which required ones are missing, and the heads that mean nothing to us. `names`: by plainHead. */
export function placeColumns<C extends string>(
  head: readonly string[],
  names: ReadonlyMap<string, C>,
  required: readonly C[],
): { readonly at: ReadonlyMap<C, number>; readonly missing: C[]; readonly ignored: string[] } {
  const at = new Map<C, number>()
  const ignored: string[] = []
  head.forEach((text, place) => {
    const column = names.get(plainHead(text))
    if (column !== undefined && !at.has(column)) at.set(column, place)
    else if (text !== '') ignored.push(text)
  })
  return { at, missing: required.filter((column) => !at.has(column)), ignored }
}
