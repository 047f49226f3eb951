// A button with a small menu: arrow keys move, Escape and a click elsewhere close.
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './DeskShell.module.css'

type Props = {
  readonly label: string
  readonly className?: string
  readonly face: ReactNode
  readonly side?: 'left' | 'right'
  /** The entries: buttons with role menuitem or menuitemradio, or links; choosing one closes the menu. */
  readonly children: ReactNode
}

export function Dropdown({ label, className, face, side = 'left', children }: Props) {
  const [open, setOpen] = useState(false)
  const holder = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return undefined
    holder.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus()
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !holder.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [open])
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      setOpen(false)
      if (event.key === 'Escape') trigger.current?.focus()
      return
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const items = [...(holder.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    items.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % items.length)?.focus()
  }
  return (
    <div className={styles.holder} ref={holder} onKeyDown={move}>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="sr-only">{label}</span>
        {face}
      </button>
      {open && (
        <div className={styles.menu} role="menu" aria-label={label} data-side={side} onClick={() => setOpen(false)}>
          {children}
        </div>
      )}
    </div>
  )
}
