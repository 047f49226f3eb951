// Where this device is, asked of the browser when somebody presses the button and never otherwise.
import type { Point } from '../../../../kit/point.ts'
import { roundedPoint } from '../../../../kit/point.ts'

export type OwnPosition =
  /** `accuracy` in metres. */
  { readonly point: Point; readonly accuracy: number } | 'denied' | 'unknown'

/** Milliseconds after which a position that does not come is given up. */
const patience = 15_000

/** Never rejects. */
export function ownPosition(): Promise<OwnPosition> {
  return new Promise((done) => {
    // only pages that came safely may ask (and this machine's own)
    if (!window.isSecureContext || !('geolocation' in navigator)) return done('unknown')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        done({
          point: roundedPoint({ lat: coords.latitude, long: coords.longitude }),
          accuracy: Math.max(1, Math.round(coords.accuracy)),
        }),
      (problem) => done(problem.code === problem.PERMISSION_DENIED ? 'denied' : 'unknown'),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 0 },
    )
  })
}
