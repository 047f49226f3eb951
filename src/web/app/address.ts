// The page's address as state: filters and pages live in the query string, so that a link shows the same thing to the next person.
import { useRouter, useRouterState } from '@tanstack/react-router'

/** Going somewhere from code: `go('/needs/320505-…')`. */
export function useGo(): (href: string, how?: { readonly replace?: boolean }) => void {
  const router = useRouter()
  return (href, how) => (how?.replace ? router.history.replace(href) : router.history.push(href))
}

/** The query of the address as plain texts, and a function that changes some of them (undefined removes). */
export function useAddressQuery(): readonly [
  Readonly<Record<string, string>>,
  (change: Readonly<Record<string, string | undefined>>, how?: { readonly replace?: boolean }) => void,
] {
  const go = useGo()
  const location = useRouterState({ select: (state) => state.location })
  const query = Object.fromEntries(new URLSearchParams(location.searchStr))
  const change = (changes: Readonly<Record<string, string | undefined>>, how?: { readonly replace?: boolean }) => {
    const next = new URLSearchParams(location.searchStr)
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') next.delete(name)
      else next.set(name, value)
    }
    const text = next.toString()
    go(`${location.pathname}${text ? `?${text}` : ''}`, { replace: how?.replace ?? true })
  }
  return [query, change]
}

/** The path that is shown now. */
export function usePath(): string {
  return useRouterState({ select: (state) => state.location.pathname })
}
