// Speaking instead of typing, where the browser can turn speech into text.
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../ui/shared/Icon.tsx'
import styles from './raise.module.css'

type Heard = {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }>
  readonly resultIndex: number
}
type Listener = {
  lang: string
  continuous: boolean
  onresult: ((heard: Heard) => void) | null
  onend: (() => void) | null
  onerror: (() => void) | null
  start(): void
  stop(): void
}
type ListenerClass = new () => Listener

function isListenerClass(value: unknown): value is ListenerClass {
  return typeof value === 'function'
}

function listenerClass(): ListenerClass | undefined {
  const found: unknown = Reflect.get(window, 'SpeechRecognition') ?? Reflect.get(window, 'webkitSpeechRecognition')
  return isListenerClass(found) ? found : undefined
}

type Props = {
  /** Begins to listen at once: somebody chose to speak on the page before. */
  readonly starts: boolean
  readonly onText: (text: string) => void
  readonly onProblem: () => void
}

/** Nothing where the browser cannot listen. What is heard is added to the text, to be read and mended. */
export function VoiceButton({ starts, onText, onProblem }: Props) {
  const { t } = useTranslation('needs')
  const [listening, setListening] = useState(false)
  const listener = useRef<Listener | undefined>(undefined)
  const said = useRef({ onText, onProblem })
  said.current = { onText, onProblem }
  const begin = useCallback(() => {
    const Class = listenerClass()
    if (!Class) return
    const each = new Class()
    each.lang = 'zh-CN'
    each.continuous = true
    each.onresult = ({ results, resultIndex }) => {
      for (const result of Array.from(results).slice(resultIndex))
        if (result.isFinal) said.current.onText(result[0]?.transcript ?? '')
    }
    each.onend = () => setListening(false)
    each.onerror = () => said.current.onProblem()
    listener.current = each
    each.start()
    setListening(true)
  }, [])
  useEffect(() => {
    if (starts) begin()
    return () => listener.current?.stop()
  }, [starts, begin])
  if (!listenerClass()) return null
  return (
    <button
      type="button"
      className={styles.voice}
      aria-pressed={listening}
      onClick={() => (listening ? listener.current?.stop() : begin())}
    >
      <Icon name="mic" />
      {t(listening ? 'resident.raise.listening' : 'resident.raise.voice')}
    </button>
  )
}
