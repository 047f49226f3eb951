// Builds the pages into dist/web when their sources changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Explained, findNode, root, run, say, withLock } from './install.mjs'

const target = join(root, 'dist', 'web')
const stampFile = join(root, 'dist', 'web.stamp')

/** Builds the pages when needed. Safe against a second start: the new pages replace the old ones in one move. */
export async function ensureWeb() {
  if (!existsSync(join(root, 'vite.config.ts'))) {
    say('没有 vite.config.ts,跳过页面构建。', 'There is no vite.config.ts: the pages are not built.')
    return
  }
  if (isBuilt()) return
  await withLock(async () => {
    if (isBuilt()) return
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    if (!existsSync(vite)) {
      throw new Explained(
        '页面尚未构建,而构建工具没有安装(依赖以 --omit=dev 安装)。请先运行 npm ci --ignore-scripts。',
        'The pages are not built and the build tool is not installed (--omit=dev). Run npm ci --ignore-scripts first.',
      )
    }
    say('正在构建页面……', 'Building the pages …')
    const built = hashSources()
    const fresh = join(root, 'dist', 'web.new')
    rmSync(fresh, { recursive: true, force: true })
    const args = [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']
    const code = await run(findNode(), args, { env: { ...process.env, NODE_ENV: 'production' }, quietly: true })
    if (code !== 0)
      throw new Explained(`页面构建失败(退出码 ${code})。`, `Building the pages failed (exit code ${code}).`)
    const old = join(root, 'dist', 'web.old')
    rmSync(old, { recursive: true, force: true })
    if (existsSync(target)) renameSync(target, old)
    renameSync(fresh, target)
    rmSync(old, { recursive: true, force: true })
    writeFileSync(stampFile, built)
  })
}

function isBuilt() {
  return (
    existsSync(join(target, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashSources()
  )
}

/** One number for everything the pages are made of: web sources, the shared contracts, rules and words, the tools. */
function hashSources() {
  const hash = createHash('sha256')
  for (const path of listSources()) {
    hash.update(`${path}\0`)
    hash.update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

function listSources() {
  const top = readdirSync(root).filter((name) => /^vite\..*\.ts$|^package-lock\.json$|^tsconfig.*\.json$/.test(name))
  const inside = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .filter((path) =>
      /^src\/(web|kit)\/|\/(contract|rules)(\/[^/]+)?\.ts$|\/words(\.[^/]*)?\.(json|ts)$|\/(contract|rules)\//.test(
        path,
      ),
    )
  return [...top, ...inside].sort()
}
