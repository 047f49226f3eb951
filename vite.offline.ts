// Vite plugin: writes the service worker of this build with its list of files, and every text file a second time compressed.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** Modules loaded on demand that must be there without a network: the first page, raising a need, its words and its queue. */
const neededOffline = [
  /features\/home\/(HomePage|HomeSections|HomeWaiting|NoPlace)\.tsx$/,
  /features\/needs\/resident\/(RaisePage|RaisedPage|CategoryDialog)\.tsx$/,
  /features\/needs\/map\/PointDialog\.tsx$/,
  /features\/sign-in\/SignInPage\.tsx$/,
  /features\/mine\/(MinePage|MyNeedsPage)\.tsx$/,
  /features\/demo\/DemoStrip\.tsx$/,
  /ui\/resident\/PlaceDialog\.tsx$/,
  /app\/offline\/(start|offline|worker)\.ts$/,
  /virtual:words\/[\w-]+\/(loaders|frame|states|needs|home|mine|sign-in|demo)$/,
]

/** Below this size compressing saves nothing. */
const smallest = 1000

type Chunk = Rolldown.OutputChunk

function chunksOf(bundle: Rolldown.OutputBundle): readonly Chunk[] {
  return Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? [output] : []))
}

/** The entry and what is needed offline, with everything that they import at once. */
function shellOf(bundle: Rolldown.OutputBundle): string[] {
  const chunks = new Map(chunksOf(bundle).map((chunk) => [chunk.fileName, chunk]))
  const found = new Set<string>()
  const follow = (name: string) => {
    const chunk = chunks.get(name)
    if (chunk === undefined || found.has(name)) return
    found.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css)
    for (const next of chunk.imports) follow(next)
  }
  for (const chunk of chunks.values()) {
    const modules = [chunk.facadeModuleId ?? '', ...(chunk.facadeModuleId ? [] : chunk.moduleIds)]
    if (chunk.isEntry || modules.some((id) => neededOffline.some((needed) => needed.test(id)))) follow(chunk.fileName)
  }
  return [...found].sort().map((file) => `/${file}`)
}

const pressed = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      // the last step of quality takes ten times as long on the large libraries of the desk
      params: { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 300_000 ? 9 : 11 },
    }),
  gz: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
}

async function compress(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() && /\.(js|css|svg|json|webmanifest)$/.test(entry.name) && !entry.parentPath.endsWith('.vite'),
  )
  await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      if (bytes.length < smallest) return
      for (const [ending, press] of Object.entries(pressed)) writeFileSync(`${path}.${ending}`, await press(bytes))
    }),
  )
}

/** The plugin; `worker` is the path of the service worker's source. */
export function offlinePlugin(worker: string): Plugin {
  return {
    name: 'liandong-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const shell = [...shellOf(bundle), '/favicon.svg', '/manifest.webmanifest']
        const source = readFileSync(worker, 'utf8')
        const version = createHash('sha256').update(source).update(shell.join()).digest('hex').slice(0, 16)
        const filled = source.replace('__VERSION__', version).replace('__SHELL__', JSON.stringify(shell))
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: filled })
      },
    },
    async writeBundle({ dir }) {
      if (dir) await compress(dir)
    },
  }
}
