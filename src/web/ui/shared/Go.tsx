// A link inside the platform: works as a plain link, moves without reload, fetches the page's code when it is about to be used.
import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent } from 'react'

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { readonly to: string }

/** `to` is any address, query included; addresses of other sites, files and `/api` open as ordinary links. */
export function Go({ to, onClick, target, children, ...rest }: Props) {
  const router = useRouter()
  const inside = to.startsWith('/') && !to.startsWith('/api/') && !to.startsWith('/oidc')
  const preload = () => {
    if (inside) router.preloadRoute({ to: to.split('?')[0] ?? to }).catch(() => undefined)
  }
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!inside || target || !plain || event.defaultPrevented) return
    event.preventDefault()
    router.history.push(to)
  }
  return (
    <a href={to} target={target} onClick={follow} onPointerEnter={preload} onFocus={preload} {...rest}>
      {children}
    </a>
  )
}
