// What of autocannon the measurements use; the package brings no types.
declare module 'autocannon' {
  export type Request = {
    method?: string
    path?: string
    body?: string
    headers?: Record<string, string>
    setupRequest?: (request: Request, context: object) => Request
  }
  export type Result = {
    readonly requests: { readonly average: number; readonly total: number }
    readonly latency: { readonly p50: number; readonly p97_5: number; readonly average: number }
    readonly duration: number
    readonly errors: number
    readonly timeouts: number
    readonly non2xx: number
  }
  export type Options = {
    url: string
    connections: number
    duration: number
    requests: Request[]
    headers?: Record<string, string>
  }
  export default function autocannon(options: Options): Promise<Result>
}
