// All configuration, read once from the environment and checked; nothing else reads process.env.
import { resolve } from 'node:path'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { type MapTiles, mapTilesOf, tileDatums } from './map-tiles.ts'
import { type Publication, unregistered } from '../platform/publication.ts'

const root = resolve(import.meta.dirname, '../..')

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().optional(),
  MIGRATE_DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().default('var'),
  DEMO: z.enum(['0', '1']).optional(),
  DEMO_PUBLIC: z.enum(['0', '1']).default('0'),
  PUBLIC_URL: z.url().optional(),
  TRUST_PROXY: z.enum(['0', '1']).default('0'),
  POOL_SIZE: z.coerce.number().int().min(2).max(200).default(20),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).default(6000),
  FIELD_KEYS: z.string().optional(),
  OIDC_CLIENT: z.string().optional(),
  MAP_TILES: z.string().trim().optional(),
  MAP_TILES_ATTRIBUTION: z.string().optional(),
  MAP_TILES_DATUM: z.enum(tileDatums).default('wgs84'),
  MAP_TILES_MAX_ZOOM: z.coerce.number().int().min(8).max(22).default(18),
  OCDS_PREFIX: z
    .string()
    .regex(/^ocds-[a-z0-9]{6}$/)
    .default(unregistered.ocidPrefix),
  OCDS_PUBLISHER: z.string().max(200).default(unregistered.publisher),
  OCDS_LICENSE: z.url().default(unregistered.license),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
})

export type Config = {
  readonly root: string
  readonly port: number
  readonly host: string
  /** Absent: the embedded PostgreSQL is started. */
  readonly databaseUrl?: string
  readonly migrateDatabaseUrl?: string
  readonly dataDir: string
  readonly demo: boolean
  readonly publicUrl?: string
  readonly trustProxy: boolean
  readonly poolSize: number
  readonly requestsPerMinute: number
  readonly fieldKeys?: string
  readonly oidcClient?: string
  /** Raster tiles beneath the map; absent: outlines only. */
  readonly mapTiles?: MapTiles
  readonly publication: Publication
  readonly logLevel: string
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

/**
 * The configuration from environment variables. Throws ConfigError. The demo is on by default only with the embedded database; on an
 * address other than loopback it needs DEMO_PUBLIC=1.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = environment.safeParse(given)
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  }
  const value = result.data
  const demo = value.DEMO === undefined ? value.DATABASE_URL === undefined : value.DEMO === '1'
  if (demo && !isLoopback(value.HOST) && value.DEMO_PUBLIC !== '1') {
    throw new ConfigError(
      '演示环境只在本机开放；如确需对外，请设置 DEMO_PUBLIC=1。The demo listens on loopback only; set DEMO_PUBLIC=1 to open it.',
    )
  }
  return {
    root,
    port: value.PORT,
    host: value.HOST,
    databaseUrl: value.DATABASE_URL,
    migrateDatabaseUrl: value.MIGRATE_DATABASE_URL,
    dataDir: resolve(root, value.DATA_DIR),
    demo,
    publicUrl: value.PUBLIC_URL,
    trustProxy: value.TRUST_PROXY === '1',
    poolSize: value.POOL_SIZE,
    requestsPerMinute: value.REQUESTS_PER_MINUTE,
    fieldKeys: value.FIELD_KEYS,
    oidcClient: value.OIDC_CLIENT,
    mapTiles: mapTilesOf({
      url: value.MAP_TILES,
      attribution: value.MAP_TILES_ATTRIBUTION,
      datum: value.MAP_TILES_DATUM,
      maxZoom: value.MAP_TILES_MAX_ZOOM,
    }),
    publication: { ocidPrefix: value.OCDS_PREFIX, publisher: value.OCDS_PUBLISHER, license: value.OCDS_LICENSE },
    logLevel: value.LOG_LEVEL,
  }
}
