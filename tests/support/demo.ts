// A server with the demo: on a copy of the run's one, which takes a second instead of the half minute of its making.
import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { freePort, type Running, startServer } from '../reliability/running-server.ts'
import type { DemoFolder } from './demo.setup.ts'

/** Copies the run's demo to `dataDir`, which must not hold one yet, and starts a server there. `broker`: what demo.setup provides. */
export async function startDemo(dataDir: string, broker: string): Promise<Running & { readonly port: number }> {
  const found = await ask(broker)
  if ('failure' in found) throw new Error(`the demo was not made: ${found.failure}`)
  // With its owners: as root the database's files belong to another user.
  execFileSync('cp', ['-a', `${found.folder}/.`, dataDir])
  const port = await freePort()
  return { ...(await startServer(dataDir, port)), port }
}

function ask(broker: string): Promise<DemoFolder> {
  return new Promise((done, fail) => {
    let said = ''
    const socket = connect(broker)
    socket.on('data', (bytes) => (said += bytes.toString()))
    socket.on('error', fail)
    socket.on('end', () => done(JSON.parse(said)))
  })
}
