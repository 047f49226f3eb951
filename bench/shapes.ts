// What the processes of the http measurement hand to each other: the captured statements, the load to make, the result of a round.

/** A statement as our server sent it, with the values of that once. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] }

/** The statements of one request in order, and the answer that it gave. */
export type Captured = {
  readonly statements: readonly Statement[]
  readonly answer: Readonly<Record<string, unknown>>
  /** The response schema from which both servers make their serializer. */
  readonly schema: object
}

export type Capture = { readonly point: Captured; readonly list: Captured; readonly write: Captured }

/** What a server process is started with. */
export type ServerTask = {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly poolSize: number
  readonly capture?: Capture
  /** Of lists: what each address sent and answered. */
  readonly heard?: Readonly<Record<string, Captured>>
}

export type LoadTask = {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  readonly method: 'GET' | 'POST'
  readonly paths: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export type LoadResult = {
  readonly perSecond: number
  readonly p50: number
  readonly p97: number
  readonly total: number
  readonly faults: number
}
