// A QR code drawn as one path; its library comes only when one is shown.
import { useEffect, useState } from 'react'

type Props = { readonly text: string; readonly label: string; readonly size?: number }

/** Draws `text` as a QR code (error correction M) of `size` pixels. */
export function QrText({ text, label, size = 168 }: Props) {
  const [code, setCode] = useState<{ readonly path: string; readonly modules: number }>()
  useEffect(() => {
    let gone = false
    void import('qrcode').then(({ create }) => {
      const { modules } = create(text, { errorCorrectionLevel: 'M' })
      let path = ''
      for (let row = 0; row < modules.size; row += 1) {
        for (let column = 0; column < modules.size; column += 1)
          if (modules.get(row, column)) path += `M${column + 2} ${row + 2}h1v1h-1z`
      }
      if (!gone) setCode({ path, modules: modules.size + 4 })
    })
    return () => {
      gone = true
    }
  }, [text])
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${code?.modules ?? 25} ${code?.modules ?? 25}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      {code && <path d={code.path} fill="#1f2933" />}
    </svg>
  )
}
