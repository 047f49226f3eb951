// The command `npm run keys:rotate`: a fresh root key for the personal fields, and every person's key wrapped by it.
import { resolve } from 'node:path'
import { rewrapKeys } from '../platform/crypto/field-cipher.ts'
import { addRootKey, findKeys } from '../platform/crypto/keys.ts'
import { openDatabase } from '../platform/database.ts'

/**
 * With the key file: adds a key to it and rewraps. With FIELD_KEYS: rewraps to the key that it names as current. Servers that run must be
 * started anew between the two when there are several: they know only the keys with which they started.
 */
async function rotate(): Promise<void> {
  const url = process.env['DATABASE_URL']
  if (url === undefined || url === '') throw new Error('DATABASE_URL is not set')
  const dataDir = resolve(import.meta.dirname, '../..', process.env['DATA_DIR'] ?? 'var')
  const fromFile = (process.env['FIELD_KEYS'] ?? '') === ''
  if (fromFile) console.log(`new root key ${addRootKey(dataDir)} in ${dataDir}/keys/field-keys.json: back it up`)
  const keys = findKeys(dataDir)
  if (keys === undefined) throw new Error('this installation has no keys yet')
  const database = openDatabase(url, { max: 2 })
  try {
    console.log(`${await rewrapKeys(database, keys)} keys wrapped by ${keys.current}; start the servers anew`)
  } finally {
    await database.close()
  }
}

try {
  await rotate()
} catch (error) {
  console.error(`keys:rotate could not run: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}
