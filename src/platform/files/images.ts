// Images drawn anew: no EXIF, no place, no hidden bytes, at most 2560 pixels wide or high.
import sharp from 'sharp'

const longestEdge = 2560

/** An image with more pixels is refused before it is unpacked (a small file can unpack to gigabytes). */
const mostPixels = 60_000_000

// Bytes come from strangers: only the three formats that are offered may be read at all.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
sharp.cache(false)
sharp.concurrency(1)

/** Most images drawn at the same time: each takes some hundred MB at worst. */
const most = 2
let busy = 0
const queue: (() => void)[] = []

/** The image drawn anew in its own format, upright, without metadata; undefined when it cannot be read or is too large. */
export async function redrawn(
  bytes: Buffer,
  type: 'image/png' | 'image/jpeg' | 'image/webp',
): Promise<Buffer | undefined> {
  // A place that becomes free is handed on to the one who waits, so that busy stays as it is.
  if (busy >= most) await new Promise<void>((resume) => queue.push(resume))
  else busy += 1
  try {
    const image = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
      .autoOrient()
      .resize({ width: longestEdge, height: longestEdge, fit: 'inside', withoutEnlargement: true })
    if (type === 'image/png') return await image.png({ compressionLevel: 8 }).toBuffer()
    return await (type === 'image/jpeg' ? image.jpeg({ quality: 82 }) : image.webp({ quality: 82 })).toBuffer()
  } catch {
    return undefined
  } finally {
    const next = queue.shift()
    if (next === undefined) busy -= 1
    else next()
  }
}
