// Stands in for zod in the browser build: contracts may describe endpoints, nothing is ever parsed here (docs/decisions/0004).

type Inert = { (): Inert; readonly [key: string]: Inert }

const target = () => undefined

/** Answers itself to every property and every call, so that `z.object({…}).extend(…)` costs nothing and means nothing. */
const inert = new Proxy(target, {
  get(_target, key) {
    // not a promise, not iterable beyond nothing, and text where text is asked for
    if (key === 'then') return undefined
    if (key === Symbol.iterator) return () => [][Symbol.iterator]()
    if (key === Symbol.toPrimitive) return () => ''
    return inert
  },
  apply: () => inert,
}) as unknown

export const z = inert as Inert
