// The log: one JSON line per happening, for machines; never bodies, names, phones or what people wrote.
import pino, { type DestinationStream, type Logger } from 'pino'

/** Keys that are blanked wherever a careless line carries them. Our lines are at most two objects deep. */
const personal = [
  'name',
  'phone',
  'citizenId',
  'address',
  'password',
  'token',
  'cookie',
  'authorization',
  'body',
  'text',
  'title',
  'words',
  'email',
]
const paths = personal.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/**
 * Makes the log of a process. `level`: fatal … debug, silent. Lines carry time, level, what happened and ids; of an error its class, SQLSTATE
 * or code and places in the program, and the message only under `err` (which callers pass in the demo alone, where every text is made up).
 */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths, censor: '…' },
    serializers: {
      err: pino.stdSerializers.err,
      // Fastify passes whole requests; of them only these may be kept. A path can carry a search word behind the question mark.
      req: (request: { id?: string; method?: string; url?: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url?.split('?')[0],
      }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
