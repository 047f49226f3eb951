// A program for launcher.test.ts that starts the server, says where it is, and stops it when its input ends.
import { startEmbeddedPostgres } from './launcher.ts'
import type { EmbeddedPostgresOptions } from './launcher.ts'

const options: Omit<EmbeddedPostgresOptions, 'log'> = JSON.parse(process.argv[2] ?? '{}')

try {
  const server = await startEmbeddedPostgres({ ...options, log: (line) => console.error(line) })
  console.log(JSON.stringify({ pid: server.pid, url: server.url(), uid: process.getuid?.() }))
  process.stdin.resume()
  process.stdin.once('end', () => void server.stop())
} catch (error) {
  console.log(JSON.stringify({ failure: error instanceof Error ? error.name : String(error) }))
  console.error(error)
  process.exitCode = 1
}
