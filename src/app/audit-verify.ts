// The command `npm run audit:verify [-- --against <kept head or file>]…`: are the events still those that were sealed?
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findKeys } from '../platform/crypto/keys.ts'
import { openDatabase } from '../platform/database.ts'
import { publicKeyOf } from '../platform/seal/chain.ts'
import { type Break, type KeptHead, parseKeptHeads, verifySeals } from '../platform/seal/verification.ts'
import { withDatabaseOf } from './embedded-database.ts'

const sentences: Readonly<Record<Break['what'], string>> = {
  'event-changed': 'the event was changed after it was sealed',
  'event-missing': 'the event was removed after it was sealed, or moved to another transaction',
  'event-added': 'the event was added to a batch that had been sealed without it',
  'leaves-changed': 'the list of leaves does not give the root',
  'head-changed': 'the head does not follow from what the batch says of itself',
  'chain-broken': 'the batch does not join the one before it',
  'seal-missing': 'the seal is gone',
  'signature-false': 'the signature is not that of the named key',
  'key-unknown': "signed by a key that is not this installation's",
  'kept-head-not-found': 'the kept head is not in the chain: the chain was cut off or made anew',
}

function keptOf(value: string): KeptHead[] {
  return parseKeptHeads(existsSync(value) ? readFileSync(value, 'utf8') : value)
}

/** Runs the command; answers its exit code: 0 all agrees, 1 a place does not, 2 it could not be checked. */
export async function auditVerify(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { against: { type: 'string', multiple: true }, key: { type: 'string', multiple: true } },
  })
  const url = env['DATABASE_URL']
  if (url === undefined || url === '') {
    say('audit:verify needs DATABASE_URL')
    return 2
  }
  const kept = (values.against ?? []).flatMap(keptOf)
  const keys = findKeys(env['DATA_DIR'] ?? 'var', env)
  const trusted = new Set([...(values.key ?? []), ...(keys === undefined ? [] : [publicKeyOf(keys.seal)])])
  const database = openDatabase(url, { max: 2 })
  try {
    const found = await verifySeals(database.reader, { kept, trusted: trusted.size === 0 ? undefined : trusted })
    for (const { jurisdiction, number, event, what } of found.breaks) {
      say(
        `BROKEN ${jurisdiction}${number === undefined ? '' : ` batch ${number}`}${event === undefined ? '' : ` event ${event}`}: ${sentences[what]}`,
      )
    }
    if (trusted.size === 0)
      say(
        'note: no key of this installation was found, so any signer was accepted (give FIELD_KEYS, DATA_DIR or --key)',
      )
    if (kept.length === 0) say('note: without --against a chain that was made anew as a whole is not noticed')
    say(
      `${found.seals} seals, ${found.events} sealed events, ${found.unsealed} not yet sealed, ${kept.length} kept heads: ${found.breaks.length === 0 ? 'all agrees' : `${found.breaks.length} broken`}`,
    )
    return found.breaks.length === 0 ? 0 : 1
  } finally {
    await database.close()
  }
}

if (import.meta.main) {
  const verify = (url: string) =>
    auditVerify(process.argv.slice(2), { ...process.env, DATABASE_URL: url }, (line) => console.log(line))
  try {
    process.exitCode = await withDatabaseOf(process.env, verify)
  } catch (error) {
    console.error(`audit:verify could not run: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  }
}
