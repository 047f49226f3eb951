// Needs: what merging and taking apart does to the tree of merged needs. Pure, tested as properties.

/** A need inside a cluster: the one that it was merged into, and the one under which all of them are counted. */
export type Member = { readonly id: string; readonly mergedInto?: string; readonly root: string }

/** Where each of the members is counted now: follows the merges up. Throws on a circle: a fault. */
export function rootsOf(members: readonly Member[]): Map<string, string> {
  const parents = new Map(members.map((member) => [member.id, member.mergedInto]))
  const rootOf = (id: string, steps: number): string => {
    if (steps > members.length) throw new Error('merged in a circle')
    const parent = parents.get(id)
    return parent === undefined ? id : rootOf(parent, steps + 1)
  }
  return new Map(members.map((member) => [member.id, rootOf(member.id, 0)]))
}

/** The members whose root is another one after `changed` took its new place in the cluster. */
export function rerooted(
  members: readonly Member[],
  changed: { readonly id: string; readonly mergedInto?: string; readonly root: string },
): Member[] {
  const next = members.map((member) =>
    member.id === changed.id ? { ...member, mergedInto: changed.mergedInto } : member,
  )
  // A target outside of the loaded members is where the whole branch is counted from now on.
  const roots = rootsOf(
    next.map((member) => (member.id === changed.id ? { ...member, mergedInto: undefined } : member)),
  )
  return next.flatMap((member) => {
    const above = roots.get(member.id) ?? member.root
    const root = above === changed.id ? changed.root : above
    return root === member.root ? [] : [{ ...member, root }]
  })
}
