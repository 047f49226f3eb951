// How the page looks to this person: face, text size, wall theme, document title; remembered on this device.
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

export type Face = 'resident' | 'desk' | 'cockpit'

const memory = 'liandong.size'
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function isElder(): boolean {
  return localStorage.getItem(memory) === 'elder'
}

/** Large type, few words: on or off, and the toggle. */
export function useElder(): readonly [boolean, () => void] {
  const elder = useSyncExternalStore(subscribe, isElder)
  const toggle = () => {
    localStorage.setItem(memory, elder ? 'normal' : 'elder')
    for (const listener of listeners) listener()
  }
  return [elder, toggle]
}

/** Marks the document with the face that is on; sizes and colours follow (tokens.css). */
export function useFace(face: Face, wall = false): void {
  const [elder] = useElder()
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset['face'] = face === 'cockpit' ? 'desk' : face
    if (face === 'resident' && elder) dataset['size'] = 'elder'
    else delete dataset['size']
    if (wall) dataset['theme'] = 'wall'
    else delete dataset['theme']
  }, [face, elder, wall])
}

/** Names the page in the browser's title and for the reader of the page. */
export function usePageTitle(title: string | undefined): void {
  const { t } = useTranslation('frame')
  useEffect(() => {
    document.title = title ? `${title} · ${t('brand')}` : t('brand')
  }, [title, t])
}

/** The nonce under which styles may be added at run time (strict content security policy). */
export function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')
  return meta?.nonce || undefined
}
