// `npm start`: installs and builds what is missing, then becomes the server.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureWeb } from './build-web.mjs'
import { ensureInstalled, Explained, findNode, root, run, runAsProgram } from './install.mjs'

await runAsProgram(async () => {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Explained(
      `需要 Node 20 或更高版本,当前为 ${process.version}。`,
      `Node 20 or later is needed, this is ${process.version}.`,
    )
  }
  await ensureInstalled()
  await ensureWeb()
  const node = findNode()
  const main = join(root, 'src', 'app', 'main.ts')
  if (!existsSync(main)) throw new Explained(`缺少 ${main}。`, `${main} is missing.`)
  const args = [main, ...process.argv.slice(2)]
  if (typeof process.execve === 'function') {
    // One process: whoever signals or kills what npm started reaches the server itself.
    process.chdir(root)
    process.removeAllListeners('warning')
    process.execve(node, [node, '--disable-warning=ExperimentalWarning', ...args], process.env)
  }
  const guard = pathToFileURL(join(root, 'scripts', 'end-with-parent.mjs')).href
  return run(node, ['--disable-warning=ExperimentalWarning', '--import', guard, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  })
})
