// The short messages that appear after an act: a store outside React, so that anything may speak.

export type ToastTone = 'done' | 'problem'
export type Toast = { readonly id: number; readonly text: string; readonly tone: ToastTone }

let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function listToasts(): readonly Toast[] {
  return toasts
}

export function dismissToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id))
}

/** Says something for five seconds (problems nine); read aloud by screen readers. */
export function showToast(text: string, tone: ToastTone = 'done'): void {
  last += 1
  const id = last
  change([...toasts.slice(-2), { id, text, tone }])
  setTimeout(() => dismissToast(id), tone === 'problem' ? 9000 : 5000)
}
