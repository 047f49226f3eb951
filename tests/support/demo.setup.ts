// One demo county for a whole test run, made when the first server asks for it; each server runs on a copy of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort, startServer, stopServer } from '../reliability/running-server.ts'
import { clearFolders } from './leftovers.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Unix socket on which the main process answers with the folder of the demo, or with why there is none, as JSON. */
    demoBroker: string
  }
}

export type DemoFolder = { readonly folder: string } | { readonly failure: string }

type Shared = { readonly home: string; readonly broker: Server; folder: Promise<string> | undefined; users: number }

// Each project runs this file with a module instance of its own, but in one process.
const shelf: { liandongTestDemo?: Promise<Shared> } & object = globalThis

/** Called by vitest once per project that needs a demo; the first one opens the broker, the last one clears up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shelf.liandongTestDemo ??= open()
  const shared = await shelf.liandongTestDemo
  shared.users += 1
  project.provide('demoBroker', join(shared.home, 'broker'))
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete shelf.liandongTestDemo
    shared.broker.close()
    rmSync(shared.home, { recursive: true, force: true })
  }
}

async function open(): Promise<Shared> {
  clearFolders('demo')
  const home = mkdtempSync(join(tmpdir(), `liandong-demo-${process.pid}-`))
  const shared: Shared = { home, broker: createServer(), folder: undefined, users: 0 }
  shared.broker.on('connection', (socket) => {
    socket.on('error', () => {})
    const answer = (found: DemoFolder) => socket.end(JSON.stringify(found))
    shared.folder ??= make(join(home, 'data'))
    shared.folder.then(
      (folder) => answer({ folder }),
      (error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }),
    )
  })
  await new Promise<void>((done, fail) => {
    shared.broker.on('error', fail)
    shared.broker.listen(join(home, 'broker'), done)
  })
  shared.broker.unref()
  return shared
}

async function make(folder: string): Promise<string> {
  await stopServer(await startServer(folder, await freePort()))
  return folder
}
