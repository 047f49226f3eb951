// Stores a file as the browser does, for the acts that name one.
import { expect } from 'vitest'
import type { Person, TestApp } from './app.ts'

/** Sends a file as `who`; answers its id. */
export async function upload(app: TestApp, who: Person, bytes: Buffer, name: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([Uint8Array.from(bytes)]), name)
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  const answer = await app.server.inject({
    method: 'POST',
    url: '/api/files',
    headers: { cookie: who.cookie, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return JSON.parse(answer.body).id
}

/** A table of text, as a CSV file. */
export const uploadTable = (app: TestApp, who: Person, text: string): Promise<string> =>
  upload(app, who, Buffer.from(text), 'table.csv')
