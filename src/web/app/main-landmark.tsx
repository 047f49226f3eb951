// One main landmark per page: whole-page messages are it, unless a shell already is.
import { createContext, type ReactNode, useContext } from 'react'

/** True inside shells that are the main landmark themselves (desk, cockpit). */
export const InsideMain = createContext(false)

type Props = { readonly className?: string; readonly children: ReactNode }

export function MainBox({ className, children }: Props) {
  const inside = useContext(InsideMain)
  return inside ? (
    <div className={className}>{children}</div>
  ) : (
    <main id="main" tabIndex={-1} className={className}>
      {children}
    </main>
  )
}
